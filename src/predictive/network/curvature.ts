import type { Tensor1D, Tensor2D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';

import { normal } from '../../engine/noise.ts';
import { deriveSeed } from '../../shared/rng.ts';
import type { Episode } from './episode.ts';
import { isFree } from './episode.ts';
import { release, tidied } from './memory.ts';
import { lastLayer } from './parameters.ts';
import { slopes } from './settling.ts';
import type { State } from './state.ts';
import { stateOf } from './state.ts';
import type { Wiring } from './wiring.ts';

/** How far states are moved to see how d changes: less drowns in float32's rounding. */
const NUDGE = 1e-2;

/**
 * λmax, the largest curvature ∂²F/∂z² of any image of the batch at a state, over the free layers, by power iteration on d: settling
 * needs γ < 2/λmax (B1). Each image has its own direction; all free layers of one are one vector.
 *
 * @param iterations more come closer
 */
export async function largestCurvature(
  wiring: Wiring,
  episode: Episode,
  state: State,
  iterations = 60,
): Promise<number> {
  const last = lastLayer(wiring.settings);
  const free = state.z.map((_, l) => isFree(episode, l, last));
  // At step L on no layer waits for its error any more, whatever the schedule.
  const plain: Wiring = { ...wiring, settings: { ...wiring.settings, schedule: 'none' } };
  let direction = tidied(() =>
    unit(
      state.z.map((z, l) =>
        free[l] ? normal(deriveSeed(1, l), z.shape[0], z.shape[1]) : tf.zerosLike(z),
      ),
    ),
  );
  let lengths = tf.zeros<tf.Rank.R1>([episode.rows]);
  for (let i = 0; i < iterations; i++) {
    const next = tidied(() => {
      const bent = curved(plain, state, direction, free);
      return { lengths: lengthOf(bent), direction: unit(bent) };
    });
    release([direction, lengths]);
    ({ direction, lengths } = next);
  }
  const values = await lengths.data<'float32'>();
  release([direction, lengths]);
  return values.reduce((most, value) => (value <= most ? most : value), -Infinity);
}

/** (∂²F/∂z²)·v, by how d changes from z − εv to z + εv. */
function curved(wiring: Wiring, state: State, v: readonly Tensor2D[], free: readonly boolean[]) {
  const at = (far: number) =>
    slopes(wiring, stateOf(wiring, state.z.map((z, l): Tensor2D => tf.add(z, tf.mul(v[l]!, far))))); // prettier-ignore
  const [ahead, behind] = [at(NUDGE), at(-NUDGE)];
  return ahead.map((d, l): Tensor2D =>
    free[l] ? tf.div(tf.sub(behind[l]!, d), 2 * NUDGE) : tf.zerosLike(d),
  );
}

/** ‖v‖ of each image, all layers together [B]. */
const lengthOf = (v: readonly Tensor2D[]): Tensor1D =>
  tf.sqrt(tf.addN(v.map((layer): Tensor1D => tf.sum(tf.square(layer), 1))));

function unit(v: readonly Tensor2D[]): Tensor2D[] {
  const by: Tensor2D = tf.expandDims(tf.maximum(lengthOf(v), 1e-12), 1);
  return v.map((layer): Tensor2D => tf.div(layer, by));
}
