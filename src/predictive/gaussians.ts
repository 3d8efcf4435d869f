/*
 * Entropy, cross entropy and the Kullback-Leibler divergence of two Gaussians, in nats (Casnici et al. 2025, Eqs. 1-6):
 *
 *   H(p)     = −∫ p ln p = ½ ln(2πe σp²)
 *   H(p, q)  = −∫ p ln q = ½ ln(2π σq²) + (σp² + (μp − μq)²) / 2σq²
 *   KL(p‖q)  = ∫ p ln(p/q) = ln(σq/σp) + (σp² + (μp − μq)²) / 2σq² − ½ = H(p, q) − H(p) ≥ 0
 */

/** A Gaussian of one variable. */
export interface Gaussian {
  readonly mean: number;
  /** The standard deviation, positive. */
  readonly sd: number;
}

const TWO_PI = 2 * Math.PI;

/** (σp² + (μp − μq)²) / 2σq²: how far the draws of p lie from q's mean, in q's own measure. */
const spread = (p: Gaussian, q: Gaussian): number =>
  (p.sd ** 2 + (p.mean - q.mean) ** 2) / (2 * q.sd ** 2);

/** p(x). */
export function density({ mean, sd }: Gaussian, x: number): number {
  return Math.exp(-(((x - mean) / sd) ** 2) / 2) / (sd * Math.sqrt(TWO_PI));
}

/** ln p(x), in nats. */
export function logDensity({ mean, sd }: Gaussian, x: number): number {
  return -(((x - mean) / sd) ** 2) / 2 - Math.log(sd * Math.sqrt(TWO_PI));
}

/** H(p): how surprising draws of p are to whoever knows p, in nats. */
export function entropy(p: Gaussian): number {
  return Math.log(TWO_PI * Math.E * p.sd ** 2) / 2;
}

/** H(p, q): how surprising draws of p are to whoever takes them for draws of q, in nats. */
export function crossEntropy(p: Gaussian, q: Gaussian): number {
  return Math.log(TWO_PI * q.sd ** 2) / 2 + spread(p, q);
}

/** KL(p‖q): what taking p for q costs, in nats. */
export function divergence(p: Gaussian, q: Gaussian): number {
  return Math.log(q.sd / p.sd) + spread(p, q) - 1 / 2;
}
