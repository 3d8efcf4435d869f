import type { Defect } from '../defect.ts';

const SEAL = ['tests/io/seal.test.ts'];
const LOST = ['tests/cli/nothingLost.test.ts'];
const STORAGE = ['tests/storage'];
const RUNAWAY = ['tests/runtime/runaway.test.ts'];

/** What keeps files whole, whose they are, and that what is kept is good. */
export const defects: readonly Defect[] = [
  {
    name: 'a digest that is that of other bytes is not noticed',
    file: 'src/io/seal.ts',
    find: 'if (at < 0 || digest !== KIND + computed)',
    replace: 'if (at < 0)',
    tests: SEAL,
  },
  {
    name: 'a digest under a damaged name is no digest',
    file: 'src/io/seal.ts',
    find: 'digest === undefined && values.length === 0',
    replace: 'digest === undefined',
    tests: SEAL,
  },
  {
    name: 'what is written beside a file does not take its place',
    file: 'src/storage/wholeFile.ts',
    find: 'await rename(beside, path);',
    replace: 'await writeFile(path, bytes);',
    tests: STORAGE,
  },
  {
    name: 'a browser is handed everything at once',
    file: 'src/storage/opfs.ts',
    find: 'start += PIECE_BYTES)',
    replace: 'start += bytes.length)',
    tests: STORAGE,
  },
  {
    name: 'parts of writers that still write are removed',
    file: 'src/storage/wholeFile.ts',
    find: 'machine === MACHINE && !runs(Number(pid))',
    replace: 'machine === MACHINE',
    tests: STORAGE,
  },
  {
    name: 'a claim is held for ever by whoever has its number now',
    file: 'src/storage/claims.ts',
    find: 'return owner.began !== began;',
    replace: 'return false;',
    tests: STORAGE,
  },
  {
    name: 'the checkpoint of a training is not claimed with its model',
    file: 'src/cli/trainFiles.ts',
    find: "['--out', checkpointPath(out)],",
    replace: '',
    tests: LOST,
  },
  {
    name: 'what was spoilt stays where the last good checkpoint was',
    file: 'src/cli/trainFiles.ts',
    find: 'if (written && written !== good)',
    replace: 'if (written === good)',
    tests: LOST,
  },
  {
    name: 'the state that spoilt the next batch counts as good',
    file: 'src/runtime/runaway.ts',
    find: 'at <= first - 2',
    replace: 'at <= first - 1',
    tests: RUNAWAY,
  },
  {
    name: 'a covariance is repaired by any size',
    file: 'src/ngc/equations/precision.ts',
    find: 'if (raisedBy > most)',
    replace: 'if (!Number.isFinite(raisedBy))',
    tests: ['tests/ngc/learn.test.ts'],
  },
];
