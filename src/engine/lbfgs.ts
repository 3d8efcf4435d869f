/** A function to make small, at one point: its value and its gradient. */
interface Slope {
  readonly value: number;
  readonly gradient: Float64Array;
}

interface MinimiseOptions {
  /** The most iterations. */
  readonly iterations: number;
  /** Stops when no entry of the gradient is larger. */
  readonly tolerance: number;
  /** Called after each iteration with the number of them; may return a promise, or throw to stop. */
  readonly onIteration?: (done: number) => void | Promise<void>;
}

/** Where a minimisation ended. */
interface Minimum {
  readonly point: Float64Array;
  readonly iterations: number;
  /** The largest entry of the gradient there. */
  readonly gradient: number;
}

/** Pairs of step and change of the gradient that are remembered. */
const MEMORY = 20;
/** The share of the promised decrease that a step must keep (Armijo), and how often it is shortened before that is given up. */
const DECREASE = 1e-4;
const SHORTENINGS = 20;
/** Relative error of values that are made of float32 products. */
const ROUNDING = 1e-8;

const dot = (a: Float64Array, b: Float64Array) =>
  a.reduce((sum, value, i) => sum + value * b[i]!, 0);
const largest = (a: Float64Array) => a.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
/** a + t·b. */
const along = (a: Float64Array, b: Float64Array, t: number) =>
  a.map((value, i) => value + t * b[i]!);

interface Pair {
  /** The step s, the change of the gradient y, and 1 / yᵀs. */
  readonly s: Float64Array;
  readonly y: Float64Array;
  readonly rho: number;
}

/** −H·g, H the inverse Hessian as the pairs tell it (Nocedal & Wright, Algorithm 7.4). */
function direction(gradient: Float64Array, pairs: readonly Pair[]): Float64Array {
  let q = gradient;
  const alphas = pairs.map(() => 0);
  for (let i = pairs.length - 1; i >= 0; i--) {
    const { s, y, rho } = pairs[i]!;
    alphas[i] = rho * dot(s, q);
    q = along(q, y, -alphas[i]!);
  }
  const last = pairs.at(-1);
  // The first step is as long as the largest entry of the gradient is steep, at most 1.
  const scale = last ? 1 / (last.rho * dot(last.y, last.y)) : 1 / Math.max(1, largest(gradient));
  q = q.map((value) => value * scale);
  pairs.forEach(({ s, y, rho }, i) => (q = along(q, s, alphas[i]! - rho * dot(y, q))));
  return q.map((value) => -value);
}

/**
 * Makes a smooth function small by L-BFGS (Nocedal 1980) with steps that are halved until they go down. It ends where the gradient
 * is under the tolerance, or where no step goes down any more: that is as far as the function's rounding lets it.
 *
 * @param slopeAt the function, whose rounding errors may be those of float32 products
 */
export async function minimise(
  slopeAt: (point: Float64Array) => Promise<Slope>,
  start: Float64Array,
  { iterations, tolerance, onIteration }: MinimiseOptions,
): Promise<Minimum> {
  let point = start;
  let slope = await slopeAt(point);
  let pairs: Pair[] = [];
  let done = 0;
  while (done < iterations && largest(slope.gradient) > tolerance) {
    const way = direction(slope.gradient, pairs);
    const descent = dot(slope.gradient, way);
    const goal = (t: number) =>
      slope.value + DECREASE * t * descent + ROUNDING * Math.abs(slope.value);
    let t = 1;
    let next = await slopeAt(along(point, way, t));
    for (let i = 0; !(next.value <= goal(t)) && i < SHORTENINGS; i++)
      next = await slopeAt(along(point, way, (t /= 2)));
    if (!(next.value <= goal(t))) break;
    const s = way.map((value) => t * value);
    const y = along(next.gradient, slope.gradient, -1);
    const curvature = dot(s, y);
    // A pair that says the function bends down would turn the next step uphill.
    if (curvature > 0) pairs = [...pairs.slice(1 - MEMORY), { s, y, rho: 1 / curvature }];
    point = along(point, s, 1);
    slope = next;
    await onIteration?.(++done);
  }
  return { point, iterations: done, gradient: largest(slope.gradient) };
}
