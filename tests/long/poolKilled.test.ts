import * as tf from '@tensorflow/tfjs-core';
import { expect, test } from 'vitest';

import type { Model } from '../../src/ngc/model.ts';
import type { Running } from '../../src/ngc/settling.ts';
import { poolExecutor } from '../../src/pool/executor.ts';
import type { Link } from '../../src/pool/member.ts';
import { startBackend } from '../../src/runtime/backends.ts';
import { nodeHost } from '../../src/runtime/nodeHost.ts';
import { createRng } from '../../src/shared/rng.ts';
import { binaryImages, namesOf, smallModel } from '../helpers/models.ts';
import { copyOf } from '../helpers/pool.ts';

/*
 * Threads that share a batch are killed at any moment of settling and of learning. Every batch is learnt from as one thread that nothing
 * disturbs learns from it, and the training goes on: with others in their place, and after the third loss of a pool in one thread.
 */
const TIMES = Number(process.env['NGC_TIMES'] ?? 100);
/** Draws whom and when. */
const SEED = Number(process.env['NGC_SEED'] ?? 5);
const ROWS = 60;
const SIZES = [784, 64, 64];

/** What a batch is at, and for how long (ms). */
type Doing = 'settling' | 'learning';
type Times = Readonly<Record<Doing, number>>;

/** Settles a batch and learns from it; tells what it begins with, once whoever settles it has started. */
async function learnFrom(
  running: Running,
  x: tf.Tensor2D,
  tell: (doing: Doing) => void = () => undefined,
): Promise<Times> {
  const settling = await running.executor.begin(running.model, x);
  const began = performance.now();
  tell('settling');
  for (let left = 4; left > 0; left--) await settling.advance(5);
  const settled = performance.now();
  tell('learning');
  await settling.learn();
  settling.dispose();
  return { settling: settled - began, learning: performance.now() - settled };
}

/** The largest difference between synapses of two networks, as a share of the largest of their matrix. */
async function furthest(model: Model, other: Model): Promise<number> {
  const [got, want] = [await model.toArrays(), await other.toArrays()];
  const shares = namesOf(model).map((name) => {
    const [here, there] = [got.get(name)!.data, want.get(name)!.data];
    const largest = Math.max(...there.map(Math.abs));
    return Math.max(...there.map((value, i) => Math.abs(value - here[i]!))) / largest;
  });
  return Math.max(...shares);
}

test(`threads that share a batch are killed ${TIMES} times: each batch is learnt from as one thread learns from it`, async () => {
  const alone = await startBackend('wasm', nodeHost, { workers: 1 });
  const rng = createRng(SEED);
  const model = await smallModel('gncn-pdh', { sizes: SIZES, optimizer: 'sgd', steps: 20 });
  const killed = { settling: 0, learning: 0 };
  const heard: string[] = [];
  let apart = 0;
  let batches = 0;
  while (heard.length < TIMES) {
    let links: readonly Link[] = [];
    const start = () => (links = nodeHost.threads()!.start(2));
    const onLost = (sentence: string) => void heard.push(sentence);
    const pool = poolExecutor({ count: 2, waits: true, start, onLost }, alone.executor, 1);
    const tensors = tf.memory().numTensors;
    // Three losses, and one batch more without workers.
    for (let last = false; !last;) {
      last = pool.ended;
      const x = binaryImages(ROWS, SIZES[0]!, batches++);
      const twin = await copyOf(model);
      const took = await learnFrom({ model: twin, executor: alone.executor }, x);
      const when: Doing = rng.uniform() < 0.5 ? 'settling' : 'learning';
      const kill = () => {
        killed[when]++;
        links[rng.below(2)]!.close();
      };
      let waiting: ReturnType<typeof setTimeout> | undefined;
      await learnFrom({ model, executor: pool }, x, (doing) => {
        clearTimeout(waiting);
        if (doing === when && !last) waiting = setTimeout(kill, took[doing] * rng.uniform());
      });
      clearTimeout(waiting);
      apart = Math.max(apart, await furthest(model, twin));
      twin.dispose();
      x.dispose();
    }
    pool.close();
    expect(tf.memory().numTensors).toBe(tensors);
  }
  process.stdout.write(`${heard.length} threads killed (${killed.settling} while settling, ${killed.learning} while learning), ${batches} batches learnt from, at most ${apart.toExponential(1)} from one thread\n`); // prettier-ignore
  expect(apart).toBeLessThan(1e-5);
  expect(killed.settling).toBeGreaterThan(0);
  expect(killed.learning).toBeGreaterThan(0);
  for (const sentence of heard)
    expect(sentence).toMatch(/ended unexpectedly .*(take its place|from now on)\.$/);
});
