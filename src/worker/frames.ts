import type { Tensor, Tensor1D, Tensor2D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';

import { activeShare } from '../engine/likelihood.ts';
import { beliefs } from '../ngc/beliefs.ts';
import type { DiscrepancyMeasure } from '../ngc/equations/discrepancy.ts';
import { errorEnergies, totalDiscrepancy } from '../ngc/equations/discrepancy.ts';
import type { StateTerms } from '../ngc/equations/states.ts';
import { moveStates, stateChange } from '../ngc/equations/states.ts';
import type { Lesions } from '../ngc/lesions.ts';
import type { Model } from '../ngc/model.ts';
import { movement } from '../ngc/movement.ts';
import type { Settling } from '../ngc/settling.ts';
import { surpriseOf } from '../ngc/surprise.ts';
import type { LayerQuantity } from '../protocol/frame.ts';
import { frameLayout, LAYER_QUANTITIES, readSection } from '../protocol/frame.ts';

const flat = (tensor: Tensor): Tensor1D => tf.reshape(tensor, [-1]);

/** What a frame has of a layer's state neurons, [1, J_l] each. Call inside a tidy. */
function quantitiesOf(
  z: Tensor2D,
  terms: StateTerms,
  beta: number,
): Record<LayerQuantity, Tensor2D> {
  const orNone = (term: Tensor2D | null): Tensor2D => term ?? tf.zerosLike(z);
  const change = stateChange(terms, z);
  return {
    z,
    bottomUp: orNone(terms.bottomUp),
    topDown: orNone(terms.topDown),
    lateral: orNone(terms.lateral),
    prior: orNone(terms.prior),
    leak: orNone(terms.leak),
    change,
    next: moveStates(z, change, beta),
  };
}

/**
 * What the first image of an episode does now and what moves it next, as protocol/frame.ts lays it out.
 *
 * @param model the network, with the settings of the next step
 * @param lesions what is cut
 * @param mask 1 where a pixel is seen [J0]; null: all are
 * @param measure `gaugeOf` the network; null: the discrepancy of the frame is NaN
 */
export async function frameOf(
  settling: Settling,
  model: Model,
  lesions: Lesions,
  mask: Uint8Array | null,
  measure: DiscrepancyMeasure | null,
): Promise<Float32Array> {
  const { beta, sizes } = model.config;
  const terms = await settling.terms();
  const row = await settling.read(1);
  const frame = tf.tidy(() => {
    const layers = terms.map((layer, i) => quantitiesOf(row.z[i + 1]!, layer, beta));
    return tf.concat1d([
      flat(row.z[0]!),
      ...row.mu.map(flat),
      ...row.phiZ.slice(1).map(flat),
      ...row.e.map(flat),
      flat(errorEnergies(row)),
      measure ? totalDiscrepancy(row, measure) : tf.tensor1d([NaN]),
      ...row.phiZ.slice(1).map((phi) => flat(activeShare(phi))),
      ...LAYER_QUANTITIES.flatMap((name) => layers.map((layer) => flat(layer[name]))),
      ...beliefs(model, row.phiZ, lesions).map(flat),
      tf.zeros([1]), // movement, which follows from the states
      surpriseOf(row, mask && tf.tensor2d(Float32Array.from(mask), [1, mask.length])),
    ]);
  });
  for (const layer of terms)
    for (const term of Object.values(layer) as (Tensor2D | null)[]) term?.dispose();
  const data = Float32Array.from(await frame.data());
  frame.dispose();
  const layout = frameLayout(sizes);
  const layers = (sections: typeof layout.z) =>
    sections.map((section) => readSection(data, layout, 0, section));
  data[layout.movement.offset] = movement(layers(layout.z), layers(layout.next));
  return data;
}
