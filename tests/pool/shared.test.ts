import { afterEach, beforeAll, describe, expect, test } from 'vitest';

import type { ModelConfig } from '../../src/ngc/config/settings.ts';
import type { Model } from '../../src/ngc/model.ts';
import { opByOp } from '../../src/ngc/opByOp.ts';
import type { Executor } from '../../src/ngc/settling.ts';
import { nodeHost } from '../../src/runtime/nodeHost.ts';
import { startBackend } from '../../src/runtime/backends.ts';
import { BACKENDS, useBackend } from '../helpers/backends.ts';
import { executorDifferences, FUSED_CASES } from '../helpers/fusedCases.ts';
import { meddle, MEDDLING_CASES, momentDifferences } from '../helpers/meddling.ts';
import { binaryImages, namesOf, plainly, smallModel } from '../helpers/models.ts';
import { ownKernels } from '../helpers/ownKernels.ts';
import { copyOf } from '../helpers/pool.ts';
import type { SharedPool } from '../helpers/sharedPool.ts';
import { sharedPool } from '../helpers/sharedPool.ts';

/* Members that work in the memory of their owner: what they settle and learn is what op by op does. */

let own: Executor;
let shared: SharedPool;
beforeAll(async () => {
  for (const name of BACKENDS) await useBackend(name);
  own = await ownKernels();
});
afterEach(() => shared.pool.close());

const STRONG: Partial<ModelConfig> = {
  ...{ optimizer: 'sgd', learningRate: 0.7, precisionRate: 0.05, errorRate: 0.6 },
  ...{ maxNorm: 1.1, maxNormAbove: 0.9 },
};

/** All that was learnt of a network. */
async function learntOf(model: Model): Promise<Map<string, Float32Array>> {
  const arrays = new Map<string, Float32Array>();
  for (const name of namesOf(model))
    arrays.set(name, (await model.synapses.get(name).data()).slice() as Float32Array);
  return arrays;
}

/** Batches of seven images, one after the other; what came of the network. */
async function learnt(model: Model, executor: Executor, batches = 3) {
  const x = binaryImages(7, 12);
  for (let batch = 0; batch < batches; batch++) {
    const settling = await executor.begin(model, x);
    await settling.advance(6);
    await settling.advance(4);
    await settling.learn();
    settling.dispose();
  }
  x.dispose();
  return learntOf(model);
}

function expectClose(got: Map<string, Float32Array>, want: Map<string, Float32Array>): void {
  for (const [name, values] of want)
    values.forEach((value, i) => expect(got.get(name)![i], name).toBeCloseTo(value, 4));
}

describe('an episode in shared memory', () => {
  test.each(MEDDLING_CASES)('$name: meddled with, it is what op by op makes of it', async (one) => {
    shared = sharedPool(own);
    const model = await smallModel(one.variant, one.changes);
    const twin = await copyOf(model);
    const lesions = { ...one.lesions, units: one.lesions.units ?? [] };
    const expected = await meddle(plainly(model), lesions, 5);
    const actual = await meddle({ model: twin, executor: shared.pool }, lesions, 5);
    expect(momentDifferences(actual, expected)).toEqual({});
    for (const { orders } of shared.generations[0]!) {
      expect(orders).toContain('work');
      expect(orders).not.toContain('hold');
    }
    for (const each of [model, twin]) each.dispose();
  });

  test.each(FUSED_CASES.filter(({ rows }) => rows > 1))(
    '$name: three batches are learnt as op by op learns them',
    async (one) => {
      shared = sharedPool(own);
      expect(await executorDifferences(one, shared.pool, 'wasm')).toEqual({});
    },
  );

  test('by more members than there are covariances, and more than rows can be halved', async () => {
    shared = sharedPool(own, 5);
    const model = await smallModel('gncn-pdh', STRONG);
    const twin = await copyOf(model);
    expectClose(await learnt(twin, shared.pool), await learnt(model, opByOp));
    for (const { orders } of shared.generations[0]!) expect(orders).toContain('work');
  });

  test('of two networks by turns: each keeps its own', async () => {
    shared = sharedPool(own);
    const first = await smallModel('gncn-pdh', STRONG);
    const second = await smallModel('gncn-t1-sigma', STRONG);
    const twins = [await copyOf(first), await copyOf(second)] as const;
    for (let i = 0; i < 2; i++) for (const twin of twins) await learnt(twin, shared.pool, 1);
    expectClose(await learntOf(twins[0]), await learnt(first, opByOp, 2));
    expectClose(await learntOf(twins[1]), await learnt(second, opByOp, 2));
    // What no episode needs is taken from a member.
    expect(shared.generations[0]![0]!.orders).toContain('drop');
  });

  test.each(['asked for', 'under way'])(
    'that ends while its work is %s leaves the next one alone',
    async (moment) => {
      shared = sharedPool(own);
      const model = await smallModel('gncn-pdh');
      const x = binaryImages(7, 12);
      const settled = async (disturbed: boolean) => {
        const [first, ended] = disturbed
          ? [await shared.pool.begin(model, x), true]
          : [null, false];
        const going = first?.advance(200).catch((error: unknown) => error);
        if (disturbed && moment === 'under way') {
          // As soon as the order is given, and before it can be done.
          const given = () => shared.generations[0]![1]!.orders.filter((type) => type === 'work');
          const before = given().length;
          for (let i = 0; i < 1000 && given().length === before; i++) await Promise.resolve();
          expect(given().length).toBe(before + 1);
        }
        first?.dispose();
        const settling = await shared.pool.begin(model, x);
        await settling.advance(7);
        const values = [...(await (await settling.read()).z[1]!.data())];
        settling.dispose();
        if (ended) expect(await going).toMatchObject({ kind: 'cancelled' });
        return values;
      };
      const calm = await settled(false);
      expect(await settled(true)).toEqual(calm);
    },
  );
});

describe('members that are lost', () => {
  test.each(['settle', 'tell', 'learn'] as const)(
    'at a piece of work of type %s: what is learnt is as if nothing had happened',
    async (type) => {
      shared = sharedPool(own);
      const model = await smallModel('gncn-pdh', STRONG);
      const twin = await copyOf(model);
      await learnt(twin, shared.pool, 1);
      const [, second] = shared.generations[0]!;
      let lost = 0;
      second!.dies = (order) =>
        order.type === 'work' && order.task.type === type && (lost += 1) === 1;
      await learnt(twin, shared.pool, 2);
      expect(lost).toBe(1);
      expect(twin.updates).toBe(3);
      expectClose(await learntOf(twin), await learnt(model, opByOp, 3));
      // Others have taken their place, in another memory.
      expect(shared.generations).toHaveLength(2);
      expect(shared.generations[1]![0]!.orders).toContain('share');
    },
  );
});

test('threads of Node share memory, and say what they compute by', async () => {
  const backend = await startBackend('wasm', nodeHost, { workers: 2 });
  shared = { pool: backend.executor as SharedPool['pool'], generations: [] };
  const model = await smallModel('gncn-pdh', {
    ...STRONG,
    sizes: [784, 120, 120, 120],
    groups: [10, 10, 10],
  });
  const twin = await copyOf(model);
  const x = binaryImages(150, 784);
  for (const [one, executor] of [
    [model, opByOp],
    [twin, backend.executor],
  ] as const)
    // prettier-ignore
    for (let i = 0; i < 2; i++) {
      const settling = await executor.begin(one, x);
      await settling.advance(3);
      await settling.learn();
      settling.dispose();
    }
  expectClose(await learntOf(twin), await learntOf(model));
});
