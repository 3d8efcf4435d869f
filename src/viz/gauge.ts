import { scaleSymlog } from 'd3';
import type { Quantiles } from '../protocol/reports.ts';

/** How unusual a picture is for the network; `broken`: its ψ is not a finite number. */
export type Surprise = 'easier' | 'typical' | 'unusual' | 'nothing' | 'broken';

/** A picture further below p5 than this part of the usual spread (p5 to p95) is nothing like what the network knows. */
const FAR = 0.5;

/** The word for a total discrepancy ψ (nats, higher is better) against its spread over test images. */
export function surpriseOf(psi: number, { p5, p95 }: Quantiles): Surprise {
  if (!Number.isFinite(psi)) return 'broken';
  if (psi > p95) return 'easier';
  if (psi >= p5) return 'typical';
  return psi >= p5 - FAR * (p95 - p5) ? 'unusual' : 'nothing';
}

/** Positions on the gauge, from 0 (nothing like it) to 1 (easier than any). */
export interface Gauge {
  /** Clamped to the ends; what is not finite stands at the left one, in the colour of what is not known. */
  at(psi: number): number;
  /** Whether ψ lies beyond the left end. */
  beyond(psi: number): boolean;
  /** The values at both ends, nats. */
  readonly low: number;
  readonly high: number;
  /** Where “unusual” ends. */
  readonly far: number;
}

/**
 * The scale of the gauge: fine around the median of the test images, coarse far from it, because a picture can be ten times as surprising as
 * any digit.
 */
export function gaugeOf({ p5, p25, p50, p75, p95 }: Quantiles, blank: number): Gauge {
  const spread = Math.max(1e-6, p75 - p25);
  const far = p5 - FAR * (p95 - p5);
  const low = far - 6 * spread;
  const high = Math.max(p95, blank) + 0.5 * spread;
  const scale = scaleSymlog([low - p50, high - p50], [0, 1])
    .constant(spread)
    .clamp(true)
    .unknown(0);
  const at = (psi: number) => scale(Number.isFinite(psi) ? psi - p50 : NaN);
  return { at, beyond: (psi) => psi < low, low, high, far };
}

/** The values written below the gauge: its left end, the spread of the test images and their median. */
export function gaugeTicks({ low }: Gauge, { p5, p50, p95 }: Quantiles): readonly number[] {
  return [low, p5, p50, p95];
}

/**
 * ψ of a frame: null where it was not computed (NaN beside error energies that are finite, or no frame), NaN where the states themselves
 * are not finite.
 */
export function psiOf(
  discrepancy: ArrayLike<number> | null,
  energies: ArrayLike<number> | null,
): number | null {
  const psi = discrepancy?.[0];
  if (psi === undefined || energies === null) return null;
  if (Number.isFinite(psi)) return psi;
  return Array.from(energies).every(Number.isFinite) ? null : NaN;
}
