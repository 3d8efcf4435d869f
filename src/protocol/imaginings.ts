/** What the network imagines of what the drawing hides, from one sample of its prior. */
export interface Imagining {
  /** log p(x_seen | mu_0) once it has settled, nats: how well it fits what is seen. */
  readonly seenNats: number;
  /** [(steps + 1)·J0]: the whole picture at each step, seen pixels as they are, hidden ones as imagined; 0 … 1. */
  readonly pictures: Float32Array;
}

/** What `imagine` is answered with. */
export interface ImaginingsReport {
  readonly seed: number;
  /** How many were settled, as one batch. */
  readonly drawn: number;
  readonly steps: number;
  /** Those that fit best, the best first. */
  readonly kept: readonly Imagining[];
  /** [J0]: the mean of all that were drawn, each weighted by p(x_seen | mu_0). */
  readonly mean: Float32Array;
  /** [J0]: the standard deviation of all that were drawn, each counting alike: what the network leaves open. */
  readonly spread: Float32Array;
  /** `Snapshot.weightsVersion` of the synapses. */
  readonly version: number;
}

/** One of the imaginings kept: of the report of that seed, the one at that place. */
export interface ImaginingAddress {
  readonly seed: number;
  readonly index: number;
}
