/*
 * What one synapse of W_l needs in order to learn, here and under backpropagation. The synapse joins neuron i of layer l to neuron j of
 * layer m = l − 1, and the loss is measured at the pixels:
 *
 *   here       ΔW_l[i, j] = φ(z_l)_i · e_m[j]                                                                     (Eq. 16)
 *   backprop   ΔW_l[i, j] = φ(z_l)_i · δ_m[j],   δ_0 = x − mu_0,
 *              δ_m[j] = φ′_m[j] · ( Σ_k W_m[j, k]·δ_{m−1}[k] + Σ_k M_m[j, k]·δ_{m−2}[k] )
 *
 * δ_m[j] is nowhere in the network: it has to be computed through every layer between the neuron and the pixels.
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
