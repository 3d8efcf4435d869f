import type { Defect } from '../defect.ts';

const RECALL = ['tests/demonstrations/recall.test.ts'];
const STRANGERS = ['tests/demonstrations/strangers.test.ts'];
const CLOUD = ['tests/demonstrations/cloud.test.ts'];
const FOLDED = ['tests/demonstrations/folded.test.ts'];

/** Exhibits of memory, surprise, sampling and compression. */
export const defects: readonly Defect[] = [
  {
    name: 'hiding the left half hides the right one',
    file: 'src/demonstrations/memories.ts',
    find: '(_, column) => column >= WIDTH',
    replace: '(_, column) => column < WIDTH',
    tests: RECALL,
  },
  {
    name: 'rubbing shows what was rubbed out before',
    file: 'src/demonstrations/memories.ts',
    find: 'isFree ? 1 : one',
    replace: '1',
    tests: RECALL,
  },
  {
    name: 'a drawn picture is compared with the memory on show',
    file: 'src/demonstrations/recall.ts',
    find: 'stored: of(this.stored, this.byHand?.isDrawn ? (this.nearest[k] ?? k) : k),',
    replace: 'stored: of(this.stored, (k + 1) % count),',
    tests: RECALL,
  },
  {
    name: 'ties give a step of the curve each',
    file: 'src/engine/measures/roc.ts',
    find: 'scores[i + 1]?.score !== score',
    replace: 'i >= 0',
    tests: STRANGERS,
  },
  {
    name: 'digits are turned to the right',
    file: 'src/demonstrations/strangePictures.ts',
    find: 'at(column, WIDTH - 1 - row)',
    replace: 'at(WIDTH - 1 - column, row)',
    tests: STRANGERS,
  },
  {
    name: 'chains that flew away go on',
    file: 'src/demonstrations/cloud.ts',
    find: 'if (this.trouble) return;',
    replace: '',
    tests: CLOUD,
  },
  {
    name: 'the belief lies about w·y',
    file: 'src/demonstrations/cloud.ts',
    find: '(model.b + model.w * seen) / curvature',
    replace: '(model.w * seen) / curvature',
    tests: CLOUD,
  },
  {
    name: 'the folded network has an encoder too',
    file: 'src/demonstrations/folded.ts',
    find: 'sizes: [code, hidden, PIXELS]',
    replace: 'sizes: [hidden, code, hidden, PIXELS]',
    tests: FOLDED,
  },
];
