import type { Model } from '../../src/ngc/model.ts';

/*
 * A slow oracle in plain float64: the objective that type-1 models with g = identity climb,
 *
 *   ψ(z) = Σ_b { Σ_j [x log mu_0 + (1−x) log(1−mu_0)] − ½ Σ_l [log|Σ_l| + (z_l−mu_l)ᵀ Σ_l⁻¹ (z_l−mu_l)] − Σ_l [γ/2 ‖z_l‖² + λ‖z_l‖₁] }
 *
 * written from Eq. 2 with no code of the engine, matrices as arrays of rows.
 */
export type Rows = number[][];

export interface Problem {
  x: Rows;
  /** z_1 … z_L at index l − 1. */
  z: Rows[];
  /** W_1 … W_L at index l − 1. */
  W: Rows[];
  /** Σ_1 … Σ_{L−1} at index l − 1; null: identity. */
  sigma: Rows[] | null;
}

const multiply = (a: Rows, b: Rows): Rows =>
  a.map((row) => b[0]!.map((_, j) => row.reduce((sum, v, k) => sum + v * b[k]![j]!, 0)));

/** Determinant and inverse by Gauss–Jordan elimination with pivoting; the matrix need not be symmetric. */
export function invert(matrix: Rows): { inverse: Rows; determinant: number } {
  const n = matrix.length;
  const a = matrix.map((row, i) => [...row, ...row.map((_, j) => (i === j ? 1 : 0))]);
  let determinant = 1;
  for (let c = 0; c < n; c++) {
    let pivot = c;
    for (let r = c; r < n; r++) if (Math.abs(a[r]![c]!) > Math.abs(a[pivot]![c]!)) pivot = r;
    if (pivot !== c) {
      [a[c], a[pivot]] = [a[pivot]!, a[c]!];
      determinant = -determinant;
    }
    const scale = a[c]![c]!;
    determinant *= scale;
    a[c] = a[c]!.map((v) => v / scale);
    for (let r = 0; r < n; r++)
      if (r !== c) {
        const factor = a[r]![c]!;
        a[r] = a[r]!.map((v, j) => v - factor * a[c]![j]!);
      }
  }
  return { inverse: a.map((row) => row.slice(n)), determinant };
}

/** ψ summed over the batch; see above. */
export function psi(
  { x, z, W, sigma }: Problem,
  phi: (v: number) => number,
  leak: number,
  laplace: number,
): number {
  let total = 0;
  const activity = z.map((layer) => layer.map((row) => row.map(phi)));
  W.forEach((weights, i) => {
    const mu = multiply(activity[i]!, weights);
    if (i === 0)
      mu.forEach((row, b) =>
        row.forEach((h, j) => {
          const p = 1 / (1 + Math.exp(-h));
          total += x[b]![j]! * Math.log(p) + (1 - x[b]![j]!) * Math.log(1 - p);
        }),
      );
    else {
      const precision = sigma ? invert(sigma[i - 1]!) : null;
      mu.forEach((row, b) => {
        const v = row.map((m, j) => z[i - 1]![b]![j]! - m);
        const weighted = precision ? multiply([v], precision.inverse)[0]! : v;
        total -= 0.5 * v.reduce((sum, value, j) => sum + value * weighted[j]!, 0);
        if (precision) total -= 0.5 * Math.log(precision.determinant);
      });
    }
  });
  for (const layer of z)
    for (const row of layer)
      for (const v of row) total -= 0.5 * leak * v * v + laplace * Math.abs(v);
  return total;
}

/** Central differences of `f` with respect to every entry of `matrix` (changed in place and put back). */
export function gradient(matrix: Rows, f: () => number, step = 1e-5): Rows {
  return matrix.map((row, i) =>
    row.map((value, j) => {
      matrix[i]![j] = value + step;
      const up = f();
      matrix[i]![j] = value - step;
      const down = f();
      matrix[i]![j] = value;
      return (up - down) / (2 * step);
    }),
  );
}

/** A parameter of a model as rows of numbers. */
export async function rowsOf(model: Model, name: string): Promise<Rows> {
  return await model.synapses.get(name).array();
}
