import type { FloatArray } from '../shared/arrays.ts';

/** Latents that fit one image, drawn from a density q of their own. */
export interface Proposal {
  /** z_j ~ q(z | x), [n, D]. */
  readonly draws: FloatArray;
  /** log p(z_j) − log q(z_j | x): how much likelier the prior has each draw, nats [n]. */
  readonly logWeights: ArrayLike<number>;
}
