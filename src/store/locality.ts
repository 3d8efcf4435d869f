import type { DerivedFamily, Family } from '../ngc/parameters.ts';
import { parametersOf } from '../ngc/parameters.ts';
import type { ModelConfig } from './settingValues.ts';

/*
 * What one synapse of W_l needs in order to learn, here and under backpropagation. The synapse joins neuron i of layer l to neuron j of
 * layer m = l − 1, and the loss is measured at the pixels:
 *
 *   here       ΔW_l[i, j] = φ(z_l)_i · e_m[j]                                                                     (Eq. 16)
 *   backprop   ΔW_l[i, j] = φ(z_l)_i · δ_m[j],   δ_0 = x − mu_0,
 *              δ_m[j] = φ′_m[j] · ( Σ_k W_m[j, k]·δ_{m−1}[k] + Σ_k M_m[j, k]·δ_{m−2}[k] )
 *
 * δ_m[j] is nowhere in the network: it has to be computed through every layer between the neuron and the pixels.
 *
 * Here too something comes from further away: the error of a hidden layer is weighed by its precision, e_m = (t_m − mu_m)·P_m, and
 * P_m = Σ_m⁻¹ needs the whole covariance; and after each update the norm of all synapses that belong together is limited.
 */

/** One kind of numbers that δ_m[j] is made of. */
export interface Needed {
  readonly kind: 'errors' | 'row' | 'rowFar' | 'matrix' | 'matrixFar' | 'slopes';
  /** The layer that the synapses leave, or whose derivatives are needed; 0 for the pixels' errors. */
  readonly layer: number;
  readonly count: number;
}

/**
 * The numbers that backpropagation brings together for the error of one neuron of layer `to`, by kind: for the pixels (0) only
 * the pixel's own error, which is there anyway.
 *
 * @param sizes [J0 … JL]
 * @param auxiliary whether layers also predict the one two below (M)
 */
export function backpropNeeds(sizes: readonly number[], to: number, auxiliary: boolean): Needed[] {
  const size = (layer: number) => sizes[layer] ?? 0;
  if (to === 0) return [{ kind: 'errors', layer: 0, count: 1 }];
  const needs: Needed[] = [{ kind: 'errors', layer: 0, count: size(0) }];
  for (let k = 1; k < to; k++) {
    needs.push({ kind: 'matrix', layer: k, count: size(k) * size(k - 1) });
    if (auxiliary && k >= 2)
      needs.push({ kind: 'matrixFar', layer: k, count: size(k) * size(k - 2) });
  }
  needs.push({ kind: 'row', layer: to, count: size(to - 1) });
  if (auxiliary && to >= 2) needs.push({ kind: 'rowFar', layer: to, count: size(to - 2) });
  for (let k = 1; k < to; k++) needs.push({ kind: 'slopes', layer: k, count: size(k) });
  needs.push({ kind: 'slopes', layer: to, count: 1 });
  return needs;
}

/** How many numbers these are. */
export const totalNeeded = (needs: readonly Needed[]): number =>
  needs.reduce((sum, { count }) => sum + count, 0);

/** Something that learning needs and that is at neither end of the synapse. */
export interface Elsewhere {
  /** The whole covariance of layer `layer`, inverted; or the synapses of layer `layer` whose norm is limited together. */
  readonly kind: 'covariance' | 'norm';
  readonly layer: number;
  /** How many numbers that are. */
  readonly count: number;
}

/**
 * What a synapse needs from elsewhere in order to learn: the covariance that weighs its error, and those with which its norm is
 * limited (which ones, `normAxis` says; the optimizer needs nothing but the synapse's own past). Σ needs its own inverse (Eq. 3), and
 * the norms of one column ("cholesky") or of two ("inverse"). V does not learn, and a network without such synapses needs nothing.
 *
 * @param layer the l of W_l, E_l, M_l, Σ_l, V_l
 */
export function elsewhere(
  family: Family | Extract<DerivedFamily, 'V'>,
  layer: number,
  config: ModelConfig,
): Elsewhere[] {
  const parameters = parametersOf(config);
  const find = (of: string, l: number) =>
    parameters.find((one) => one.family === of && one.layer === l)?.shape;
  const shape = find(family, layer);
  if (shape === undefined) return [];
  // Whose error neurons the synapse learns from.
  const errors = { W: layer - 1, E: layer - 1, M: layer - 2, Sigma: layer, V: layer }[family];
  const sigma = find('Sigma', errors);
  const needs: Elsewhere[] = [];
  if (sigma !== undefined)
    needs.push({ kind: 'covariance', layer: errors, count: sigma[0] * sigma[1] });
  const columns = config.precision === 'inverse' ? 2 : 1;
  const together = family === 'Sigma' ? columns * shape[0] : shape[config.normAxis];
  needs.push({ kind: 'norm', layer, count: together });
  return needs;
}
