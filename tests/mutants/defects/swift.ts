import type { Defect } from '../defect.ts';

const SHARED = ['tests/pool/shared.test.ts'];
const OPENING = ['tests/store/app.test.ts'];

/** Memory that workers share, and the page's first picture. */
export const defects: readonly Defect[] = [
  {
    name: 'members meet the rows of each other where all layers share a place',
    file: 'src/wasm/neurons.ts',
    find: 'matrices.map((matrix) => cut(matrix, widest))',
    replace: 'matrices.map((matrix) => cut(matrix, matrix.stride - 64))',
    tests: SHARED,
  },
  {
    name: 'what a member has changed stays packed as it was',
    file: 'src/wasm/laid.ts',
    find: 'if (packed) pack(',
    replace: 'if (packed && transposed) pack(',
    tests: SHARED,
  },
  {
    name: 'what goes up transposed stays packed as it was',
    file: 'src/wasm/laid.ts',
    find: 'if (packed) pack(',
    replace: 'if (packed && !transposed) pack(',
    tests: SHARED,
  },
  {
    name: 'what a lost member had half learnt is taken for learnt',
    file: 'src/wasm/learn.ts',
    find: 'model.updates--;',
    replace: '',
    tests: ['tests/pool/shared.test.ts'],
  },
  {
    name: 'a member looks at the first rows only',
    file: 'src/wasm/neurons.ts',
    find: 'someRows(whole, start(i), start(i + 1) - start(i), scratch())',
    replace: 'someRows(whole, 0, start(i + 1) - start(i), scratch())',
    tests: SHARED,
  },
  {
    name: 'an episode that ended gives its neurons away while members write them',
    file: 'src/wasm/settling.ts',
    find: 'if (this.underWay) void this.underWay.then(() => this.taken.dispose());',
    replace: 'if (this.underWay) this.taken.dispose();',
    tests: SHARED,
  },
  {
    name: 'all pictures settle as fast as the first',
    file: 'src/store/engineStart.ts',
    find: 'if (opening) await running.applySpeed();',
    replace: '',
    tests: OPENING,
  },
  {
    name: 'who asks for slow motion gets the first picture fast',
    file: 'src/store/speed.ts',
    find: 'speed === USUAL ? FIRST_PICTURE : speed',
    replace: 'speed === null ? speed : FIRST_PICTURE',
    tests: OPENING,
  },
];
