import type { Defect } from '../defect.ts';

const HALF = ['tests/io/half.test.ts'];
const SAFETENSORS = ['tests/io/safetensors.test.ts'];
const MODEL_FILE = ['tests/io/modelFile.test.ts'];

/** Safetensors and model files. */
export const defects: readonly Defect[] = [
  {
    name: 'halves halfway between two are rounded up, not to even',
    file: 'src/io/half.ts',
    find: '0xfff + ((rebased >>> 13) & 1)',
    replace: '0x1000',
    tests: HALF,
  },
  {
    name: 'the smallest halves become zero',
    file: 'src/io/half.ts',
    find: 'exponent < 102',
    replace: 'exponent < 103',
    tests: HALF,
  },
  {
    name: 'subnormal halves lose their sign',
    file: 'src/io/half.ts',
    find: 'bits[i]! |= sign;',
    replace: 'bits[i]! |= 0;',
    tests: HALF,
  },
  {
    name: 'a hole between tensors is not refused',
    file: 'src/io/safetensorsHeader.ts',
    find: 'if (begin !== covered) {',
    replace: 'if (begin < covered) {',
    tests: SAFETENSORS,
  },
  {
    name: 'bytes after the last tensor are not refused',
    file: 'src/io/safetensorsHeader.ts',
    find: 'if (covered !== dataLength)',
    replace: 'if (covered > dataLength)',
    tests: SAFETENSORS,
  },
  {
    name: 'the data are not aligned',
    file: 'src/io/safetensorsHeader.ts',
    find: 'Math.ceil(json.length / 8) * 8',
    replace: 'json.length',
    tests: SAFETENSORS,
  },
  {
    name: 'the length of the header is written big-endian',
    file: 'src/io/safetensorsHeader.ts',
    find: 'view.setUint32(0, length, true)',
    replace: 'view.setUint32(0, length, false)',
    tests: SAFETENSORS,
  },
  {
    name: 'an infinite number is read',
    file: 'src/io/safetensors.ts',
    find: 'firstBeyond(data, Number.MAX_VALUE)',
    replace: 'firstBeyond(data, Infinity)',
    tests: SAFETENSORS,
  },
  {
    name: 'the moments are rounded to half precision too',
    file: 'src/io/modelFile.ts',
    find: 'f16 && !name.startsWith(OPTIMIZER)',
    replace: 'f16',
    tests: MODEL_FILE,
  },
];
