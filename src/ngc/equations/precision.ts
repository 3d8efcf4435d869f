import type { Scalar, Tensor2D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';

import { SpoiltError } from '../../shared/errors.ts';
import {
  cholesky,
  inverseFromCholesky,
  inverseLowerTransposed,
  logDetFromCholesky,
} from '../../engine/linalg/cholesky.ts';
import { euclideanNorms } from '../../engine/norms.ts';
import { RESIDUAL_LIMIT } from '../constants.ts';

/** The form of P_l: the inverse covariance (the paper's), or its Cholesky factor (the released code's). */
export type PrecisionForm = 'inverse' | 'cholesky';

/** What the released code adds to every entry of Σ before it factorises. */
const CHOLESKY_OFFSET = 0.00025;

/**
 * S′ [J, J], the covariance that is inverted: Σ symmetrised, its diagonal raised to at least 1 ("inverse"), or
 * Σ with its diagonal raised to at least 1 and 0.00025 added to every entry ("cholesky").
 */
export function stabilised(sigma: Tensor2D, form: PrecisionForm): Tensor2D {
  return tf.tidy(() => {
    const eye: Tensor2D = tf.eye(sigma.shape[0]);
    const base: Tensor2D =
      form === 'inverse' ? tf.mul(tf.add(sigma, tf.transpose(sigma)), 0.5) : sigma;
    const raised: Tensor2D = tf.add(base, tf.mul(eye, tf.relu(tf.sub(1, base))));
    return form === 'inverse' ? raised : tf.add(raised, CHOLESKY_OFFSET);
  });
}

/** A precision matrix computed exactly. */
export interface ExactPrecision {
  /** P [J, J] float32: S′⁻¹ ("inverse") or R⁻ᵀ with S′ = R·Rᵀ ("cholesky"). */
  readonly precision: Tensor2D;
  /** log |S′|. */
  readonly logDeterminant: number;
  /** What had to be added to the diagonal of S′ until it could be factorised; 0 in the normal case. */
  readonly raisedBy: number;
}

/**
 * Raising the diagonal by more than so many times its mean makes another matrix of S′: no covariance is indefinite by as much. Those
 * that are learnt have a diagonal near 1, as they are kept normalised.
 */
const MOST_RAISED = 10;
/** … and an entry of this size is out of all proportion. */
const LARGEST_ENTRY = 1e6;

/**
 * Inverts S′(Σ) through a float64 Cholesky factor; raises the diagonal until that succeeds. Throws a SpoiltError where Σ has left all
 * proportion, so that what could be inverted would be another matrix.
 */
export async function exactPrecision(
  sigma: Tensor2D,
  form: PrecisionForm,
): Promise<ExactPrecision> {
  const n = sigma.shape[0];
  const { r, raisedBy } = await factorise(sigma, form);
  const inverse = form === 'inverse' ? inverseFromCholesky(r, n) : inverseLowerTransposed(r, n);
  return {
    precision: tf.tensor2d(Float32Array.from(inverse), [n, n]),
    logDeterminant: logDetFromCholesky(r, n),
    raisedBy,
  };
}

/** log |S′(Σ)| alone: the same number, without the inverse. */
export async function logDeterminant(sigma: Tensor2D, form: PrecisionForm): Promise<number> {
  return logDetFromCholesky((await factorise(sigma, form)).r, sigma.shape[0]);
}

/** The Cholesky factor [n, n] of S′(Σ), and what its diagonal had to be raised by. */
async function factorise(
  sigma: Tensor2D,
  form: PrecisionForm,
): Promise<{ readonly r: Float64Array; readonly raisedBy: number }> {
  const n = sigma.shape[0];
  const target = stabilised(sigma, form);
  const a = Float64Array.from(await target.data().finally(() => target.dispose()));
  const most = mostRaised(a, n);
  let raisedBy = 0;
  let r = cholesky(a, n);
  while (!r) {
    const more = raisedBy === 0 ? 1e-3 : raisedBy;
    for (let i = 0; i < n; i++) a[i * n + i]! += more;
    raisedBy += more;
    if (raisedBy > most) throw outOfProportion(`its diagonal would have to be raised by ${raisedBy.toPrecision(2)} to invert it`); // prettier-ignore
    r = cholesky(a, n);
  }
  return { r, raisedBy };
}

/** By how much the diagonal of S′ [n, n] may be raised. Throws a SpoiltError where its entries are out of all proportion, or no numbers. */
function mostRaised(a: Float64Array, n: number): number {
  let trace = 0;
  for (let i = 0; i < n; i++) trace += a[i * n + i]!;
  const wild = a.find((value) => !(Math.abs(value) <= LARGEST_ENTRY));
  if (wild !== undefined) throw outOfProportion(`it holds ${wild.toPrecision(2)}`);
  return (MOST_RAISED * trace) / n;
}

const outOfProportion = (how: string) =>
  new SpoiltError(`Training diverged: a covariance has left all proportion (${how}); lower the rate of the precisions or the learning rate.`); // prettier-ignore

/** P after two Newton–Schulz steps, and how far it may be from the inverse. */
export interface Followed {
  readonly precision: Tensor2D;
  /** The largest entry of I − P·S′, or more. */
  readonly residual: number;
}

/**
 * Two Newton–Schulz steps P ← 2P − P·S′·P from the last P.
 *
 * A step squares the residual R = I − P·S′, whose product it needs anyway. So R before it bounds R² after it: no entry is
 * larger than the longest row times the longest column. Only where that says too little is the last one computed.
 * The caller owns the result.
 */
export async function newtonSchulz(precision: Tensor2D, target: Tensor2D): Promise<Followed> {
  const first = await newtonSchulzStep(precision, target);
  const second = await newtonSchulzStep(first.precision, target);
  first.precision.dispose();
  if (second.residual <= RESIDUAL_LIMIT) return second;
  return { ...second, residual: await largestResidual(second.precision, target) };
}

/** One step, and the bound on what it leaves behind. */
async function newtonSchulzStep(precision: Tensor2D, target: Tensor2D): Promise<Followed> {
  const [next, bound] = tf.tidy(() => {
    const product: Tensor2D = tf.matMul(precision, target);
    const residual: Tensor2D = tf.sub(tf.eye(product.shape[0]), product);
    const longest = (axis: 0 | 1) => tf.max(euclideanNorms(residual, axis));
    const after: Tensor2D = tf.sub(tf.mul(precision, 2), tf.matMul(product, precision));
    const bounding: Scalar = tf.mul(longest(0), longest(1));
    return [after, bounding] as const;
  });
  const [residual = NaN] = await bound.data();
  bound.dispose();
  return { precision: next, residual };
}

/** The largest entry of I − P·S′. */
async function largestResidual(precision: Tensor2D, target: Tensor2D): Promise<number> {
  const largest = tf.tidy(() =>
    tf.max(tf.abs(tf.sub(tf.eye(target.shape[0]), tf.matMul(precision, target)))),
  );
  const [value = NaN] = await largest.data();
  largest.dispose();
  return value;
}

/**
 * ΔΣ [J, J], the direction in which the covariance grows ψ (Eq. 3 and 18): ½(eᵀe/B − P), and in the
 * released code's form ½(eᵀe/B − P/B).
 *
 * @param scatter eᵀe [J, J], summed over the B = `rows` images
 */
export function covarianceUpdate(
  scatter: Tensor2D,
  rows: number,
  precision: Tensor2D,
  form: PrecisionForm,
): Tensor2D {
  return tf.tidy(() => {
    const prior = form === 'inverse' ? precision : tf.div(precision, rows);
    return tf.mul(tf.sub(tf.div(scatter, rows), prior), 0.5);
  });
}

/** D^−½ S′ D^−½ with D_j = max(1, ‖column j of S′‖): the covariance that is kept ("inverse"). */
export function normalisedCovariance(target: Tensor2D): Tensor2D {
  return tf.tidy(() => {
    const norms = tf.maximum(1, euclideanNorms(target, 0));
    const scale = tf.rsqrt(norms);
    return tf.mul(tf.mul(target, scale), tf.transpose(scale));
  });
}
