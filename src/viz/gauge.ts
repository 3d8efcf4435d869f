import { scaleLog } from 'd3';
import type { SurpriseSpread } from '../protocol/surprise.ts';

/** Positions on the gauge, from 0 (hardly any surprise) to 1. */
export interface Gauge {
  /** Clamped to the ends; what is not finite stands at the right one, in the colour of what is not known. */
  at(nats: number): number;
  /** Whether a value lies beyond the right end. */
  beyond(nats: number): boolean;
  /** The values at both ends, nats. */
  readonly low: number;
  readonly high: number;
}

/** Room on either side of the held-out images: a picture can be ten times as surprising as any of them. */
const BELOW = 0.6;
const ABOVE = 4;
/** The scale is a logarithm: it begins above 0. */
const LEAST = 0.01;

/** The scale of the gauge: logarithmic, from below the empty page to far above the most surprising held-out image. */
export function gaugeOf({ least, most, blank }: SurpriseSpread): Gauge {
  const low = BELOW * Math.max(LEAST, Math.min(least, blank));
  const high = ABOVE * Math.max(low, most);
  const scale = scaleLog([low, high], [0, 1]).clamp(true);
  const at = (nats: number) => (Number.isFinite(nats) ? scale(Math.max(low, nats)) : 1);
  return { at, beyond: (nats) => nats > high, low, high };
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
