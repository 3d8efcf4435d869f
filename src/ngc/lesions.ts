import { NgcError } from '../shared/errors.ts';

/** A state neuron: number `index` (from 0) of layer `layer` (1 … L). */
export interface NeuronAddress {
  readonly layer: number;
  readonly index: number;
}

/**
 * What is cut or silenced while a network settles; its synapses and its learning stay as they are. True is cut:
 *
 *   lateral        nobody competes and nobody excites itself: φ(z)·V is 0 (Eq. 15)
 *   precision      error neurons are not weighted: P_l = I, e_l = target_l − mu_l (Eq. 10); ψ is then of Σ_l = I
 *   errorSynapses  no error reaches the layer above: the bottom-up term e_{l−1}·E_l, or e_{l−1}·W_lᵀ ⊙ φ′(z_l) in type 1,
 *                  is 0 (Eqs. 11, 12)
 *   leak           states do not decay: γ = 0 (Eq. 13)
 *   topDown        nothing predicts a hidden layer: mu_l = 0 for l ≥ 1, so that e_l is all of its target; the pixels
 *                  are predicted as before (Eq. 1 for l = 0)
 *   layers, units  these state neurons are silent: z = 0 and φ(z) = 0 whatever reaches them. Their error neurons
 *                  stay, and say that what is predicted there does not happen.
 */
export interface Lesions {
  readonly lateral: boolean;
  readonly precision: boolean;
  readonly errorSynapses: boolean;
  readonly leak: boolean;
  readonly topDown: boolean;
  /** Silent layers, each 1 … L. */
  readonly layers: readonly number[];
  /** Silent neurons. */
  readonly units: readonly NeuronAddress[];
}

/** A network as it is: nothing cut, nobody silent. */
export const NO_LESIONS: Lesions = {
  lateral: false,
  precision: false,
  errorSynapses: false,
  leak: false,
  topDown: false,
  layers: [],
  units: [],
};

/** Whether nothing is cut. */
export function isIntact(lesions: Lesions): boolean {
  const { lateral, precision, errorSynapses, leak, topDown, layers, units } = lesions;
  const cut = lateral || precision || errorSynapses || leak || topDown;
  return !cut && layers.length === 0 && units.length === 0;
}

/** Whether a state neuron is silent: it or its layer is lesioned. */
export function isSilent({ layers, units }: Lesions, layer: number, index: number): boolean {
  return (
    layers.includes(layer) || units.some((unit) => unit.layer === layer && unit.index === index)
  );
}

/** Throws a usage error that names a layer or neuron which the network does not have. */
export function checkLesions(sizes: readonly number[], { layers, units }: Lesions): void {
  const top = sizes.length - 1;
  const exists = (layer: number) => Number.isInteger(layer) && layer >= 1 && layer <= top;
  for (const layer of [...layers, ...units.map((unit) => unit.layer)])
    if (!exists(layer))
      throw new NgcError('usage', `There is no layer ${layer} to silence; layers are 1 to ${top}.`);
  for (const { layer, index } of units)
    if (!(Number.isInteger(index) && index >= 0 && index < sizes[layer]!))
      throw new NgcError(
        'usage',
        `There is no neuron ${index} to silence in layer ${layer}; its neurons are 0 to ${sizes[layer]! - 1}.`,
      );
}

/** For each neuron of layer l [J_l]: 1 where it may fire, 0 where it is silent; null where nobody of the layer is. */
export function aliveOf(
  size: number,
  l: number,
  { layers, units }: Lesions = NO_LESIONS,
): Float32Array | null {
  const whole = layers.includes(l);
  const silent = units.filter(({ layer }) => layer === l);
  if (l === 0 || (!whole && silent.length === 0)) return null;
  const alive = new Float32Array(size).fill(whole ? 0 : 1);
  for (const { index } of silent) alive[index] = 0;
  return alive;
}

/** Throws a usage error where something is cut: what a lesioned network does is nothing to learn from. */
export function refuseLearning(lesions: Lesions | null): void {
  if (lesions && !isIntact(lesions))
    throw new NgcError(
      'usage',
      'The network does not learn while something of it is cut: heal its lesions first.',
    );
}
