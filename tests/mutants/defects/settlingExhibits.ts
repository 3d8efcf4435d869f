import type { Defect } from '../defect.ts';

const SETTLING = ['tests/demonstrations/settling.test.ts'];
const DEPTH = ['tests/demonstrations/depth.test.ts'];
const STARTS = ['tests/demonstrations/starts.test.ts'];
const STABILITY = ['tests/demonstrations/stability.test.ts'];
const TOWER = ['tests/viz/exhibits/tower.test.ts'];

/** The exhibits of networks that settle. */
export const defects: readonly Defect[] = [
  {
    name: 'the bound of the rate is an eighth of what it is',
    file: 'src/demonstrations/classifier.ts',
    find: 'return 2 / most;',
    replace: 'return 1 / (4 * most);',
    tests: STABILITY,
  },
  {
    name: 'a label that is let go stays held',
    file: 'src/demonstrations/settling.ts',
    find: "if (word === 'free') return null;",
    replace: '',
    tests: SETTLING,
  },
  {
    name: 'the energies of layers begin with the prior',
    file: 'src/demonstrations/settler.ts',
    find: '.slice(1);',
    replace: '.slice(0, -1);',
    tests: SETTLING,
  },
  {
    name: 'what arrives at the first layer is compared with the second',
    file: 'src/demonstrations/depth.ts',
    find: 'now[layers - 1]!',
    replace: 'now[1]!',
    tests: DEPTH,
  },
  {
    name: 'all starts are the forward pass',
    file: 'src/demonstrations/starts.ts',
    find: 'momentum, init, initSd }',
    replace: "momentum, init: 'forward', initSd }",
    tests: STARTS,
  },
  {
    name: 'a hand finds the cell in the row above',
    file: 'src/viz/exhibits/cells.ts',
    find: 'row * columns + column : null',
    replace: '(row - 1) * columns + column : null',
    tests: TOWER,
  },
];
