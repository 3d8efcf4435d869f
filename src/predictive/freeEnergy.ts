/*
 * The free energy of one hidden variable (Casnici et al. 2025, Eqs. 7-16):
 *
 *   x ~ N(3, 1)     s ~ N(g(x), 1)     q = N(m, v)
 *   F = E_q[ln q(x) − ln p(s, x)]  =  KL(q ‖ p(x|s)) − ln p(s)  ≥  −ln p(s)
 *
 * in nats, in closed form, because g is a polynomial; ln p(s) by quadrature. As v → 0 only the slope in m is left,
 * which is what one state neuron does: dm = (3 − m) + (s − g(m))·g'(m).
 */

/** The mean of what x is before anything is sensed; its variance, and that of the sensor, are 1. */
export const PRIOR_MEAN = 3;

/** What the sensor measures of x. */
export interface Sensor {
  g(x: number): number;
  slope(x: number): number;
  /** E_q[g(x)], E_q[g(x)²] and their slopes in m and v, of x ~ N(m, v). */
  moments(m: number, v: number): SensorMoments;
}

interface SensorMoments {
  readonly first: number;
  readonly second: number;
  /** Of `first` and of `second`, by m and by v. */
  readonly byMean: readonly [number, number];
  readonly byVariance: readonly [number, number];
}

/** g(x) = x. */
const linear: Sensor = {
  g: (x) => x,
  slope: () => 1,
  moments: (m, v) => ({ first: m, second: m ** 2 + v, byMean: [1, 2 * m], byVariance: [0, 1] }),
};

/** g(x) = x²: E g² = m⁴ + 6m²v + 3v². */
const square: Sensor = {
  g: (x) => x ** 2,
  slope: (x) => 2 * x,
  moments: (m, v) => ({
    first: m ** 2 + v,
    second: m ** 4 + 6 * m ** 2 * v + 3 * v ** 2,
    byMean: [2 * m, 4 * m ** 3 + 12 * m * v],
    byVariance: [1, 6 * m ** 2 + 6 * v],
  }),
};

export const SENSORS = { square, linear } as const;
export type SensorName = keyof typeof SENSORS;

const LOG_TWO_PI = Math.log(2 * Math.PI);

/** ln p(s, x), in nats. */
export function logJoint(sensor: Sensor, s: number, x: number): number {
  return -LOG_TWO_PI - (x - PRIOR_MEAN) ** 2 / 2 - (s - sensor.g(x)) ** 2 / 2;
}

/** F of q = N(m, v), v > 0, in nats. */
export function freeEnergy(sensor: Sensor, s: number, m: number, v: number): number {
  const { first, second } = sensor.moments(m, v);
  const surprise = ((m - PRIOR_MEAN) ** 2 + v) / 2 + (s ** 2 - 2 * s * first + second) / 2;
  const entropy = (LOG_TWO_PI + 1 + Math.log(v)) / 2;
  return LOG_TWO_PI + surprise - entropy;
}

/** ∂F/∂m and ∂F/∂v. */
export function freeEnergySlopes(
  sensor: Sensor,
  s: number,
  m: number,
  v: number,
): { readonly mean: number; readonly variance: number } {
  const { byMean, byVariance } = sensor.moments(m, v);
  return {
    mean: m - PRIOR_MEAN - s * byMean[0] + byMean[1] / 2,
    variance: 1 / 2 - s * byVariance[0] + byVariance[1] / 2 - 1 / (2 * v),
  };
}

/** dm of a state neuron, which believes in one value only: −∂F/∂m as v → 0. */
export function pointSlope(sensor: Sensor, s: number, m: number): number {
  return PRIOR_MEAN - m + (s - sensor.g(m)) * sensor.slope(m);
}

/** Where the joint density is more than nothing: ten standard deviations of the prior to each side. */
const REACH = 10;
/** Fine enough for a likelihood as narrow as 0.01; the trapezium rule converges exponentially here. */
const QUADRATURE_STEP = 1e-3;

/** ln p(s) in nats, by the trapezium rule over x. */
export function logEvidence(sensor: Sensor, s: number): number {
  const count = Math.round((2 * REACH) / QUADRATURE_STEP);
  let sum = 0;
  for (let i = 0; i <= count; i++)
    sum += Math.exp(logJoint(sensor, s, PRIOR_MEAN - REACH + i * QUADRATURE_STEP));
  return Math.log(sum * QUADRATURE_STEP);
}

/** KL(q ‖ p(x|s)) ≥ 0 of q = N(m, v), in nats: what F lies above −ln p(s). */
export function posteriorDivergence(sensor: Sensor, s: number, m: number, v: number): number {
  return freeEnergy(sensor, s, m, v) + logEvidence(sensor, s);
}

/** p(x|s) at every `x`. */
export function posterior(sensor: Sensor, s: number, x: readonly number[]): number[] {
  const evidence = logEvidence(sensor, s);
  return x.map((at) => Math.exp(logJoint(sensor, s, at) - evidence));
}
