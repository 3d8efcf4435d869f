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
 * P_l follows S′ however far that has moved: one step where it is near, two where it is not, the exact inverse where two are too few.
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

/** A network whose products are counted. */
function counted(network: OwnNetwork): LaidNetwork & { readonly products: () => number } {
  let products = 0;
  const { heap } = network;
  const kernels = {
    ...heap.kernels,
    product(...given: Parameters<Heap['kernels']['product']>) {
      products++;
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

/** Moves Σ_1 once: how many products P_1 took, and what it lacks of the inverse. */
async function moved(model: Model): Promise<{ products: number; lacks: number }> {
  const heap = new Heap(module);
  const network = new OwnNetwork(heap, model);
  await network.prepare(ROWS);
  await network.prepareLearning();
  const room = takeRoom(heap, ROWS, model.config);
  const P = network.matrix(`P${L}`);
  const S = { ...P, at: room.sum };
  heap.write(S, seen(P.rows));
  const counting = counted(network);
  expect(await moveCovariance(counting, room, ROWS, L, S)).toBe(0);
  return { products: counting.products(), lacks: residual(heap, P, S) };
}

/* The rate of Σ; the products that it takes P to follow: two a step, one more where the bound of the second says too little. */
test.each([
  [1e-5, 2],
  [3e-4, 2],
  [0.03, 4],
  [0.3, 5],
])('Σ at a rate of %f costs %i products', async (precisionRate, products) => {
  const model = await smallModel('gncn-pdh', { precisionRate });
  const found = await moved(model);
  expect(found.products).toBe(products);
  expect(found.lacks).toBeLessThan(ONE_STEP_LIMIT);
  model.dispose();
});
