import type { Defect } from '../defect.ts';

const RNG = ['tests/shared', 'tests/io/modelFile.test.ts'];

/** Seeded random numbers. */
export const defects: readonly Defect[] = [
  {
    name: 'a permutation never leaves anything in its place',
    file: 'src/shared/rng.ts',
    find: 'rng.below(i + 1)',
    replace: 'rng.below(i)',
    tests: RNG,
  },
  {
    name: 'the second normal of a pair follows the first',
    file: 'src/shared/rng.ts',
    find: 'spare = radius * Math.sin(angle)',
    replace: 'spare = radius * Math.cos(angle)',
    tests: RNG,
  },
  {
    name: 'normals have half the variance',
    file: 'src/shared/rng.ts',
    find: 'Math.sqrt(-2 * Math.log(',
    replace: 'Math.sqrt(-Math.log(',
    tests: RNG,
  },
  {
    name: 'a rotation keeps the sign',
    file: 'src/shared/rng.ts',
    find: '(c << 21) | (c >>> 11)',
    replace: '(c << 21) | (c >> 11)',
    tests: RNG,
  },
  {
    name: 'a saved generator forgets the normal that waits',
    file: 'src/shared/rng.ts',
    find: '[a, b, c, d, spare]',
    replace: '[a, b, c, d, NaN]',
    tests: RNG,
  },
  {
    name: 'parts of an experiment share their seed',
    file: 'src/shared/rng.ts',
    find: 'Math.imul(stream + 1, 0x85ebca6b)',
    replace: 'Math.imul(stream, 0)',
    tests: RNG,
  },
  {
    name: 'a digit is centred by the corners of its pixels',
    file: 'src/shared/normaliseDigit.ts',
    find: 'massX += value * (x + 0.5);',
    replace: 'massX += value * x;',
    tests: ['tests/shared/normaliseDigit.test.ts'],
  },
];
