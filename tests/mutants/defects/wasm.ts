import type { Defect } from '../defect.ts';

const KERNELS = ['tests/wasm/kernels.test.ts'];
const PARITY = ['tests/wasm/parity.test.ts'];
const ROW = ['tests/wasm/row.test.ts'];
const AGREEMENT = ['tests/wasm/agreement.test.ts'];
const POOL = ['tests/wasm/pool.test.ts'];
const COVARIANCE = ['tests/wasm/covariance.test.ts'];

/** Our own kernels on the main processor. */
export const defects: readonly Defect[] = [
  {
    name: 'the last panel of columns is dropped where it is not full',
    file: 'src/wasm/assembly/product.ts',
    find: 'const panels = (n + 15) >> 4;',
    replace: 'const panels = n >> 4;',
    tests: KERNELS,
  },
  {
    name: 'a row without a partner is dropped',
    file: 'src/wasm/assembly/product.ts',
    find: 'if (here & 1) {',
    replace: 'if (here & 64) {',
    tests: KERNELS,
  },
  {
    name: 'where one of two images is silent, the other is too',
    file: 'src/wasm/assembly/product.ts',
    find: '(<i32>(x != 0)) | (<i32>(y != 0))',
    replace: '(<i32>(x != 0)) & (<i32>(y != 0))',
    tests: KERNELS,
  },
  {
    name: 'one row leaves out a quarter of the neurons that fire',
    file: 'src/wasm/assembly/row.ts',
    find: 'const fourth = third + quarter;\n    const x0',
    replace: 'const fourth = third;\n    const x0',
    tests: ROW,
  },
  {
    name: 'of one row, those who fill up the list of four are neurons that fire',
    file: 'src/wasm/assembly/row.ts',
    find: 'store<f32>(end, 0, 4);',
    replace: 'store<f32>(end, 1, 4);',
    tests: ROW,
  },
  {
    name: 'synapses to one row, transposed: the rows that four do not divide are dropped',
    file: 'src/wasm/assembly/row.ts',
    find: 'for (let i: i32 = <i32>(quarter << 2); i < k;',
    replace: 'for (let i: i32 = k; i < k;',
    tests: ROW,
  },
  {
    name: 'what one row predicts is added to what stood there',
    file: 'src/wasm/assembly/row.ts',
    find: 'if (!more) memory.fill(c, 0, stride);',
    replace: '',
    tests: PARITY,
  },
  {
    name: 'what fills up the rows of a sum from a pool is left of another matrix',
    file: 'src/wasm/workshop.ts',
    find: '    this.heap.view(sum.at, (sum.rows * sum.stride) / 4).fill(0);\n',
    replace: '',
    tests: POOL,
  },
  {
    name: 'what is packed stays as it was after learning',
    file: 'src/wasm/move.ts',
    find: '  network.changed(parameter.name);\n',
    replace: '',
    tests: PARITY,
  },
  {
    name: 'synapses that others have changed are not packed again',
    file: 'src/wasm/network.ts',
    find: 'if (known && !this.stale.has(key)) return known;',
    replace: 'if (known) return known;',
    tests: ['tests/wasm/stale.test.ts'],
  },
  {
    name: 'neurons of the next column compete too',
    file: 'src/wasm/assembly/settle.ts',
    find: 'for (let j: i32 = 0; j < group; j++) sum +=',
    replace: 'for (let j: i32 = 0; j <= group; j++) sum +=',
    tests: PARITY,
  },
  {
    name: 'precision follows with the residual taken off',
    file: 'src/wasm/assembly/precision.ts',
    find: 'load<f32>(at(P, stride, i, j)) + load<f32>(at(RP, stride, i, j))',
    replace: 'load<f32>(at(P, stride, i, j)) - load<f32>(at(RP, stride, i, j))',
    tests: COVARIANCE,
  },
  {
    name: 'error synapses get what the synapses saw lying on its side',
    file: 'src/wasm/assembly/precision.ts',
    find: 'store<f32>(at(out, across, j, i), load<f32>(at(x, stride, i, j)));',
    replace: 'store<f32>(at(out, across, j, i), load<f32>(at(x, stride, j, i)));',
    tests: KERNELS,
  },
  {
    name: 'error synapses get what is left of the sum once the synapses have moved',
    file: 'src/wasm/move.ts',
    find: 'workshop.turned(sum)',
    replace: 'sum',
    tests: PARITY,
  },
  {
    name: 'above the diagonal, the pair of rows that lies across it is left out',
    file: 'src/wasm/assembly/product.ts',
    find: '((16 * j + 15 - i) >> 1) + 1',
    replace: '(16 * j + 15 - i) >> 1',
    tests: KERNELS,
  },
  {
    name: 'above the diagonal is computed what is below',
    file: 'src/wasm/assembly/product.ts',
    find: 'for (let j: i32 = above ? (i + here - 1) >> 4 : 0;',
    replace: 'for (let j: i32 = above ? (i + here + 15) >> 4 : 0;',
    tests: KERNELS,
  },
  {
    name: 'a precision follows above its diagonal only',
    file: 'src/wasm/assembly/precision.ts',
    find: '  store<f32>(at(matrix, stride, j, i), value);\n',
    replace: '',
    tests: COVARIANCE,
  },
  {
    name: 'kernels that compute other numbers are told of, and go on',
    file: 'src/wasm/executor.ts',
    find: '    distrusted = true;',
    replace: '    distrusted = false;',
    tests: AGREEMENT,
  },
  {
    name: 'kernels are held against plain operations on one row only',
    file: 'src/wasm/agreement.ts',
    find: 'const ROWS = [5, 1] as const;',
    replace: 'const ROWS = [1] as const;',
    tests: AGREEMENT,
  },
  {
    name: 'the first picture of a network waits for the comparison',
    file: 'src/wasm/executor.ts',
    find: 'if (first ? !distrusted : await (beginning.onlyLooks ? mayCompute : mayLearn)(model))',
    replace: 'if (await (beginning.onlyLooks ? mayCompute : mayLearn)(model))',
    tests: AGREEMENT,
  },
  {
    name: 'what learns is compared in a step only',
    file: 'src/wasm/executor.ts',
    find: 'updateIsCompared = true;',
    replace: 'return true;',
    tests: AGREEMENT,
  },
  {
    name: 'an update is compared in the whole network, however large',
    file: 'src/wasm/agreement.ts',
    find: 'const MOST_NEURONS = 50;',
    replace: 'const MOST_NEURONS = 5000;',
    tests: AGREEMENT,
  },
  {
    name: 'an update that is too small to tell is compared',
    file: 'src/wasm/agreement.ts',
    find: 'learningRate: 1, rateHalfLife: 0 }',
    replace: 'learningRate: 1e-4, rateHalfLife: 0 }',
    tests: AGREEMENT,
  },
  {
    name: 'the second step of Newton and Schulz is always spared',
    file: 'src/wasm/covariance.ts',
    find: 'if (first <= ONE_STEP_LIMIT)',
    replace: 'if (first <= Infinity)',
    tests: COVARIANCE,
  },
  {
    name: 'the second step of Newton and Schulz is never spared',
    file: 'src/wasm/covariance.ts',
    find: 'if (first <= ONE_STEP_LIMIT)',
    replace: 'if (first <= -1)',
    tests: COVARIANCE,
  },
  {
    name: 'what two steps leave is never looked at',
    file: 'src/wasm/covariance.ts',
    find: '{ P, packed, S }) <= RESIDUAL_LIMIT)',
    replace: '{ P, packed, S }) <= Infinity)',
    tests: COVARIANCE,
  },
];
