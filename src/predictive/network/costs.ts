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

/** Operations of one update, an image, by what they are for. */
export interface Operations {
  /** Predictions: of a forward pass, and at every step. */
  readonly predict: number;
  /** Errors that are sent back. */
  readonly feedback: number;
  /** Changes of synapses. */
  readonly change: number;
}

const all = ({ predict, feedback, change }: Operations): number => predict + feedback + change;

/** By backpropagation: forwards, backwards but to the input, and the changes. */
export function backpropParts(sizes: readonly number[]): Operations {
  const { N, first } = ends(sizes);
  return { predict: 2 * N, feedback: 2 * (N - first), change: 2 * N };
}

/**
 * By predictive coding, what is needed. With both ends held: the forward start but its last layer, T steps of predictions and feedback
 * without the first layer's, the last errors, and the changes. With z_0 free every step needs all of it.
 */
export function predictiveParts({ sizes, steps, held }: Counted): Operations {
  const { N, first, final } = ends(sizes);
  if (held === 'output') return { predict: 2 * N * (steps + 1), feedback: 2 * N * steps, change: 2 * N }; // prettier-ignore
  const settling = 2 * steps * (N - first);
  return { predict: 2 * (N - final) + settling + 2 * (N - first), feedback: settling, change: 2 * N }; // prettier-ignore
}

/** The same as the tutorial's Table 1 counts: with the changes of synapses at every step, though they are used once. */
export function tabledParts({ sizes, steps, held }: Counted): Operations {
  const { N, first } = ends(sizes);
  const back = held === 'output' ? N : N - first;
  return { predict: 2 * N * (steps + 1), feedback: 2 * back * steps, change: 2 * N * steps };
}

/** Operations of one update by backpropagation, an image: 6N − 2·n_0·n_1. */
export const backpropOperations = (sizes: readonly number[]): number => all(backpropParts(sizes));

/** Operations that one update by predictive coding needs, an image. */
export const predictiveOperations = (counted: Counted): number => all(predictiveParts(counted));

/** Operations of one update by predictive coding, an image, as Table 1 counts them. */
export const tabledOperations = (counted: Counted): number => all(tabledParts(counted));

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
