import { beforeAll, expect, test } from 'vitest';

import { createRng } from '../../src/shared/rng.ts';
import { Heap } from '../../src/wasm/heap.ts';
import type { KernelModule } from '../../src/wasm/kernels.ts';
import { ownModule } from '../helpers/ownKernels.ts';

let module: KernelModule;
beforeAll(async () => {
  module = await ownModule();
});

/** Random numbers, a share of them zero. */
function numbers(length: number, seed: number, zeros: number): number[] {
  const rng = createRng(seed);
  return Array.from({ length }, () => (rng.uniform() < zeros ? 0 : rng.normal()));
}

/** Depth, columns: not a multiple of four or sixteen, one, and several vectors. */
const SHAPES = [[1, 1], [3, 17], [4, 16], [7, 5], [22, 33], [41, 130]] as const; // prettier-ignore
const SILENT = [0, 0.5, 1];
const CASES = SHAPES.flatMap(([k, n]) => SILENT.map((silent) => ({ k, n, silent })));

test.each(CASES)('a row times [$k, $n], $silent of it silent, also added', ({ k, n, silent }) => {
  const heap = new Heap(module);
  const [a, b] = [numbers(k, 1, silent), numbers(k * n, 2, 0)];
  const [A, B, C] = [heap.matrix(1, k), heap.matrix(k, n), heap.matrix(1, n)];
  heap.write(A, a);
  heap.write(B, b);
  const scratch = heap.take(heap.kernels.rowScratch(k));
  const want = Array.from({ length: n }, (_, j) =>
    a.reduce((sum, x, i) => sum + x * b[i * n + j]!, 0),
  );
  for (const more of [0, 1]) {
    heap.kernels.rowTimes(k, A.at, B.at, B.stride, C.at, more, scratch);
    heap.read(C).forEach((value, j) => expect(value).toBeCloseTo((1 + more) * want[j]!, 4));
  }
});

test.each(SHAPES)('a row times [%i, %i] transposed', (k, n) => {
  const heap = new Heap(module);
  const [a, b] = [numbers(n, 1, 0), numbers(k * n, 2, 0)];
  const [A, B, C] = [heap.matrix(1, n), heap.matrix(k, n), heap.matrix(1, k)];
  heap.write(A, a);
  heap.write(B, b);
  heap.kernels.rowTimesTransposed(k, A.at, B.at, B.stride, C.at);
  heap.read(C).forEach((value, i) => {
    const sum = a.reduce((before, x, j) => before + x * b[i * n + j]!, 0);
    expect(value).toBeCloseTo(sum, 4);
  });
});
