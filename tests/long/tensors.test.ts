import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

import * as tf from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';

import type { Request, Results } from '../../src/protocol/messages.ts';
import { Session } from '../../src/worker/session.ts';

/*
 * Ten thousand batches as the page trains them, looked at all the while: no tensor more, and a heap that stays as it is.
 */
const BATCHES = 10_000;
const SETTINGS = { sizes: [784, 12, 12], steps: 2, batch: 4 };

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

const session = new Session();
const ask = <R extends Request>(request: R) =>
  session.handle(request) as Promise<Results[R['type']]>;
let have = { episode: -1, frames: 0, run: -1, points: 0 };

/** Pulls as the page does, until so many batches have been learnt from; then pauses, and counts what there is. */
async function until(batches: number) {
  await ask({ type: 'startTraining' });
  for (;;) {
    const { training, history, episode } = await ask({ type: 'pull', have });
    have = {
      ...{ run: history.run, points: history.from + history.points.length },
      ...(episode ? { episode: episode.id, frames: episode.next } : { episode: -1, frames: 0 }),
    };
    if ((training?.updates ?? 0) >= batches) break;
    await new Promise((resolve) => setTimeout(resolve, 16));
  }
  await ask({ type: 'pause' });
  await ask({ type: 'pull', have });
  collect();
  const { numTensors, numDataBuffers } = tf.memory();
  return { numTensors, numDataBuffers, heap: process.memoryUsage().heapUsed };
}

beforeAll(async () => {
  vi.stubGlobal('fetch', () => Promise.reject(new Error('no network in tests')));
  await ask({ type: 'start', backend: 'cpu', base: 'http://localhost/' });
  await ask({ type: 'selectModel', variant: 'gncn-pdh', weights: 'own', seed: 1, settings: SETTINGS }); // prettier-ignore
  await ask({ type: 'selectDataset', dataset: 'synthetic' });
});
afterAll(() => session.handle({ type: 'pause' }));

test('10,000 batches leave no tensor behind, and the heap as it was but for the curves', async () => {
  const early = await until(BATCHES / 10);
  const late = await until(BATCHES);
  process.stdout.write(
    `${BATCHES} batches: ${late.numTensors - early.numTensors} tensors more than after ${BATCHES / 10}, heap ${((late.heap - early.heap) / 1e6).toFixed(1)} MB more\n`,
  );
  expect(late.numTensors).toBe(early.numTensors);
  expect(late.numDataBuffers).toBe(early.numDataBuffers);
  // At most 8,000 points of the curves, of less than a kilobyte each.
  expect(late.heap - early.heap).toBeLessThan(9e6);
});
