import * as tf from '@tensorflow/tfjs-core';
import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { until } from '../helpers/until.ts';

import { settle } from '../../src/ngc/settle.ts';
import type { Activity } from '../../src/ngc/activity.ts';
import type { Model } from '../../src/ngc/model.ts';
import type { Executor } from '../../src/ngc/settling.ts';
import { opByOp, OpByOpSettling } from '../../src/ngc/opByOp.ts';
import type { Settling } from '../../src/ngc/settling.ts';
import type { Pool } from '../../src/pool/executor.ts';
import { poolExecutor } from '../../src/pool/executor.ts';
import { Member } from '../../src/pool/member.ts';
import { NO_LESIONS } from '../../src/ngc/lesions.ts';
import { NgcError } from '../../src/shared/errors.ts';
import { useBackend } from '../helpers/backends.ts';
import { binaryImages, namesOf, plainly, randomMatrix, smallModel } from '../helpers/models.ts';
import type { LocalMember } from '../helpers/pool.ts';
import { copyOf, localMember } from '../helpers/pool.ts';

/* One pool, and all that can happen to it: long, because its cases are many and short. */

beforeAll(() => useBackend('wasm'));

let pool: Pool;
let members: LocalMember[];
/** A model, settled by the pool. */
const pooled = (model: Model) => ({ model, executor: pool });
afterEach(() => pool.close());

function startPool(count = 2, waits = true, leastWork = 1): void {
  members = Array.from({ length: count }, () => localMember());
  pool = poolExecutor({ count, waits, start: () => members }, opByOp, leastWork);
}

const ordersOf = (type: string) =>
  members.map(({ orders }) => orders.filter((order) => order === type).length);

/** z_1 of an activity. */
const statesOf = async ({ z }: Activity) => new Float32Array(await z[1]!.data());

/** A model and its copy in the pool. */
async function twins(
  variant: Parameters<typeof smallModel>[0] = 'gncn-pdh',
  changes: Parameters<typeof smallModel>[1] = {},
): Promise<{ model: Model; shared: Model }> {
  const model = await smallModel(variant, { optimizer: 'sgd', learningRate: 0.5, ...changes });
  return { model, shared: await copyOf(model) };
}

async function expectSame(there: Settling, here: Settling): Promise<void> {
  const [got, want] = [await statesOf(await there.read()), await statesOf(await here.read())];
  got.forEach((value, i) => expect(value).toBeCloseTo(want[i]!, 5));
}

describe('what changes between batches and within them', () => {
  test('settings are those of the moment of each step', async () => {
    startPool();
    const { model, shared } = await twins();
    const x = binaryImages(5, 12);
    const [here, there] = [await opByOp.begin(model, x), await pool.begin(shared, x)]; // prettier-ignore
    for (const change of [{ beta: 0.3 }, { leak: 0.5 }, { lateralInhibition: 0.9 }, {}]) {
      for (const each of [model, shared]) each.config = { ...each.config, ...change };
      await here.advance(2);
      await there.advance(2);
      await expectSame(there, here);
    }
    expect(there.steps).toBe(8);
    for (const each of [here, there]) each.dispose();
    for (const each of [model, shared]) each.config = { ...each.config, beta: 0.05, laplace: 0.1 };
    const [next, nextThere] = [await settle(plainly(model), x), await settle(pooled(shared), x)];
    await expectSame(nextThere, next);
  });

  test('synapses are sent when they have changed, and only those', async () => {
    startPool();
    const { model, shared } = await twins();
    const x = binaryImages(5, 12);
    for (let i = 0; i < 2; i++) (await settle(pooled(shared), x)).dispose();
    for (const { given } of members) expect(given).toEqual([[...namesOf(shared), 'P1', 'P2']]);
    for (const each of [model, shared]) {
      each.synapses.set('W1', randomMatrix(6, 12, 0.3, 41));
      each.synapses.set('P1', randomMatrix(6, 6, 0.3, 42));
    }
    await expectSame(await settle(pooled(shared), x), await settle(plainly(model), x));
    for (const { given } of members) expect(given[1]).toEqual(['W1', 'P1']);
  });

  test('after learning members get each synapse once, whoever has learnt', async () => {
    startPool(3);
    const { model, shared } = await twins('gncn-t1');
    const x = binaryImages(6, 12);
    for (let i = 0; i < 3; i++) {
      const [here, there] = [await settle(plainly(model), x), await settle(pooled(shared), x)];
      await Promise.all([here.learn(), there.learn()]);
      for (const each of [here, there]) each.dispose();
    }
    // One image: it is settled and learnt from here, beside the pool.
    for (const each of [model, shared]) {
      const one = new OpByOpSettling(each, binaryImages(1, 12, 6));
      await one.advance(10);
      await one.learn();
      one.dispose();
    }
    await expectSame(await settle(pooled(shared), x), await settle(plainly(model), x));
    const W = ['W1', 'W2', 'W3'];
    for (const { given } of members) expect(given).toEqual([W, W, W, W, W]);
  });

  test('synapses that change while a batch settles are followed, as op by op does', async () => {
    startPool();
    const { model, shared } = await twins();
    const x = binaryImages(5, 12);
    const [here, there] = [await opByOp.begin(model, x), await pool.begin(shared, x)]; // prettier-ignore
    await Promise.all([here.advance(3), there.advance(3)]);
    for (const each of [model, shared]) each.synapses.set('W2', randomMatrix(6, 6, 0.3, 43));
    await Promise.all([here.advance(3), there.advance(3)]);
    await expectSame(there, here);
  });

  test('two networks by turns, of different shapes, each with a batch half settled', async () => {
    startPool();
    const a = await twins('gncn-pdh');
    const b = await twins('gncn-t1-sigma', { sizes: [12, 9, 4] });
    const x = binaryImages(5, 12);
    const half = await pool.begin(a.shared, x);
    await half.advance(4);
    await expectSame(await settle(pooled(b.shared), x), await settle(plainly(b.model), x));
    await half.advance(6);
    await expectSame(half, await settle(plainly(a.model), x));
  });
});

describe('reading', () => {
  test('the first rows come from whom they lie with, in their order', async () => {
    startPool(3);
    const { model, shared } = await twins();
    const x = binaryImages(8, 12);
    const [here, there] = [await settle(plainly(model), x), await settle(pooled(shared), x)];
    for (const rows of [1, 2, 3, 5, 8, 100]) {
      const [got, want] = [await there.read(rows), await here.read(rows)];
      for (const key of ['z', 'phiZ', 'mu', 'e'] as const) {
        expect(got[key].map((t) => t.shape)).toEqual(want[key].map((t) => t.shape));
        for (const [l, tensor] of got[key].entries()) {
          const values = await want[key][l]!.data();
          (await tensor.data()).forEach((v, i) => expect(v).toBeCloseTo(values[i]!, 5));
        }
      }
    }
    // Row 0 alone was asked of the first only; what was read already is not read again.
    expect(ordersOf('read')).toEqual([5, 3, 1]);
  });

  test('what is read of an episode that ends meanwhile is cancelled', async () => {
    startPool();
    const { shared } = await twins();
    const settling = await settle(pooled(shared), binaryImages(5, 12));
    const reading = settling.read();
    settling.dispose();
    await expect(reading).rejects.toMatchObject({ kind: 'cancelled' });
  });
});

describe('tensors', () => {
  test('none is left behind, here or there, whatever becomes of a batch', async () => {
    startPool();
    const { model, shared } = await twins();
    const other = await smallModel('gncn-t2-lsigma', {}, 9);
    const second = await copyOf(other);
    const x = binaryImages(5, 12);
    const mask = binaryImages(5, 12, 8);
    const round = async (): Promise<void> => {
      const learning = await settle(pooled(shared), x);
      await learning.read(1);
      await learning.read();
      await learning.learn();
      await learning.read(2);
      learning.dispose();
      const masked = await settle(pooled(shared), x, { mask, steps: 3 });
      await masked.read();
      await masked.advance();
      masked.dispose();
      const abandoned = await pool.begin(shared, x);
      const advancing = abandoned.advance(5);
      abandoned.dispose();
      await expect(advancing).rejects.toMatchObject({ kind: 'cancelled' });
      (await settle(pooled(second), x, { steps: 1 })).dispose();
    };
    await round();
    const [{ numTensors }, there] = [tf.memory(), await pool.tensors()];
    for (let i = 0; i < 10; i++) await round();
    expect(tf.memory().numTensors).toBe(numTensors);
    expect(await pool.tensors()).toEqual(there);
    for (const each of [model, other]) each.dispose();
  });
});

describe('what goes wrong', () => {
  test('a batch that diverges changes no synapse, and the next one is settled', async () => {
    startPool();
    const { model, shared } = await twins('gncn-t1', { activation: 'identity', beta: 1, steps: 400 }); // prettier-ignore
    const x = binaryImages(5, 12);
    const before = await shared.toArrays();
    const { numTensors } = tf.memory();
    const settling = await settle(pooled(shared), x);
    await expect(settling.learn()).rejects.toMatchObject({ kind: 'diverged' });
    settling.dispose();
    expect(await shared.toArrays()).toEqual(before);
    expect([shared.imagesSeen, shared.updates]).toEqual([0, 0]);
    await until(() => expect(tf.memory().numTensors - 2 * before.size).toBe(numTensors));
    for (const each of [model, shared]) each.config = { ...each.config, beta: 0.05, steps: 5 };
    await expectSame(await settle(pooled(shared), x), await settle(plainly(model), x));
  });

  test('one image that diverges is enough, whoever has it', async () => {
    startPool(3);
    const { shared } = await twins();
    const bad = new Float32Array(await binaryImages(6, 12).data());
    bad[5 * 12] = NaN;
    const settling = await settle(pooled(shared), tf.tensor2d(bad, [6, 12]));
    const before = await shared.toArrays();
    await expect(settling.learn()).rejects.toMatchObject({ kind: 'diverged' });
    expect(await shared.toArrays()).toEqual(before);
  });

  test('an abandoned batch does not disturb the next', async () => {
    startPool();
    const { model, shared } = await twins();
    const abandoned = await pool.begin(shared, binaryImages(6, 12, 1));
    await abandoned.advance(1); // its synapses are there: the next orders go out at once
    const advancing = abandoned.advance(10);
    const cancelled = expect(advancing).rejects.toMatchObject({ kind: 'cancelled' });
    await Promise.resolve();
    abandoned.dispose();
    const x = binaryImages(5, 12);
    const next = await settle(pooled(shared), x);
    await cancelled;
    expect(ordersOf('end')).toEqual([1, 1]);
    await expectSame(next, await settle(plainly(model), x));
  });

  test.each(['begin', 'advance', 'lesion', 'perceive', 'read', 'terms', 'sum'] as const)(
    'a member that dies at %s: nobody notices, the batch goes on here as if nothing had happened',
    async (moment) => {
      startPool();
      const { model, shared } = await twins();
      const x = binaryImages(5, 12);
      const seen = binaryImages(5, 12, 7);
      let died = false;
      for (const member of members.slice(1))
        member.dies = ({ type }) => type === (moment === 'terms' ? 'advance' : moment) && !died && (died = true); // prettier-ignore
      if (moment === 'terms')
        members[0]!.dies = ({ type }) => type === 'terms' && !died && (died = true);
      const there = await pool.begin(shared, x);
      const here = await opByOp.begin(model, x);
      for (const settling of [there, here]) {
        await settling.advance(3);
        await settling.lesion({ ...NO_LESIONS, leak: true });
        await settling.advance(1);
        await settling.perceive(seen, null);
        await settling.lesion(null);
        for (const terms of await settling.terms())
          Object.values(terms).forEach((tensor: tf.Tensor | null) => tensor?.dispose());
        await settling.advance(2);
      }
      expect(there.steps).toBe(6);
      await expectSame(there, here);
      const [update, want] = [await there.learn(), await here.learn()];
      expect(died).toBe(true);
      expect(update.bce).toBeCloseTo(want.bce, 5);
      there.dispose();
      here.dispose();
      for (const name of namesOf(model)) {
        const values = await model.synapses.get(name).data();
        (await shared.synapses.get(name).data()).forEach((v, i) =>
          expect(v, name).toBeCloseTo(values[i]!, 5),
        );
      }
    },
  );

  test('others take the place of those that die, twice; from then on all is settled here', async () => {
    const said: string[] = [];
    const generations: LocalMember[][] = [];
    const start = () => {
      generations.push([localMember(), localMember()]);
      return generations.at(-1)!;
    };
    pool = poolExecutor(
      { count: 2, waits: true, start, onLost: (text) => said.push(text) },
      opByOp,
      1,
    );
    const { model, shared } = await twins();
    const x = binaryImages(5, 12);
    const here = await settle(plainly(model), x);
    for (let loss = 1; loss <= 3; loss++) {
      const settling = await pool.begin(shared, x);
      expect(settling).not.toBeInstanceOf(OpByOpSettling);
      generations.at(-1)![0]!.dies = ({ type }) => type === 'advance';
      await settling.advance(shared.config.steps);
      await expectSame(settling, here);
      settling.dispose();
    }
    expect(await pool.begin(shared, x)).toBeInstanceOf(OpByOpSettling);
    expect(generations).toHaveLength(3);
    expect(said.map((text) => /others take its place|from now on/.exec(text)?.[0])).toEqual([
      ...['others take its place', 'others take its place', 'from now on'],
    ]);
    expect(pool.ended).toBe(true);
  });

  test('a member that dies while synapses move: they still move as they should', async () => {
    startPool();
    const { model, shared } = await twins('gncn-pdh', { precisionRate: 0.05 });
    const x = binaryImages(5, 12);
    const [here, there] = [await settle(plainly(model), x), await settle(pooled(shared), x)];
    members[0]!.dies = ({ type }) => type === 'follow';
    await there.learn();
    await here.learn();
    const want = await model.precision(1)!.data();
    (await shared.precision(1)!.data()).forEach((v, i) => expect(v).toBeCloseTo(want[i]!, 5));
    const sigma = await model.synapses.get('Sigma2').data();
    (await shared.synapses.get('Sigma2').data()).forEach((v, i) =>
      expect(v).toBeCloseTo(sigma[i]!, 5),
    );
  });

  test('a closed pool settles here', async () => {
    startPool();
    const { shared } = await twins();
    pool.close();
    expect(await pool.begin(shared, binaryImages(5, 12))).toBeInstanceOf(OpByOpSettling);
    expect(await pool.tensors()).toEqual([]);
  });

  test('what a member rejects keeps its kind', async () => {
    startPool();
    const listening: ((message: Parameters<Parameters<LocalMember['listen']>[0]>[0]) => void)[] =
      [];
    const member = new Member(
      {
        post: ({ id }) =>
          listening[0]!({ type: 'failed', id, failure: { kind: 'config', message: 'No.' } }),
        listen: (onMessage) => void listening.push(onMessage),
        close: () => undefined,
      },
      () => undefined,
    );
    const failure: unknown = await member.ask({ type: 'memory' }).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(NgcError);
    expect(failure).toMatchObject({ kind: 'config', message: 'No.' });
  });
});

describe('who settles a batch', () => {
  test('batches with little to do are settled here, and start nobody', async () => {
    startPool(4, true, 4000);
    const { shared } = await twins();
    const work = namesOf(shared).reduce((sum, name) => sum + shared.synapses.get(name).size, 0);
    expect(2 * 4000).toBeLessThan(20 * work);
    const few = await pool.begin(shared, binaryImages(1, 12));
    expect(few).toBeInstanceOf(OpByOpSettling);
    expect(members.map(({ orders }) => orders)).toEqual([[], [], [], []]);
    // As many members as have enough to do.
    const rows = Math.ceil((3 * 4000) / work);
    await pool.begin(shared, binaryImages(rows, 12));
    expect(ordersOf('begin')).toEqual([1, 1, 1, 0]);
  });

  test('where nobody waits for them, batches are settled here until members have started', async () => {
    let start: (executor: Executor) => void = () => undefined;
    const started = new Promise<Executor>((resolve) => (start = resolve));
    members = [localMember(() => started), localMember(() => started)];
    pool = poolExecutor({ count: 2, waits: false, start: () => members }, opByOp, 1);
    const { shared } = await twins();
    const x = binaryImages(5, 12);
    expect(await pool.begin(shared, x)).toBeInstanceOf(OpByOpSettling);
    start(opByOp);
    await until(async () => expect(await pool.begin(shared, x)).not.toBeInstanceOf(OpByOpSettling));
  });

  test.each([
    ['cannot be made', () => Promise.reject(new Error('no threads')), true],
    ['have no numerics', () => Promise.resolve(opByOp), false],
  ])('where members %s, all batches are settled here', async (_, refuse, throws) => {
    const unable = localMember(() => Promise.reject(new Error('no wasm')));
    const start = () => {
      if (throws) throw new Error('no threads');
      return [localMember(refuse), unable];
    };
    const onLost = vi.fn<(sentence: string) => void>();
    pool = poolExecutor({ count: 2, waits: true, start, onLost }, opByOp, 1);
    expect(pool.title).toBe('op by op, 2 workers');
    const { shared } = await twins();
    for (let i = 0; i < 2; i++)
      expect(await pool.begin(shared, binaryImages(5, 12))).toBeInstanceOf(OpByOpSettling);
    // … and that is said, once.
    expect(pool).toMatchObject({ ended: true, title: 'op by op' });
    expect(onLost.mock.calls).toEqual([[expect.stringMatching(/\(no (threads|wasm)\)\./)]]);
  });

  test('a pool that is closed is not a pool that is lost', async () => {
    const onLost = vi.fn<(sentence: string) => void>();
    members = [localMember(), localMember()];
    pool = poolExecutor({ count: 2, waits: true, start: () => members, onLost }, opByOp, 1);
    const { shared } = await twins();
    await pool.begin(shared, binaryImages(5, 12));
    pool.close();
    expect(pool.ended).toBe(true);
    expect(onLost).not.toHaveBeenCalled();
  });
});
