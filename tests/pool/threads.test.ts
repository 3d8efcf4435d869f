import { opByOp } from '../../src/ngc/opByOp.ts';
import * as tf from '@tensorflow/tfjs-core';
import { afterEach, beforeAll, expect, test } from 'vitest';

import { settle } from '../../src/ngc/settle.ts';
import type { Pool } from '../../src/pool/executor.ts';
import { poolExecutor } from '../../src/pool/executor.ts';
import type { Link } from '../../src/pool/member.ts';
import { startBackend } from '../../src/runtime/backends.ts';
import { nodeHost } from '../../src/runtime/nodeHost.ts';
import { useBackend } from '../helpers/backends.ts';
import { binaryImages, namesOf, plainly, smallModel } from '../helpers/models.ts';
import { copyOf } from '../helpers/pool.ts';

/* The pool with real threads of Node; what it computes is tested closely in the other files. */

beforeAll(() => useBackend('wasm'));

let pools: Pool[] = [];
afterEach(() => {
  for (const pool of pools) pool.close();
  pools = [];
});

/** A pool, and the ways to its members: an entry each time that they were started. */
function startPool(): { pool: Pool; links: (readonly Link[])[] } {
  const links: (readonly Link[])[] = [];
  const start = () => {
    links.push(nodeHost.threads()!.start(2));
    return links.at(-1)!;
  };
  const pool = poolExecutor({ count: 2, waits: true, start }, opByOp, 1);
  pools.push(pool);
  return { pool, links };
}

const SGD = { optimizer: 'sgd', learningRate: 0.5 } as const;

test('they settle and learn as one thread does, and keep no tensors', async () => {
  const { pool } = startPool();
  const model = await smallModel('gncn-pdh', SGD);
  const shared = await copyOf(model);
  const x = binaryImages(7, 12);
  const counts: number[][] = [];
  for (let i = 0; i < 3; i++) {
    const [here, there] = [
      await settle(plainly(model), x),
      await settle({ model: shared, executor: pool }, x),
    ];
    const [update, want] = [await there.learn(), await here.learn()];
    expect(update.bce).toBeCloseTo(want.bce, 4);
    here.dispose();
    there.dispose();
    counts.push(await pool.tensors());
  }
  for (const name of namesOf(model)) {
    const want = await model.synapses.get(name).data();
    (await shared.synapses.get(name).data()).forEach((v, i) =>
      expect(v, name).toBeCloseTo(want[i]!, 5),
    );
  }
  expect(counts[2]).toEqual(counts[0]);
  // Their synapses and precisions; those of this thread would be many more.
  expect(counts[0]).toEqual([namesOf(model).length + 2, namesOf(model).length + 2]);
});

test('a thread that ends is noticed: its batch is made again, and others take its place', async () => {
  const { pool, links } = startPool();
  const model = await smallModel('gncn-pdh', SGD);
  const shared = await copyOf(model);
  const x = binaryImages(7, 12);
  const settling = await pool.begin(shared, x);
  const advancing = settling.advance(shared.config.steps);
  links[0]![1]!.close();
  await advancing;
  const want = await (await (await settle(plainly(model), x)).read()).z[1]!.data();
  const got = await (await settling.read()).z[1]!.data();
  got.forEach((v, i) => expect(v).toBeCloseTo(want[i]!, 5));
  settling.dispose();
  const next = await settle({ model: shared, executor: pool }, x);
  expect(links).toHaveLength(2);
  const again = await (await next.read()).z[1]!.data();
  again.forEach((v, i) => expect(v).toBeCloseTo(want[i]!, 5));
});

test('wasm shares batches out over as many workers as are asked for', async () => {
  const several = await startBackend('wasm', nodeHost, { workers: 3 });
  expect(several.adapter).toMatch(/SIMD, 3 workers$/);
  expect(several.executor.title).toContain('3 workers');
  several.close();
  const one = await startBackend('wasm', nodeHost, { workers: 1 });
  expect(one.adapter).toMatch(/SIMD, one thread$/);
  expect(one.executor.title).toBe('own kernels');
  expect(tf.getBackend()).toBe('wasm');
});
