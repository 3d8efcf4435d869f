import type { NamedTensorMap, Tensor2D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';

import { synapseChanges } from './changes.ts';
import { energyOf, errorOf, feedback, signalOf } from './equations.ts';
import { tidied } from './memory.ts';
import { forwardPass } from './start.ts';
import { stateOf } from './state.ts';
import type { Wiring } from './wiring.ts';
import { layerAt } from './wiring.ts';

/*
 * The twin of a network that learns by backpropagation (B4): same synapses, same forward pass, the loss is F_L of that pass.
 *
 *   δ_L = e_L      δ_l = what δ_{l+1} sends back      ΔW_l = a_{l−1}ᵀ·(δ_l ⊙ f′_l(u_l)) / B
 *
 * Every δ_l needs the one after it first: the layers are locked to each other.
 */

/** What backpropagation makes of a batch. The caller releases it. */
export interface Backpropagated {
  /** The mean loss over the batch, nats. */
  readonly loss: tf.Scalar;
  /** δ_1 … δ_L [B, n_l], the first at 0. */
  readonly deltas: readonly Tensor2D[];
  /** Changes of W_l and b_l by name, as ascent. */
  readonly changes: NamedTensorMap;
}

/** Backpropagation through the forward pass from x [B, n_0], towards y [B, n_L]. */
export function backpropagate(wiring: Wiring, x: Tensor2D, y: Tensor2D): Backpropagated {
  return tidied(() => {
    const last = wiring.layers.length;
    const z = forwardPass(wiring, x);
    const { predictions } = stateOf(wiring, z);
    const end = layerAt(wiring, last);
    const deltas = [errorOf(end, y, z[last]!)];
    const loss: tf.Scalar = tf.mean(energyOf(end, y, predictions[last - 1]!, deltas[0]!));
    for (let l = last - 1; l >= 1; l--) {
      const { u } = predictions[l]!;
      deltas.unshift(feedback(layerAt(wiring, l + 1), deltas[0]!, u, z[l]!));
    }
    const changes: NamedTensorMap = {};
    predictions.forEach(({ a, u }, i) => {
      const s = signalOf(layerAt(wiring, i + 1), deltas[i]!, u);
      Object.assign(changes, synapseChanges(i + 1, a, s));
    });
    return { loss, deltas, changes };
  });
}
