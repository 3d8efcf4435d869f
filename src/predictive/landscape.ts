/*
 * A predictive-coding network of two weights, on which one can look at its whole energy landscape, and at that of
 * backpropagation (Casnici et al. 2025, Eqs. 48-49 and their notebook):
 *
 *   x -(θ0)-> z ;e0; -(θ1)-> ŷ ;e1;       y = tanh(tanh x),  x = 100 points from −2 to 2
 *   e0 = z − θ0·tanh x      e1 = (y − θ1·tanh z) / k      F = ½ e0² + ½ k·e1²
 *   z ← z + γ·(−e0 + e1·θ1·(1 − tanh² z)),  T times from the forward pass z = θ0·tanh x
 *   Δθ0 = mean(e0·tanh x)   Δθ1 = mean(e1·tanh z)
 *
 * and of backpropagation, at z = θ0·tanh x: ½ (y − ŷ)² and its slopes. As k grows, k·Δθ (PC) → Δθ (backpropagation).
 */

/** The variance of the output that stands for backpropagation. */
export const BACKPROPAGATION = 0;

/** Of the points of x; and how many of them are positive, which is all that is computed: −x gives the same energy and changes. */
const POINTS = 100;
const HALF = POINTS / 2;
const X_END = 2;
/** γ and T. */
const RATE = 0.2;
const STEPS = 30;

/** What is fed to the network, tanh x, and what it should answer. */
const INPUT = Float64Array.from({ length: HALF }, (_, i) =>
  Math.tanh((X_END * (2 * i + 1)) / (POINTS - 1)),
);
const TARGET = INPUT.map(Math.tanh);

/** One point of the landscape. */
export interface LandscapePoint {
  /** The mean over the data, after settling. */
  readonly energy: number;
  /** Where learning goes from here (ascent, before any rate). */
  readonly dTheta0: number;
  readonly dTheta1: number;
}

/**
 * Energy and changes at (θ0, θ1).
 * @param k the variance of the output, positive; or BACKPROPAGATION
 */
export function landscapePoint(theta0: number, theta1: number, k: number): LandscapePoint {
  const sums = { energy: 0, dTheta0: 0, dTheta1: 0 };
  for (let i = 0; i < HALF; i++) {
    const at = (k === BACKPROPAGATION ? backpropagated : settled)(theta0, theta1, i, k);
    sums.energy += at.energy / HALF;
    sums.dTheta0 += at.dTheta0 / HALF;
    sums.dTheta1 += at.dTheta1 / HALF;
  }
  return sums;
}

function backpropagated(theta0: number, theta1: number, i: number): LandscapePoint {
  const phi = Math.tanh(theta0 * INPUT[i]!);
  const e = TARGET[i]! - theta1 * phi;
  const delta = e * theta1 * (1 - phi ** 2);
  return { energy: e ** 2 / 2, dTheta0: delta * INPUT[i]!, dTheta1: e * phi };
}

function settled(theta0: number, theta1: number, i: number, k: number): LandscapePoint {
  const [mu, y] = [theta0 * INPUT[i]!, TARGET[i]!];
  let z = mu;
  let phi = Math.tanh(z);
  for (let t = 0; t < STEPS; t++) {
    const e1 = (y - theta1 * phi) / k;
    z += RATE * (mu - z + e1 * theta1 * (1 - phi ** 2));
    phi = Math.tanh(z);
  }
  const [e0, e1] = [z - mu, (y - theta1 * phi) / k];
  return { energy: (e0 ** 2 + k * e1 ** 2) / 2, dTheta0: e0 * INPUT[i]!, dTheta1: e1 * phi };
}

/** A landscape over all pairs of `theta`: a row for every θ1, a column for every θ0, row-major. */
export interface Landscape {
  readonly energy: Float64Array;
  readonly dTheta0: Float64Array;
  readonly dTheta1: Float64Array;
}

/** The landscape over the grid `theta` × `theta` for one `k` (see `landscapePoint`). */
export function landscape(theta: ArrayLike<number>, k: number): Landscape {
  const n = theta.length;
  const points = Array.from({ length: n * n }, (_, i) =>
    landscapePoint(theta[i % n]!, theta[Math.floor(i / n)]!, k),
  );
  return {
    energy: Float64Array.from(points, ({ energy }) => energy),
    dTheta0: Float64Array.from(points, ({ dTheta0 }) => dTheta0),
    dTheta1: Float64Array.from(points, ({ dTheta1 }) => dTheta1),
  };
}

/** The cosine between the changes of two landscapes at every point; NaN where one of them does not move. */
export function cosines(a: Landscape, b: Landscape): Float64Array {
  return a.dTheta0.map((a0, i) => {
    const [a1, b0, b1] = [a.dTheta1[i]!, b.dTheta0[i]!, b.dTheta1[i]!];
    return (a0 * b0 + a1 * b1) / (Math.hypot(a0, a1) * Math.hypot(b0, b1));
  });
}
