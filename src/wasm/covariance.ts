import type { Tensor2D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';

import { ONE_STEP_LIMIT, RESIDUAL_LIMIT } from '../ngc/constants.ts';
import { exactPrecision } from '../ngc/equations/precision.ts';
import { matrixName } from '../ngc/parameters.ts';
import type { Matrix } from './heap.ts';
import { strideOf } from './heap.ts';
import type { Kernels, Place } from './kernels.ts';
import { plain } from './factors.ts';
import type { LaidNetwork } from './laid.ts';
import type { Room } from './workshop.ts';

/*
 * Σ_l and P_l after a batch, in the form "inverse" (ngc.md, Learning): Σ moves, P follows by two steps of Newton and Schulz, which
 * square the residual I − P·S′ (ngc/equations/precision.ts says why its norms bound what is left). Where the first is sure to leave next
 * to nothing, as it is from some sixty updates on, the second is spared: half of what a precision costs.
 */

/** Matrices [n, n] that following one precision needs. */
interface Bench {
  /** S′ packed, and P after a step. */
  readonly target: Place;
  readonly between: Place;
  readonly R: Matrix;
  readonly RP: Matrix;
  readonly next: Matrix;
}

/**
 * Σ_l and P_l after `rows` images.
 *
 * @param S e_lᵀ·e_l, summed over them, of which what is below the diagonal does not matter; it becomes S′
 * @returns by how much a diagonal had to be raised; 0 in the normal case
 */
export async function moveCovariance(
  network: LaidNetwork,
  room: Room,
  rows: number,
  l: number,
  S: Matrix,
): Promise<number> {
  const { heap, config } = network;
  const { kernels } = heap;
  const P = network.matrix(matrixName('P', l));
  const sigma = network.matrix(matrixName('Sigma', l));
  const { rows: n, stride } = P;
  kernels.moveCovariance(n, stride, sigma.at, S.at, P.at, rows, config.precisionRate);
  const bench = benchFor(room, n);
  let raisedBy = 0;
  const packed = network.packed(plain('P', l)).at;
  if (follow(kernels, room.scratch, bench, { P, packed, S }) <= RESIDUAL_LIMIT)
    heap.write(P, heap.read(bench.next));
  else {
    const target: Tensor2D = tf.tensor2d(heap.read(S), [n, n]);
    const exact = await exactPrecision(target, 'inverse').finally(() => target.dispose());
    heap.write(P, await exact.precision.data());
    exact.precision.dispose();
    raisedBy = exact.raisedBy;
  }
  kernels.columnSquares(n, stride, S.at, room.factors);
  kernels.normaliseCovariance(n, stride, S.at, room.factors, sigma.at);
  network.changed(matrixName('P', l));
  return raisedBy;
}

/** Up to two steps from P towards the inverse of S, into `next`. Returns the largest entry of I − P·S that they leave, or more. */
function follow(
  kernels: Kernels,
  scratch: Place,
  bench: Bench,
  { P, packed, S }: { readonly P: Matrix; readonly packed: Place; readonly S: Matrix },
): number {
  const { target, between, R, RP, next } = bench;
  const { rows: n, stride } = P;
  const residual = (of: Matrix) => {
    kernels.product(n, n, n, of.at, stride, 4, target, R.at, stride, 0, 0, scratch);
    kernels.residual(n, stride, R.at);
  };
  const longest = (squares: 'rowSquares' | 'columnSquares') => {
    kernels[squares](n, stride, R.at, RP.at);
    return Math.sqrt(kernels.largest(1, n, stride, RP.at));
  };
  const step = (from: Matrix, itself: Place): number => {
    residual(from);
    const bound = longest('rowSquares') * longest('columnSquares');
    kernels.product(n, n, n, R.at, stride, 4, itself, RP.at, stride, 0, 1, scratch);
    kernels.follow(n, stride, from.at, RP.at, next.at);
    return bound;
  };
  kernels.pack(n, n, S.at, stride, 4, target);
  const first = step(P, packed);
  if (first <= ONE_STEP_LIMIT) return first;
  kernels.pack(n, n, next.at, stride, 4, between);
  const bound = step(next, between);
  if (bound <= RESIDUAL_LIMIT) return bound;
  residual(next);
  return kernels.largest(n, n, stride, R.at);
}

function benchFor({ packed, square }: Room, n: number): Bench {
  const stride = strideOf(n);
  const matrix = (at: Place): Matrix => ({ at, rows: n, cols: n, stride });
  const [target, between] = packed;
  const [R, RP, next] = square;
  return { target, between, R: matrix(R), RP: matrix(RP), next: matrix(next) };
}
