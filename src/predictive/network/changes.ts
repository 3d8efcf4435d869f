import type { NamedTensorMap, Tensor1D, Tensor2D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';

import type { Episode } from './episode.ts';
import { errorOf, signalOf } from './equations.ts';
import { forwardPass } from './start.ts';
import type { State } from './state.ts';
import { errorAt, fromPrior, predictionAt, stateOf } from './state.ts';
import type { Wiring } from './wiring.ts';

/*
 * What a network learns from a state (B1), before the optimizer, as ascent:
 *
 *   ΔW_l = a_{l−1}ᵀ·s_l / B      Δb_l = mean(s_l)      Δb_0 = λ_0 mean(z_0 − b_0)      ΔΣ_l = ½ (e_lᵀe_l / B − P_l)
 *
 * Every one is local: the activity before a synapse, times the error after it.
 */

/** Means over the batch of X [B, n]: [n]. A product with ones, which WASM is faster at than at sums of columns. */
function meansOf(x: Tensor2D): Tensor1D {
  const [rows, width] = x.shape;
  return tf.reshape(tf.matMul(tf.fill([1, rows], 1 / rows), x), [width]);
}

/** aᵀ·s / B [n, m]. */
const correlated = (a: Tensor2D, s: Tensor2D): Tensor2D =>
  tf.div(tf.matMul(tf.transpose(a), s), a.shape[0]);

/** ΔW_l and Δb_l, of the activity before them and of the signals s_l after them. */
export function synapseChanges(l: number, a: Tensor2D, s: Tensor2D): NamedTensorMap {
  return { [`W${l}`]: correlated(a, s), [`b${l}`]: meansOf(s) };
}

/** ΔΣ_l from errors e_l [B, n_l] and P_l [n_l, n_l] or [n_l]. */
function covarianceChange(e: Tensor2D, P: Tensor1D | Tensor2D): Tensor1D | Tensor2D {
  const seen: Tensor1D | Tensor2D = P.rank === 1 ? meansOf(tf.square(e)) : correlated(e, e);
  return tf.mul(tf.sub(seen, P), 0.5);
}

/**
 * Changes of all parameters, by their names. `learn` "forward" takes activities and slopes of the forward pass, and what z_l is not
 * explained by it; `sigmaFrom` "forward" takes the errors of the forward pass. The caller disposes them.
 */
export function changesOf(wiring: Wiring, episode: Episode, state: State): NamedTensorMap {
  return tf.tidy(() => {
    const { settings, layers } = wiring;
    const { learn, sigmaFrom, sigma, nudge, priorPrecision } = settings;
    const last = layers.length;
    const forward = () => {
      const chain = forwardPass(wiring, episode.input ?? state.z[0]!);
      return stateOf(wiring, [...chain.slice(0, last), state.z[last]!]);
    };
    const passed = learn === 'forward' || (sigma !== 'none' && sigmaFrom === 'forward') ? forward() : state; // prettier-ignore
    const seen = learn === 'forward' ? passed : state;
    const changes: NamedTensorMap = {};
    layers.forEach((layer, i) => {
      const l = i + 1;
      const { a, u, mu } = predictionAt(seen, l);
      const e = learn === 'forward' ? errorOf(layer, state.z[l]!, mu) : errorAt(state, l);
      const s = signalOf(layer, e, u);
      Object.assign(changes, synapseChanges(l, a, nudge === 1 ? s : tf.div(s, nudge)));
      if (typeof layer.P !== 'number')
        changes[`Sigma${l}`] = covarianceChange(errorAt(sigmaFrom === 'forward' ? passed : state, l), layer.P); // prettier-ignore
    });
    if (wiring.b0 && !episode.input)
      changes['b0'] = tf.mul(meansOf(fromPrior(wiring, state.z[0]!)), priorPrecision);
    return changes;
  });
}
