/**
 * The layout of an activity frame: what every neuron did at one settling step, in one Float32Array.
 *
 *   x [J0] | mu_0 [J0] … mu_{L−1} | phi(z_1) [J1] … phi(z_L) | e_0 [J0] … e_{L−1} | energy [L] | discrepancy [1]
 *
 * energy_l is the squared length of layer l's error neurons; discrepancy is the total discrepancy ψ in nats,
 * NaN in episodes of training (there it is measured on the held-out slice instead).
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
  const input = section(sizes[0]!);
  const predictions = below.map(section);
  const states = sizes.slice(1).map(section);
  const errors = below.map(section);
  const energy = section(below.length);
  const discrepancy = section(1);
  return { sizes, stride: offset, input, predictions, states, errors, energy, discrepancy };
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
