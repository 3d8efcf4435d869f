import type { Defect } from '../defect.ts';

const DATASET = ['tests/data/dataset.test.ts'];
const IDX = ['tests/data/idx.test.ts'];
const MAT = ['tests/data/mat.test.ts'];
const BATCHES = ['tests/data/batches.test.ts'];
const DROPPED = ['tests/data/dropped.test.ts'];
const LOAD = ['tests/data/load.test.ts'];
const SYNTHETIC = ['tests/data/synthetic.test.ts'];

/** Decoders, batches, synthetic digits. */
export const defects: readonly Defect[] = [
  {
    name: 'a pixel of 127 counts as ink',
    file: 'src/data/dataset.ts',
    find: 'byte > 127 ? 1 : 0',
    replace: 'byte >= 127 ? 1 : 0',
    tests: DATASET,
  },
  {
    name: 'a drawing is binarised at another threshold than data',
    file: 'src/data/dataset.ts',
    find: 'values[i]! > 0.5 ? 1 : 0',
    replace: 'values[i]! >= 0.5 ? 1 : 0',
    tests: DATASET,
  },
  {
    name: 'a label that names no class passes',
    file: 'src/data/idx.ts',
    find: 'label >= classes',
    replace: 'label > classes',
    tests: IDX,
  },
  {
    name: 'rows and columns of the header are not both looked at',
    file: 'src/data/idx.ts',
    find: 'rows !== HEIGHT || columns !== WIDTH',
    replace: 'rows !== HEIGHT',
    tests: IDX,
  },
  {
    name: 'silhouettes lie on their side',
    file: 'src/data/silhouettes.ts',
    find: '(column * HEIGHT + row) * count',
    replace: '(row * WIDTH + column) * count',
    tests: MAT,
  },
  {
    name: 'labels of a .mat file stay counted from 1',
    file: 'src/data/silhouettes.ts',
    find: 'return label - 1;',
    replace: 'return label;',
    tests: MAT,
  },
  {
    name: 'elements of a .mat file are not padded',
    file: 'src/data/matElements.ts',
    find: 'Math.ceil(size / 8) * 8',
    replace: 'size',
    tests: MAT,
  },
  {
    name: 'every epoch has the same order',
    file: 'src/data/batches.ts',
    find: 'deriveSeed(seed, epoch)',
    replace: 'deriveSeed(seed, 0)',
    tests: BATCHES,
  },
  {
    name: 'the last short batch is left out',
    file: 'src/data/batches.ts',
    find: "lastShort === 'keep' ? count : count",
    replace: "lastShort === 'drop' ? count : count",
    tests: BATCHES,
  },
  {
    name: 'the first classes get the remainder every time',
    file: 'src/data/batches.ts',
    find: 'for (const c of permutation(classes.length, rng)) {',
    replace: 'for (const c of classes.keys()) {',
    tests: BATCHES,
  },
  {
    name: 'pictures are held out that are trained on too',
    file: 'src/data/ownImages.ts',
    find: 'train: order.filter((index, i) => !isHeld(index, i)).sort(),',
    replace: 'train: order.slice().sort(),',
    tests: DROPPED,
  },
  {
    name: 'the published labels are not checked',
    file: 'src/data/assemble.ts',
    find: 'await checkContents(entry.files, labelsRole, labels.name, labelBytes);',
    replace: '',
    tests: LOAD,
  },
  {
    name: 'test digits repeat the training digits',
    file: 'src/data/synthetic.ts',
    find: 'test: 102 }',
    replace: 'test: 101 }',
    tests: SYNTHETIC,
  },
  {
    name: 'a table loses the label of its last class',
    file: 'src/data/droppedTables.ts',
    find: '(renumbered[classes.get(name)!] = i)',
    replace: '(renumbered[i] = classes.get(name)!)',
    tests: ['tests/data/csv.test.ts'],
  },
  {
    name: 'a threshold keeps what is below it',
    file: 'src/data/imageChange.ts',
    find: 'value >= threshold ? 1 : 0',
    replace: 'value <= threshold ? 1 : 0',
    tests: ['tests/data/imageChange.test.ts'],
  },
  {
    name: 'a download goes on one byte too late',
    file: 'src/data/download.ts',
    find: 'range: `bytes=${done}-`',
    replace: 'range: `bytes=${done + 1}-`',
    tests: ['tests/data/download.test.ts'],
  },
];
