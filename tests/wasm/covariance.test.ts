import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, expect, test } from 'vitest';

import { ONE_STEP_LIMIT } from '../../src/ngc/constants.ts';
import type { Model } from '../../src/ngc/model.ts';
import { createRng } from '../../src/shared/rng.ts';
import { moveCovariance } from '../../src/wasm/covariance.ts';
import type { Matrix } from '../../src/wasm/heap.ts';
import { Heap } from '../../src/wasm/heap.ts';
import type { KernelModule } from '../../src/wasm/kernels.ts';
import type { LaidNetwork } from '../../src/wasm/laid.ts';
import { OwnNetwork } from '../../src/wasm/network.ts';
import { takeRoom } from '../../src/wasm/workshop.ts';
import { useBackend } from '../helpers/backends.ts';
import { smallModel } from '../helpers/models.ts';
import { ownModule } from '../helpers/ownKernels.ts';

/*
 * P_l follows S′ however far that has moved: one step where it is near, two where it is not, the exact inverse where two are too few. It
 * stays symmetric: half of each step is computed.
 */
const ROWS = 8;
const L = 1;

let module: KernelModule;
beforeAll(async () => {
  await useBackend('wasm');
  module = await ownModule();
});

/** Eᵀ·E [n, n] of random errors E [ROWS, n]. */
function seen(n: number): number[] {
  const rng = createRng(3);
  const errors = Array.from({ length: ROWS }, () => Array.from({ length: n }, () => rng.normal()));
  return Array.from({ length: n * n }, (_, at) => {
    const [i, j] = [Math.floor(at / n), at % n];
    return errors.reduce((sum, row) => sum + row[i]! * row[j]!, 0);
  });
}

/** A network whose products are counted, those above the diagonal half. */
function counted(network: OwnNetwork): LaidNetwork & { readonly products: () => number } {
  let products = 0;
  const { heap } = network;
  const kernels = {
    ...heap.kernels,
    product(...given: Parameters<Heap['kernels']['product']>) {
      products += given[10] === 0 ? 1 : 0.5;
      heap.kernels.product(...given);
    },
  };
  return {
    heap: Object.create(heap, { kernels: { value: kernels } }) as Heap,
    config: network.config,
    matrix: (name) => network.matrix(name),
    packed: (factor) => network.packed(factor),
    changed: (name) => network.changed(name),
    products: () => products,
  };
}

/** The largest entry of I − P·S, in float64. */
function residual(heap: Heap, P: Matrix, S: Matrix): number {
  const [p, s] = [heap.read(P), heap.read(S)];
  const n = P.rows;
  let largest = 0;
  for (let i = 0; i < n; i++)
    for (let j = 0; j < n; j++) {
      let sum = i === j ? 1 : 0;
      for (let k = 0; k < n; k++) sum -= p[i * n + k]! * s[k * n + j]!;
      largest = Math.max(largest, Math.abs(sum));
    }
  return largest;
}

/** By how much the entries of a matrix differ, at most, from those across the diagonal. */
function lopsided(heap: Heap, matrix: Matrix): number {
  const values = heap.read(matrix);
  const n = matrix.rows;
  return Math.max(...values.map((value, at) => Math.abs(value - values[(at % n) * n + Math.floor(at / n)]!))); // prettier-ignore
}

/** Moves Σ_1 once: how many products P_1 took, what it lacks of the inverse, and of symmetry. */
async function moved(model: Model): Promise<{ products: number; lacks: number; lopsided: number }> {
  const heap = new Heap(module);
  const network = new OwnNetwork(heap, model);
  await network.prepare(ROWS);
  await network.prepareLearning();
  const room = takeRoom(heap, ROWS, model.config);
  const P = network.matrix(`P${L}`);
  const S = { ...P, at: room.sum };
  const scatter = seen(P.rows);
  // What is below the diagonal is never read.
  heap.write(S, scatter.map((value, at) => (at % P.rows < Math.floor(at / P.rows) ? NaN : value))); // prettier-ignore
  const counting = counted(network);
  expect(await moveCovariance(counting, room, ROWS, L, S)).toBe(0);
  const lacks = residual(heap, P, S);
  return { products: counting.products(), lacks, lopsided: lopsided(heap, P) };
}

/* The rate of Σ; the products that it takes P to follow: one and a half a step, one more where the bound of the second says too little. */
const RATES = [
  [1e-5, 1.5],
  [3e-4, 1.5],
  [0.03, 3],
  [0.3, 4],
] as const;

test.each(RATES)('Σ at a rate of %f costs %f products', async (precisionRate, products) => {
  const model = await smallModel('gncn-pdh', { precisionRate });
  const found = await moved(model);
  expect(found.products).toBe(products);
  expect(found.lacks).toBeLessThan(ONE_STEP_LIMIT);
  expect(found.lopsided).toBe(0);
  model.dispose();
});

test('a precision that is not quite symmetric, of a file from elsewhere, follows as well', async () => {
  const model = await smallModel('gncn-pdh', { precisionRate: 3e-4 });
  const name = `P${L}`;
  const P = model.synapses.get(name);
  const [n] = P.shape;
  const rng = createRng(5);
  const values = (await P.data()).map((value) => value + 1e-4 * rng.normal());
  model.synapses.set(name, tf.tensor2d(values, [n, n]));
  const found = await moved(model);
  expect(found.lacks).toBeLessThan(ONE_STEP_LIMIT);
  expect(found.lopsided).toBe(0);
  model.dispose();
});
