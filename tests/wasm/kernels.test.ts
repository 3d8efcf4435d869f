import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, expect, test } from 'vitest';

import { ACTIVATION_NAMES, ACTIVATIONS } from '../../src/engine/activations.ts';
import { createRng } from '../../src/shared/rng.ts';
import { Heap } from '../../src/wasm/heap.ts';
import type { KernelModule } from '../../src/wasm/kernels.ts';
import { compileKernels } from '../../src/wasm/kernels.ts';
import { nodeKernels } from '../../src/runtime/nodeKernels.ts';
import { useBackend } from '../helpers/backends.ts';
import { ownModule } from '../helpers/ownKernels.ts';

let module: KernelModule;
beforeAll(async () => {
  await useBackend('cpu');
  module = await ownModule();
});

/** Random numbers, a share of them zero. */
function numbers(length: number, seed: number, zeros: number): Float32Array {
  const rng = createRng(seed);
  return Float32Array.from({ length }, () => (rng.uniform() < zeros ? 0 : rng.normal()));
}

/** [rows of A, depth, columns of B]: one row and several, whole tiles and not, more rows than are listed at once. */
const SHAPES = [[1, 5, 16], [1, 7, 33], [2, 3, 17], [3, 9, 5], [64, 12, 48], [67, 10, 31], [129, 4, 2]] as const; // prettier-ignore

test.each(SHAPES)('products of [%i, %i] by [.., %i], also of Aᵀ, also added', (m, k, n) => {
  const heap = new Heap(module);
  const { kernels } = heap;
  const [a, b] = [numbers(m * k, 1, 0.5), numbers(k * n, 2, 0)];
  const [A, turned, B, C] = [heap.matrix(m, k), heap.matrix(k, m), heap.matrix(k, n), heap.matrix(m, n)]; // prettier-ignore
  heap.write(A, a);
  heap.write(
    turned,
    Float32Array.from({ length: m * k }, (_, i) => a[(i % m) * k + Math.floor(i / m)]!),
  );
  heap.write(B, b);
  const packed = heap.take(64 * k * Math.ceil(n / 16));
  const scratch = heap.take(kernels.productScratch(k));
  kernels.pack(k, n, B.at, B.stride, 4, packed);
  const want = Float64Array.from({ length: m * n }, (_, at) => {
    let sum = 0;
    for (let q = 0; q < k; q++) sum += a[Math.floor(at / n) * k + q]! * b[q * n + (at % n)]!;
    return sum;
  });
  const expectTimes = (factor: number) =>
    heap.read(C).forEach((value, i) => expect(value).toBeCloseTo(factor * want[i]!, 4));
  kernels.product(m, k, n, A.at, A.stride, 4, packed, C.at, C.stride, 0, 0, scratch);
  expectTimes(1);
  kernels.product(m, k, n, turned.at, 4, turned.stride, packed, C.at, C.stride, 1, 0, scratch);
  expectTimes(2);
});

/** Sides of a square, whole panels and not, more rows than are listed at once, and how deep its factors are. */
const SQUARES = [[1, 3], [5, 2], [16, 7], [17, 4], [48, 9], [67, 5], [130, 3]] as const; // prettier-ignore

test.each(SQUARES)('Aᵀ·A [%i, ..] of %i rows, above the diagonal', (n, rows) => {
  const heap = new Heap(module);
  const { kernels } = heap;
  const a = numbers(rows * n, 1, 0.5);
  const [A, C] = [heap.matrix(rows, n), heap.matrix(n, n)];
  heap.write(A, a);
  const before = numbers(n * n, 2, 0);
  heap.write(C, before);
  const packed = heap.take(64 * rows * Math.ceil(n / 16));
  const scratch = heap.take(kernels.productScratch(rows));
  kernels.pack(rows, n, A.at, A.stride, 4, packed);
  kernels.product(n, rows, n, A.at, 4, A.stride, packed, C.at, C.stride, 0, 1, scratch);
  let spared = 0;
  heap.read(C).forEach((value, at) => {
    const [i, j] = [Math.floor(at / n), at % n];
    let sum = 0;
    for (let q = 0; q < rows; q++) sum += a[q * n + i]! * a[q * n + j]!;
    if (j >= i) expect(value).toBeCloseTo(sum, 4);
    else spared += Number(value === before[at]);
  });
  // A triangle of whole tiles, no more.
  const panels = Math.floor((n - 1) / 16);
  expect(spared).toBeGreaterThanOrEqual(n > 16 ? 16 * 16 * ((panels * (panels - 1)) / 2) : 0);
});

test.each([
  [1, 1],
  [3, 40],
  [16, 16],
  [33, 20],
] as const)('a matrix [%i, %i] is transposed', (rows, cols) => {
  // prettier-ignore
  const heap = new Heap(module);
  const values = numbers(rows * cols, 1, 0);
  const [from, to] = [heap.matrix(rows, cols), heap.matrix(cols, rows)];
  heap.write(from, values);
  const whole = (to.rows * to.stride) / 4;
  heap.view(to.at, whole).fill(7);
  heap.kernels.transpose(rows, cols, from.at, from.stride, to.at, to.stride);
  expect([...heap.read(to)]).toEqual(
    Array.from({ length: rows * cols }, (_, at) => values[(at % rows) * cols + Math.floor(at / rows)]), // prettier-ignore
  );
  // What fills up its rows is zero.
  const sum = (all: Iterable<number>) => [...all].reduce((total, value) => total + value, 0);
  expect(sum(heap.view(to.at, whole))).toBeCloseTo(sum(values), 4);
});

test.each(ACTIVATION_NAMES)('%s, as the plain operation has it', async (name) => {
  const heap = new Heap(module);
  const z = [-100, -9, -1.5, -1e-3, 0, 1e-9, 1e-3, 0.7, 1.5, 4, 9, 80];
  const [from, to] = [heap.matrix(1, z.length), heap.matrix(1, z.length)];
  heap.write(from, z);
  heap.kernels.activate(48, ACTIVATION_NAMES.indexOf(name), from.at, to.at);
  const want = await ACTIVATIONS[name].apply(tf.tensor2d(z, [1, z.length])).data();
  heap.read(to).forEach((value, i) => expect(value, `${name}(${z[i]})`).toBeCloseTo(want[i]!, 5));
});

test('what is given back to a heap is taken again, and is zero', () => {
  const heap = new Heap(module);
  const [first, second, third] = [heap.take(100), heap.take(200), heap.take(100)];
  heap.view(second, 40).fill(7);
  heap.give(first);
  heap.give(second);
  expect(heap.take(300)).toBe(first);
  expect([...heap.view(second, 40)]).toEqual(Array.from({ length: 40 }, () => 0));
  expect(heap.take(100)).toBeGreaterThan(third);
});

test('modules that are none, or cannot be read, are told of', async () => {
  const nonsense = () => Promise.resolve(new Uint8Array([1, 2, 3]));
  expect(await compileKernels({ plain: nonsense, relaxed: nonsense })).toMatch(/WebAssembly/);
  const missing = () => Promise.reject(new Error('the host answered 404.'));
  expect(await compileKernels({ ...nodeKernels, relaxed: missing })).toBe('the host answered 404');
});
