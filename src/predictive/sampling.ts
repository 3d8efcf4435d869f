import { createRng } from '../shared/rng.ts';

/*
 * Monte-Carlo predictive coding in one dimension (Casnici et al. 2025 and the essay; after Oliviers et al. 2024):
 *
 *   z ~ N(b, 1)     y ~ N(w·z, 1)     y is given, from N(1, 5)
 *   d = −(z − b) + w·(y − w·z)        z ← z + γ·d + √(2γτ)·ξ,  ξ ~ N(0, 1)
 *   Δw = mean((y − w·z)·z)            Δb = mean(z − b)          from the last states
 *
 * With τ = 1 the states sample their posterior, and learning finds what made the data, w = ±2 and b = ±½, whose y has the
 * mean w·b and the variance 1 + w². With τ = 0, plain settling, every z is a point at the mode, and w grows without end.
 */

/** The data: their mean and variance. */
export const DATA = { mean: 1, variance: 5 } as const;

/** How it samples and learns. */
export interface Sampling {
  /** τ from 0 up. */
  readonly temperature: number;
  /** γ. */
  readonly rate: number;
  /** Steps of a batch without noise, then with it. */
  readonly warmUp: number;
  readonly steps: number;
  readonly batch: number;
  readonly learningRate: number;
  readonly seed: number;
}

/** Between two updates. */
export interface SamplingState {
  readonly w: number;
  readonly b: number;
  /** The batch that was learnt from last, and its states [batch]; empty before the first. */
  readonly y: Float64Array;
  readonly z: Float64Array;
}

/** One step of z towards −d, with noise of temperature τ from `xi`. */
export function sampleStep(
  z: number,
  y: number,
  { w, b }: { readonly w: number; readonly b: number },
  { rate, temperature }: { readonly rate: number; readonly temperature: number },
  xi: number,
): number {
  const d = b - z + w * (y - w * z);
  return z + rate * d + Math.sqrt(2 * rate * temperature) * xi;
}

/** The variance of a chain of curvature λ that has forgotten its start: τ / (λ(1 − γλ/2)), γλ < 2. */
export function chainVariance(temperature: number, curvature: number, rate: number): number {
  return temperature / (curvature * (1 - (rate * curvature) / 2));
}

/** What the model believes y to be: its mean and variance. */
export function believed({ w, b }: { readonly w: number; readonly b: number }) {
  return { mean: w * b, variance: 1 + w ** 2 };
}

/** The state before the first update and after each, for as long as it is asked for. */
export function* learnBySampling(
  start: { readonly w: number; readonly b: number },
  how: Sampling,
): Generator<SamplingState, never> {
  const rng = createRng(how.seed);
  let state: SamplingState = { ...start, y: new Float64Array(0), z: new Float64Array(0) };
  for (;;) {
    yield state;
    const y = Float64Array.from(
      { length: how.batch },
      () => DATA.mean + Math.sqrt(DATA.variance) * rng.normal(),
    );
    const { w, b } = state;
    const z = y.map((seen) => {
      let at = b;
      for (let t = 0; t < how.warmUp; t++)
        at = sampleStep(at, seen, state, { rate: how.rate, temperature: 0 }, 0);
      for (let t = 0; t < how.steps; t++) at = sampleStep(at, seen, state, how, rng.normal());
      return at;
    });
    let [dw, db] = [0, 0];
    z.forEach((at, i) => {
      dw += ((y[i]! - w * at) * at) / how.batch;
      db += (at - b) / how.batch;
    });
    state = { w: w + how.learningRate * dw, b: b + how.learningRate * db, y, z };
  }
}
