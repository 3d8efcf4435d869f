import { ACTIVE, PROBABILITY_FLOOR } from '../engine/constants.ts';
import type { Summary } from '../ngc/settling.ts';
import type { Heap, Matrix } from './heap.ts';
import type { Place } from './kernels.ts';
import type { Neurons } from './neurons.ts';

/** What settled images say, and whether their numbers are finite. */
export type Told = Summary & { readonly finite: boolean };

/** What a settled batch says (ngc/summary.ts), and whether its numbers are finite. */
export function observe(heap: Heap, { rows, z, phi, mu, e, scratch }: Neurons): Told {
  const { kernels } = heap;
  const [[x], [mean]] = [z as [Matrix], mu as [Matrix]];
  const hidden = phi.slice(1);
  const log = kernels.logLikelihood(rows, x.cols, x.stride, x.at, mean.at, PROBABILITY_FLOOR);
  const magnitude = [...z, ...e].reduce(
    (sum, { cols, stride, at }) => sum + kernels.sumSquares(rows, cols, stride, at),
    0,
  );
  const share = ({ cols, stride, at }: Matrix) =>
    kernels.countAbove(rows, cols, stride, at, ACTIVE) / (rows * cols);
  return {
    bce: -log / rows,
    sparsity: hidden.map(share),
    meanActivity: hidden.map((layer) => meansOf(heap, layer, rows, scratch)),
    topActivity: heap.read(phi.at(-1)!),
    finite: Number.isFinite(log) && Number.isFinite(magnitude),
  };
}

function meansOf(heap: Heap, layer: Matrix, rows: number, scratch: Place): Float32Array {
  const { cols, stride, at } = layer;
  heap.kernels.columnMeans(rows, stride, at, scratch);
  return heap.read({ at: scratch, rows: 1, cols, stride });
}
