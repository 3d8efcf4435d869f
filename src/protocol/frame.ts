import type { NeuronAddress } from '../ngc/lesions.ts';
import type { Condition } from './condition.ts';

/**
 * The layout of an activity frame: what every neuron did at one settling step and what moves it next, in one Float32Array.
 *
 *   x [J0] | mu_0 [J0] … mu_{L−1} | phi(z_1) [J1] … phi(z_L) | e_0 [J0] … e_{L−1} | energy [L] | discrepancy [1] | active [L]
 *     | z_1 … z_L | bottomUp_1 … | topDown_1 … | lateral_1 … | prior_1 … | leak_1 … | change_1 … | next_1 … next_L
 *     | belief_1 [J0] … belief_L [J0] | movement [1] | surprise [1]
 *
 * energy_l is the squared length of layer l's error neurons; discrepancy is the total discrepancy ψ in nats,
 * NaN in episodes of training (there it is measured on the held-out slice instead); active_l is the share of layer l's state
 * neurons that are active. The terms, their sum `change` and the state `next` that it leads to are the engine's own
 * (ngc/equations/states.ts, Eqs. 11–15), of the step after the frame. All are 0 at a silent neuron. belief_l is the picture that
 * layer l's states alone project to the pixels, 0 … 1 (ngc/beliefs.ts); movement is how far that step moves the states: the
 * largest ‖Δz_l‖/‖z_l‖ of a layer, 1 where one leaves zero (ngc/movement.ts); surprise is −log p(x_seen | mu_0) in nats, of the
 * pixels that are seen (ngc/surprise.ts).
 * Several frames follow each other in one array, `stride` apart.
 */
export interface FrameLayout extends Readonly<Record<LayerQuantity, readonly Section[]>> {
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
  /** Of layer l at index l − 1. */
  readonly active: Section;
  /** Of layer l at index l − 1, each [J0]. */
  readonly beliefs: readonly Section[];
  readonly movement: Section;
  readonly surprise: Section;
}

/** What a frame has of every state neuron beside its activity: its state, what moves it, and where to. */
export const LAYER_QUANTITIES = [
  'z',
  'bottomUp',
  'topDown',
  'lateral',
  'prior',
  'leak',
  'change',
  'next',
] as const;

/** Of layer l at index l − 1. */
export type LayerQuantity = (typeof LAYER_QUANTITIES)[number];

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
  const active = section(hidden.length);
  const quantities = Object.fromEntries(
    LAYER_QUANTITIES.map((name) => [name, hidden.map(section)]),
  ) as Record<LayerQuantity, Section[]>;
  const beliefs = hidden.map(() => section(sizes[0]!));
  const movement = section(1);
  const surprise = section(1);
  return {
    sizes,
    stride: offset,
    ...{ input, predictions, states, errors, energy, discrepancy, active },
    ...{ beliefs, movement, surprise },
    ...quantities,
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
export interface NeuronTerms extends Readonly<Record<LayerQuantity, number>> {
  /** φ(z). */
  readonly activity: number;
  readonly beta: number;
}

/** The terms of a state neuron at frame `index` of an array of frames. `condition` is the frame's. */
export function neuronTerms(
  frames: Float32Array,
  layout: FrameLayout,
  index: number,
  condition: Condition,
  neuron: NeuronAddress,
): NeuronTerms {
  const value = (sections: readonly Section[]) => {
    const section = sections[neuron.layer - 1];
    return section ? frames[index * layout.stride + section.offset + neuron.index]! : 0;
  };
  const quantities = Object.fromEntries(
    // Added to 0, so that nothing is shown as −0.
    LAYER_QUANTITIES.map((name) => [name, 0 + value(layout[name])]),
  ) as Record<LayerQuantity, number>;
  return { ...quantities, activity: value(layout.states), beta: condition.steering.beta };
}
