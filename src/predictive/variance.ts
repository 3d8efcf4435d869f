import type { Rng } from '../shared/rng.ts';

/*
 * Learning the variance Σ of one noisy output (Casnici et al. 2025, Eqs. 40-42, Box 2), where it goes wrong:
 *
 *   y = w·z + noise     z ~ N(μ, 1)     σ² = variance of the residual r = y − w·μ of the forward prediction
 *   settled:  z = μ + w·P·r / λ,  λ = 1 + w²P,  P = 1/Σ       y − w·z = r·Σ / (Σ + w²)
 *   e = (y − w·z)·P     ΔΣ = ½ (mean e² − P)
 *
 * A settled state has taken part of the error upon itself, so Σ comes out too small: it rests where (Σ + w²)² = σ²Σ, of
 * whose two roots the upper is stable; where σ < 2w there is none, and Σ falls to its floor. From the forward pass, before
 * anything settles, it finds σ²; from a state that samples its posterior, z + N(0, 1/λ), the noise itself: σ² − w².
 */

/** Which state of z the error is taken from. */
export const VARIANCE_SOURCES = ['settled', 'forward', 'sampled'] as const;
export type VarianceSource = (typeof VARIANCE_SOURCES)[number];

/** The two Σ at which learning from settled states rests, the lower (unstable) first; null where there are none. */
export function settledRoots(
  residualVariance: number,
  w: number,
): readonly [number, number] | null {
  const inside = residualVariance - 4 * w ** 2;
  if (inside < 0) return null;
  const half = (residualVariance - 2 * w ** 2) / 2;
  const apart = Math.sqrt(residualVariance * inside) / 2;
  return [half - apart, half + apart];
}

/** Where learning Σ rests, of everything there is to learn from; null: it falls to its floor. */
export function restingVariance(
  source: VarianceSource,
  residualVariance: number,
  w: number,
): number | null {
  if (source === 'forward') return residualVariance;
  if (source === 'settled') return settledRoots(residualVariance, w)?.[1] ?? null;
  return residualVariance > w ** 2 ? residualVariance - w ** 2 : null;
}

/** The mean of (y − w·z)² over the residuals, at one Σ. */
export function expectedSquare(
  source: VarianceSource,
  residualVariance: number,
  w: number,
  sigma: number,
): number {
  if (source === 'forward') return residualVariance;
  const left = sigma / (sigma + w ** 2);
  return residualVariance * left ** 2 + (source === 'sampled' ? w ** 2 * left : 0);
}

/** ΔΣ = ½ (e² − P) on average, which is zero where Σ rests. */
export function expectedChange(
  source: VarianceSource,
  residualVariance: number,
  w: number,
  sigma: number,
): number {
  const square = expectedSquare(source, residualVariance, w, sigma);
  return (square / sigma ** 2 - 1 / sigma) / 2;
}

/** How Σ is learnt from draws. */
export interface VarianceLearning {
  readonly source: VarianceSource;
  readonly residualVariance: number;
  readonly w: number;
  /** The step is this times ΔΣ. */
  readonly rate: number;
  /** Σ never falls below. */
  readonly floor: number;
  /** Draws of one update. */
  readonly batch: number;
}

/** Σ after one update from a batch of draws. */
export function varianceStep(sigma: number, how: VarianceLearning, rng: Rng): number {
  const { source, residualVariance, w, rate, floor, batch } = how;
  const sd = Math.sqrt(residualVariance);
  const lambda = 1 + w ** 2 / sigma;
  let squares = 0;
  for (let i = 0; i < batch; i++) {
    const r = sd * rng.normal();
    let shift = 0; // z − μ
    if (source !== 'forward') shift = (w * r) / sigma / lambda;
    if (source === 'sampled') shift += rng.normal() / Math.sqrt(lambda);
    squares += ((r - w * shift) / sigma) ** 2 / batch;
  }
  return Math.max(floor, sigma + (rate * (squares - 1 / sigma)) / 2);
}

/**
 * One step of an error neuron that finds (z − μ)/Σ without dividing by Σ: ė = (z − μ) − e·Σ. It settles for rates below 2/Σ.
 */
export function localErrorStep(e: number, deviation: number, sigma: number, rate: number): number {
  return e + rate * (deviation - e * sigma);
}
