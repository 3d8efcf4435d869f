import type { Tensor1D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';

import { errorEnergies, totalDiscrepancy } from '../ngc/equations/discrepancy.ts';
import { stateTerms } from '../ngc/equations/states.ts';
import type { Model } from '../ngc/model.ts';
import type { Settling } from '../ngc/settling.ts';
import { connect, disposeWiring } from '../ngc/wiring.ts';

/**
 * What the first image of an episode does now and what moves it next, as protocol/frame.ts lays it out.
 *
 * @param logDets `logDeterminants`; null: the discrepancy of the frame is NaN
 */
export async function frameOf(
  model: Model,
  settling: Settling,
  logDets: readonly number[] | null,
): Promise<Float32Array> {
  const row = await settling.read(1);
  const wiring = settling.wiring ?? connect(model);
  const frame = tf.tidy(() => {
    const flat = (t: tf.Tensor): Tensor1D => tf.reshape(t, [-1]);
    const hidden = Array.from({ length: model.layers }, (_, i) => i + 1);
    const terms = hidden.map((l) => stateTerms(model, wiring, row, l));
    return tf.concat1d([
      flat(row.z[0]!),
      ...row.mu.map(flat),
      ...row.phiZ.slice(1).map(flat),
      ...row.e.map(flat),
      flat(errorEnergies(row)),
      logDets ? totalDiscrepancy(model, row, logDets) : tf.tensor1d([NaN]),
      ...row.z.slice(1).map(flat),
      ...terms.map(({ bottomUp }) => flat(bottomUp)),
      ...terms.map(({ bottomUp, lateral }) => flat(lateral ?? tf.zerosLike(bottomUp))),
    ]);
  });
  if (!settling.wiring) disposeWiring(wiring);
  const data = Float32Array.from(await frame.data());
  frame.dispose();
  return data;
}
