import type { Defect } from '../defect.ts';

const KERNELS = ['tests/wasm/kernels.test.ts'];
const PARITY = ['tests/wasm/parity.test.ts'];
const POOL = ['tests/wasm/pool.test.ts'];

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
    name: 'what is packed stays as it was after learning',
    file: 'src/wasm/learn.ts',
    find: '  network.repack(parameter.name);\n',
    replace: '',
    tests: PARITY,
  },
  {
    name: 'synapses that others have changed are not packed again',
    file: 'src/wasm/network.ts',
    find: 'if (!this.unpacked.delete(name)) return;',
    replace: 'if (!this.unpacked.delete(name) || this.packings.has(name)) return;',
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
    find: 'v128.store(out, f32x4.add(v128.load(P), v128.load(RP)))',
    replace: 'v128.store(out, f32x4.sub(v128.load(P), v128.load(RP)))',
    tests: PARITY,
  },
  {
    name: 'error synapses of a pool get what they saw lying on its side',
    file: 'src/wasm/workshop.ts',
    find: 'turned[i * cols! + j] = data[j * rows! + i]!',
    replace: 'turned[i * cols! + j] = data[i * cols! + j]!',
    tests: POOL,
  },
];
