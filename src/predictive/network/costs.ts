/*
 * What an update costs (B4; Casnici et al. 2025, Table 1), by counting: two operations a multiply-add, N = Σ n_{l−1}·n_l.
 */

/** Which layers are held while a network settles: both ends, or the last alone. */
export type Held = 'both' | 'output';

/** n_0 … n_L; T; and what is held. */
export interface Counted {
  readonly sizes: readonly number[];
  readonly steps: number;
  readonly held: Held;
}

/** Synapses in matrices, N. */
export const synapsesOf = (sizes: readonly number[]): number =>
  sizes.slice(1).reduce((sum, n, i) => sum + sizes[i]! * n, 0);

/** Numbers that are learnt: matrices and biases. */
export const parametersOf = (sizes: readonly number[]): number =>
  synapsesOf(sizes) + sizes.slice(1).reduce((sum, n) => sum + n, 0);

const ends = (sizes: readonly number[]) => {
  const last = sizes.length - 1;
  return { N: synapsesOf(sizes), first: sizes[0]! * sizes[1]!, final: sizes[last - 1]! * sizes[last]! }; // prettier-ignore
};

/** Operations of one update by backpropagation, an image: forwards, backwards but to the input, and the changes. */
export function backpropOperations(sizes: readonly number[]): number {
  const { N, first } = ends(sizes);
  return 6 * N - 2 * first;
}

/**
 * Operations that one update by predictive coding needs, an image. With both ends held: the forward start but its last layer, T steps
 * of predictions and feedback without the first layer's, the last errors, and the changes. With z_0 free: 4TN + 4N.
 */
export function predictiveOperations({ sizes, steps, held }: Counted): number {
  const { N, first, final } = ends(sizes);
  if (held === 'output') return 4 * steps * N + 4 * N;
  return 2 * (N - final) + steps * 4 * (N - first) + 2 * (N - first) + 2 * N;
}

/** The same as the tutorial's Table 1 counts: with the changes of synapses at every step, though they are used once. */
export function tabledOperations({ sizes, steps, held }: Counted): number {
  const { N, first } = ends(sizes);
  return held === 'output' ? 6 * steps * N + 2 * N : steps * (6 * N - 2 * first) + 2 * N;
}

/** What is kept, waited for and known of one image. */
export interface Ledger {
  /** Numbers kept a neuron layer: states, and as many errors; of backpropagation, activities. */
  readonly kept: number;
  /** Stages that must follow each other. */
  readonly stages: number;
  /** How many layers away a synapse of layer l = 1 … L has what it needs, the first at 0. */
  readonly reach: readonly number[];
}

const layers = (sizes: readonly number[]) => sizes.slice(1).map((_, i) => i + 1);

/** Backpropagation: every layer waits for all after it. */
export function backpropLedger(sizes: readonly number[]): Ledger {
  const last = sizes.length - 1;
  const kept = sizes.slice(1).reduce((sum, n) => sum + n, 0);
  return { kept, stages: 2 * last, reach: layers(sizes).map((l) => last - l) };
}

/** Predictive coding: all layers at once, each beside its neighbours. */
export function predictiveLedger({ sizes, steps, held }: Counted): Ledger {
  const free = held === 'both' ? sizes.slice(1, -1) : sizes.slice(0, -1);
  const kept = 2 * free.reduce((sum, n) => sum + n, 0);
  return { kept, stages: 2 * steps, reach: layers(sizes).map(() => 1) };
}
