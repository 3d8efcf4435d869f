import type { Defect } from '../defect.ts';

const DATA = ['tests/data'];

/** Decoders, batches, synthetic digits. */
export const defects: readonly Defect[] = [
  {
    name: 'a pixel of 127 counts as ink',
    file: 'src/data/dataset.ts',
    find: 'split.pixels[from + p]! > 127',
    replace: 'split.pixels[from + p]! >= 127',
    tests: DATA,
  },
  {
    name: 'a drawing is binarised at another threshold than data',
    file: 'src/data/dataset.ts',
    find: 'values[i]! > 0.5 ? 1 : 0',
    replace: 'values[i]! >= 0.5 ? 1 : 0',
    tests: DATA,
  },
  {
    name: 'a label that names no class passes',
    file: 'src/data/idx.ts',
    find: 'label >= classes',
    replace: 'label > classes',
    tests: DATA,
  },
  {
    name: 'rows and columns of the header are not both looked at',
    file: 'src/data/idx.ts',
    find: 'rows !== HEIGHT || columns !== WIDTH',
    replace: 'rows !== HEIGHT',
    tests: DATA,
  },
  {
    name: 'silhouettes lie on their side',
    file: 'src/data/silhouettes.ts',
    find: '(column * HEIGHT + row) * count',
    replace: '(row * WIDTH + column) * count',
    tests: DATA,
  },
  {
    name: 'labels of a .mat file stay counted from 1',
    file: 'src/data/silhouettes.ts',
    find: 'return label - 1;',
    replace: 'return label;',
    tests: DATA,
  },
  {
    name: 'elements of a .mat file are not padded',
    file: 'src/data/mat.ts',
    find: 'Math.ceil(size / 8) * 8',
    replace: 'size',
    tests: DATA,
  },
  {
    name: 'every epoch has the same order',
    file: 'src/data/batches.ts',
    find: 'deriveSeed(seed, epoch)',
    replace: 'deriveSeed(seed, 0)',
    tests: DATA,
  },
  {
    name: 'the last short batch is left out',
    file: 'src/data/batches.ts',
    find: "lastShort === 'keep' ? count : count",
    replace: "lastShort === 'drop' ? count : count",
    tests: DATA,
  },
  {
    name: 'the first classes get the remainder every time',
    file: 'src/data/batches.ts',
    find: 'for (const c of permutation(classes.length, rng)) {',
    replace: 'for (const c of classes.keys()) {',
    tests: DATA,
  },
  {
    name: 'pictures are held out that are trained on too',
    file: 'src/data/dropped.ts',
    find: 'slice(all, 0, from)',
    replace: 'slice(all, 0, from + 1)',
    tests: DATA,
  },
  {
    name: 'the published labels are not checked',
    file: 'src/data/assemble.ts',
    find: 'await checkContents(entry.files, labelsRole, labels.name, labelBytes);',
    replace: '',
    tests: DATA,
  },
  {
    name: 'test digits repeat the training digits',
    file: 'src/data/synthetic.ts',
    find: 'test: 102 }',
    replace: 'test: 101 }',
    tests: DATA,
  },
];
