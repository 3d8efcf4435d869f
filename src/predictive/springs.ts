import { EigenvalueDecomposition, Matrix, solve } from 'ml-matrix';

/*
 * A chain of linear neurons, one in each layer, as springs: every error is a spring between a state and the anchor that its
 * prediction is (Casnici et al. 2025, Fig. 4, Eqs. 35-39; the equilibrium by Innocenti et al. 2024).
 *
 *   z0 -(w1)-> mu1 ;e1; z1 -(w2)-> mu2 ;e2; … zL        mu_l = w_l·z_{l-1} + b_l
 *   e_l = (z_l − mu_l)·P_l,  P_l = 1 but P_L = 1/k      F_l = ½ (z_l − mu_l)·e_l
 *   d_l = −e_l + e_{l+1}·w_{l+1}                        z_l ← z_l + γ·d_l of the free states, all from the same e
 *   Δw_l = e_l·z_{l-1}     Δb_l = e_l                   after they have settled: the anchors move
 */

/** Weights w_1 … w_L and biases b_1 … b_L, and the variance k of the last prediction. */
export interface Chain {
  readonly w: readonly number[];
  readonly b: readonly number[];
  readonly outputVariance: number;
}

/** mu_1 … mu_L of states z_0 … z_L: where the anchors are. */
export function anchors({ w, b }: Chain, z: readonly number[]): number[] {
  return w.map((weight, i) => weight * z[i]! + b[i]!);
}

/** The states z_0 … z_L of a chain that nothing pulls: each at its anchor. */
export function forward({ w, b }: Chain, z0: number): number[] {
  const z = [z0];
  w.forEach((weight, i) => z.push(weight * z[i]! + b[i]!));
  return z;
}

const precision = ({ w, outputVariance }: Chain, i: number): number =>
  i === w.length - 1 ? 1 / outputVariance : 1;

/** e_1 … e_L. */
export function errors(chain: Chain, z: readonly number[]): number[] {
  return anchors(chain, z).map((mu, i) => (z[i + 1]! - mu) * precision(chain, i));
}

/** F_1 … F_L. */
export function energies(chain: Chain, z: readonly number[]): number[] {
  const mu = anchors(chain, z);
  return errors(chain, z).map((e, i) => ((z[i + 1]! - mu[i]!) * e) / 2);
}

/** d_0 … d_L = −∂F/∂z, of all states, the held ones too. */
export function forces({ w, ...rest }: Chain, z: readonly number[]): number[] {
  const e = errors({ w, ...rest }, z);
  return z.map((_, l) => (l > 0 ? -e[l - 1]! : 0) + (l < w.length ? e[l]! * w[l]! : 0));
}

/** One step of all states that are not held, γ = `rate`. */
export function relax(
  chain: Chain,
  z: readonly number[],
  held: readonly boolean[],
  rate: number,
): number[] {
  const d = forces(chain, z);
  return z.map((state, l) => (held[l] ? state : state + rate * d[l]!));
}

/** The chain after one step of learning from settled states: w and b up their slopes. */
export function learn(chain: Chain, z: readonly number[], rate: number): Chain {
  const e = errors(chain, z);
  return {
    ...chain,
    w: chain.w.map((weight, i) => weight + rate * e[i]! * z[i]!),
    b: chain.b.map((bias, i) => bias + rate * e[i]!),
  };
}

/** ∂²F/∂z² of all states [L + 1, L + 1]: what F curves by; the same everywhere. */
function curvature(chain: Chain): Matrix {
  const { w } = chain;
  const h = Matrix.zeros(w.length + 1, w.length + 1);
  w.forEach((weight, i) => {
    const P = precision(chain, i);
    h.set(i + 1, i + 1, h.get(i + 1, i + 1) + P);
    h.set(i, i, h.get(i, i) + P * weight ** 2);
    h.set(i, i + 1, -P * weight);
    h.set(i + 1, i, -P * weight);
  });
  return h;
}

const freeOf = (held: readonly boolean[]): number[] => held.flatMap((is, l) => (is ? [] : [l]));

/** λmax of the free states: a step of more than 2/λmax diverges. 0 where none is free. */
export function largestCurvature(chain: Chain, held: readonly boolean[]): number {
  const free = freeOf(held);
  if (free.length === 0) return 0;
  const own = curvature(chain).selection(free, free);
  return Math.max(...new EigenvalueDecomposition(own, { assumeSymmetric: true }).realEigenvalues);
}

/** Where the free states come to rest while the others are held: one linear system, whose solution is where all forces are zero. */
export function rest(chain: Chain, z: readonly number[], held: readonly boolean[]): number[] {
  const free = freeOf(held);
  if (free.length === 0) return [...z];
  const forceOfFree = forces(
    chain,
    z.map((state, l) => (held[l] ? state : 0)),
  );
  const right = Matrix.columnVector(free.map((l) => forceOfFree[l]!));
  const found = solve(curvature(chain).selection(free, free), right).to1DArray();
  return z.map((state, l) => (held[l] ? state : found[free.indexOf(l)]!));
}

/**
 * F at rest with both ends held, without settling: F* = ½ r²/S, r = y − forward(x), S = k + Σ_{l=2..L} (w_l … w_L)².
 * @param x z_0
 * @param y z_L
 */
export function restingEnergy(chain: Chain, x: number, y: number): number {
  const { w, outputVariance } = chain;
  const r = y - forward(chain, x).at(-1)!;
  let [product, S] = [1, outputVariance];
  for (const weight of w.slice(1).reverse()) {
    product *= weight;
    S += product ** 2;
  }
  return r ** 2 / (2 * S);
}
