import type { NeuronAddress } from '../ngc/lesions.ts';
import type { Condition } from './theatre.ts';
import { isSilent } from './theatre.ts';

/**
 * The layout of an activity frame: what every neuron did at one settling step, in one Float32Array.
 *
 *   x [J0] | mu_0 [J0] … mu_{L−1} | phi(z_1) [J1] … phi(z_L) | e_0 [J0] … e_{L−1} | energy [L] | discrepancy [1]
 *     | z_1 … z_L | bottomUp_1 … bottomUp_L | lateral_1 … lateral_L
 *
 * energy_l is the squared length of layer l's error neurons; discrepancy is the total discrepancy ψ in nats,
 * NaN in episodes of training (there it is measured on the held-out slice instead).
 * bottomUp and lateral are terms of the next step, computed from this frame (Eqs. 11, 12, 15): what reaches z_l from
 * the error neurons below, and φ(z_l)·V_l, which competition takes from it. They are 0 at a silent neuron.
 * Several frames follow each other in one array, `stride` apart.
 */
export interface FrameLayout {
  readonly sizes: readonly number[];
  /** Numbers in one frame. */
  readonly stride: number;
  readonly input: Section;
  /** Prediction of layer l, l = 0 … L−1. */
  readonly predictions: readonly Section[];
  /** Activity φ(z) of the state neurons of layer l at index l − 1, l = 1 … L. */
  readonly states: readonly Section[];
  /** Error neurons of layer l, l = 0 … L−1. */
  readonly errors: readonly Section[];
  readonly energy: Section;
  readonly discrepancy: Section;
  /** The states z_l themselves, before φ, of layer l at index l − 1. */
  readonly z: readonly Section[];
  /** Bottom-up term of layer l at index l − 1: e_{l−1}·E_l, or e_{l−1}·W_lᵀ ⊙ φ′(z_l). */
  readonly bottomUp: readonly Section[];
  /** Lateral term φ(z_l)·V_l of layer l at index l − 1. */
  readonly lateral: readonly Section[];
}

/** Where a quantity lies in a frame. */
export interface Section {
  readonly offset: number;
  readonly length: number;
}

/** The layout for layers of the given sizes [J0 … JL]. */
export function frameLayout(sizes: readonly number[]): FrameLayout {
  let offset = 0;
  const section = (length: number): Section => {
    const at = { offset, length };
    offset += length;
    return at;
  };
  const below = sizes.slice(0, -1);
  const hidden = sizes.slice(1);
  const input = section(sizes[0]!);
  const predictions = below.map(section);
  const states = hidden.map(section);
  const errors = below.map(section);
  const energy = section(below.length);
  const discrepancy = section(1);
  const z = hidden.map(section);
  const bottomUp = hidden.map(section);
  const lateral = hidden.map(section);
  return {
    sizes,
    stride: offset,
    ...{ input, predictions, states, errors, energy, discrepancy, z, bottomUp, lateral },
  };
}

/** The numbers of one section of frame `index`, as a view (no copy). */
export function readSection(
  frames: Float32Array,
  layout: FrameLayout,
  index: number,
  section: Section,
): Float32Array {
  const start = index * layout.stride + section.offset;
  return frames.subarray(start, start + section.length);
}

/**
 * How one state neuron moves in the step after a frame, term by term as each enters its change (Eqs. 13–15):
 *
 *   d = bottomUp + topDown + lateral + prior + leak,        z ← z + β·d
 */
export interface NeuronTerms {
  readonly z: number;
  /** φ(z). */
  readonly activity: number;
  readonly bottomUp: number;
  /** −e_l: its own error neuron, by what is predicted for it from above; 0 in the top layer. */
  readonly topDown: number;
  /** −φ(z)·V: negative where its rivals inhibit it. */
  readonly lateral: number;
  /** −λ·sign(z). */
  readonly prior: number;
  /** −γ·z. */
  readonly leak: number;
  /** d, the sum of the five. */
  readonly change: number;
  readonly beta: number;
  /** z + β·d: its state in the next frame. */
  readonly next: number;
}

/** The terms of a state neuron at frame `index` of an array of frames. `condition` is the frame's. */
export function neuronTerms(
  frames: Float32Array,
  layout: FrameLayout,
  index: number,
  condition: Condition,
  neuron: NeuronAddress,
): NeuronTerms {
  const { layer } = neuron;
  const { beta, leak: gamma, laplace } = condition.steering;
  const value = (section: Section | undefined) =>
    section ? frames[index * layout.stride + section.offset + neuron.index]! : 0;
  const z = value(layout.z[layer - 1]);
  // Nothing moves a silent neuron, not even the error neuron that misses it.
  const silent = isSilent(condition.lesions, layer, neuron.index);
  const bottomUp = value(layout.bottomUp[layer - 1]);
  // Subtracted from 0, so that nothing is shown as −0.
  const topDown = silent ? 0 : 0 - value(layout.errors[layer]);
  const lateral = 0 - value(layout.lateral[layer - 1]);
  const prior = 0 - laplace * Math.sign(z);
  const leak = 0 - gamma * z;
  const change = bottomUp + topDown + lateral + prior + leak;
  return {
    z,
    activity: value(layout.states[layer - 1]),
    ...{ bottomUp, topDown, lateral, prior, leak, change, beta },
    next: z + beta * change,
  };
}
