import type { Tensor2D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';

import type { ModelConfig } from '../config/settings.ts';

/** The lateral synapses of one layer, made ready for many settling steps. */
export interface LateralSynapses {
  /** φ(z)·V [B, J]: what competition takes from each state neuron (Eq. 15). */
  input(phiZ: Tensor2D): Tensor2D;
  dispose(): void;
}

/**
 * V_l [J, J] row by row: +lateralInhibition between neurons that compete, −selfExcitation on the diagonal.
 * "groups": neurons of one column of `group` neighbours compete; "band": those fewer than `group` places apart.
 */
export function lateralMatrix(config: ModelConfig, l: number): Float32Array {
  const size = config.sizes[l]!;
  const group = config.groups[l - 1]!;
  const competes =
    config.lateral === 'groups'
      ? (i: number, j: number) => Math.floor(i / group) === Math.floor(j / group)
      : (i: number, j: number) => Math.abs(i - j) < group;
  const V = new Float32Array(size * size);
  for (let i = 0; i < size; i++)
    for (let j = 0; j < size; j++)
      if (i === j) V[i * size + j] = -config.selfExcitation;
      else if (competes(i, j)) V[i * size + j] = config.lateralInhibition;
  return V;
}

/**
 * The lateral synapses of layer l, or null where nobody competes.
 *
 * @param own the user's V_l [J_l, J_l], where there is one; it stays the caller's
 */
export function lateralSynapses(
  config: ModelConfig,
  l: number,
  own: Tensor2D | null,
): LateralSynapses | null {
  const { lateral, selfExcitation, lateralInhibition, groups, sizes } = config;
  if (lateral === 'none') return null;
  if (lateral === 'groups') return columns(groups[l - 1]!, lateralInhibition, selfExcitation);
  const size = sizes[l]!;
  const V = own?.clone() ?? tf.tensor2d(lateralMatrix(config, l), [size, size]);
  return { input: (phiZ) => tf.matMul(phiZ, V), dispose: () => V.dispose() };
}

/**
 * φ(z)·V for a block-diagonal V without forming it: inside a column of neurons,
 * (φ·V)_j = inhibition·(Σ_i φ_i − φ_j) − excitation·φ_j.
 */
function columns(group: number, inhibition: number, excitation: number): LateralSynapses {
  return {
    input: (phiZ) =>
      tf.tidy(() => {
        const [rows, size] = phiZ.shape;
        const grouped = tf.reshape(phiZ, [rows, size / group, group]);
        const rivals = tf.mul(tf.sum(grouped, 2, true), inhibition);
        return tf.reshape(tf.sub(rivals, tf.mul(grouped, inhibition + excitation)), [rows, size]);
      }),
    dispose: () => {},
  };
}
