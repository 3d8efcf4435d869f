import * as tf from '@tensorflow/tfjs-core';

import { createBatches } from '../data/batches.ts';
import type { Dataset } from '../data/dataset.ts';
import { arraysOf, tensorsOf } from '../engine/theta.ts';
import { largestCurvature } from '../predictive/network/curvature.ts';
import { release } from '../predictive/network/memory.ts';
import type { Network } from '../predictive/network/parameters.ts';
import { parseSettings } from '../predictive/network/parse.ts';
import { begin, forwardPass } from '../predictive/network/start.ts';
import type { Wiring } from '../predictive/network/wiring.ts';
import type { FloatArray } from '../shared/arrays.ts';
import { NgcError } from '../shared/errors.ts';
import type { Beginning } from './demonstration.ts';
import type { Digits } from './digits.ts';
import { digitsOf, heldAt } from './digits.ts';
import { Learner } from './learner.ts';

/** A small classifier of digits, which some exhibits start from once it has learnt. */
const SETTINGS = parseSettings({
  variant: 'pcn',
  ...{ sizes: [784, 64, 64, 64, 10], steps: 8, learningRate: 0.003 },
});
/** So many batches take it to nearly nine digits of ten, in a few seconds. */
const BATCHES = 80;
/** λmax comes within a percent or so by then. */
const CURVATURE_ITERATIONS = 30;
/** Kept for as many seeds and data. */
const MOST_KEPT = 8;

/** What was learnt here already, by data and seed: a rewound exhibit starts at once, and two of them from one network. */
const kept = new Map<string, ReadonlyMap<string, FloatArray>>();

/**
 * The small classifier after it has learnt from the data, which takes some seconds the first time. The same seed gives the same
 * network. Rejects with a "cancelled" error where it is no longer wanted. The caller owns its parameters.
 */
export async function trainedClassifier(
  data: Dataset,
  { seed, signal, tell }: Pick<Beginning, 'seed' | 'signal' | 'tell'>,
): Promise<Network> {
  const key = `${data.id} ${data.train.count} ${seed}`;
  let arrays = kept.get(key);
  if (!arrays) {
    arrays = await learnt(data, seed, async (share) => {
      await tell?.(`It learns the digits first: ${Math.round(100 * share)} % …`);
      if (signal.aborted) throw new NgcError('cancelled', 'This exhibit was left.');
    });
    kept.set(key, arrays);
    const [oldest] = kept.keys();
    if (kept.size > MOST_KEPT && oldest !== undefined) kept.delete(oldest);
  }
  return { settings: SETTINGS, theta: tensorsOf(arrays) };
}

async function learnt(
  { train }: Dataset,
  seed: number,
  onProgress: (share: number) => Promise<void>,
): Promise<Map<string, FloatArray>> {
  const learner = new Learner(SETTINGS, seed);
  const batches = createBatches(train.count, SETTINGS.batch, seed);
  try {
    for (let batch = 0; batch < BATCHES; batch++) {
      await onProgress(batch / BATCHES);
      const digits = digitsOf(train, batches.next().indices);
      await learner.learn(heldAt(digits));
      release(digits);
    }
    return await arraysOf(learner.theta);
  } finally {
    learner.dispose();
  }
}

/** The rate under which settling on pictures and their classes is stable: 2/λmax, of the image that bends F most. */
export async function stableRate(wiring: Wiring, digits: Digits): Promise<number> {
  const episode = heldAt(digits);
  const state = begin(wiring, episode);
  const most = await largestCurvature(wiring, episode, state, CURVATURE_ITERATIONS);
  release(state);
  return 2 / most;
}

/** What a plain forward pass answers to each picture: the class whose neuron does most. */
export async function answersOf(wiring: Wiring, { x }: Pick<Digits, 'x'>): Promise<number[]> {
  const classes = tf.tidy(() => tf.argMax(forwardPass(wiring, x).at(-1)!, 1));
  const answers = await classes.data<'int32'>();
  classes.dispose();
  return Array.from(answers);
}

/** The share of pictures that a plain forward pass puts into their class. */
export async function accuracyOf(learner: Learner, digits: Digits): Promise<number> {
  const wiring = await learner.wired();
  const answers = await answersOf(wiring, digits);
  wiring.dispose();
  return answers.filter((answer, i) => answer === digits.labels[i]).length / answers.length;
}
