import type { Defect } from '../defect.ts';

const TRAINING = ['tests/lab/training.test.ts'];
const RESULTS = ['tests/lab/results.test.ts'];
const CELLS = ['tests/experiments/cells.test.ts'];
const EFFORT = ['tests/experiments/effort.test.ts'];
const LAYERS = ['tests/experiments/layers.test.ts'];
const SUMMARY = ['tests/experiments/summary.test.ts'];
const FOLDER = ['tests/storage/folder.test.ts'];

/** The Lab: what is learnt from and chosen on, what is kept, and what is said of it. */
export const defects: readonly Defect[] = [
  {
    name: 'held-out images are learnt from too',
    file: 'src/lab/splits.ts',
    find: '.filter((i) => !isOut.has(i))',
    replace: '.filter((i) => isOut.size > 0 && i >= 0)',
    tests: TRAINING,
  },
  {
    name: 'each seed holds out other images',
    file: 'src/lab/splits.ts',
    find: 'heldOut(train, validationCount(train.count), HELD_OUT_SEED)',
    replace: 'heldOut(train, validationCount(train.count), HELD_OUT_SEED + train.count)',
    tests: TRAINING,
  },
  {
    name: 'a training that got worse keeps its last model, not its best',
    file: 'src/lab/training.ts',
    find: 'const best = keepsBest ?',
    replace: 'const best = !keepsBest ?',
    tests: TRAINING,
  },
  {
    name: 'a result that was measured on fewer images passes for one on all',
    file: 'src/lab/results.ts',
    find: 'usedBy(cell).some((part) => extent[part] !== cell.extent[part])',
    replace: 'usedBy(cell).some((part) => extent[part] > cell.extent[part])',
    tests: RESULTS,
  },
  {
    name: 'what a prior is fitted to is nothing to a cell that draws from it',
    file: 'src/experiments/extent.ts',
    find: "if (drawsFromPrior(cell)) used.add('codes').add('components');",
    replace: "if (drawsFromPrior(cell)) used.add('likelihood').add('bound');",
    tests: RESULTS,
  },
  {
    name: 'a cell is foretold to take as long as one that is measured more thoroughly',
    file: 'src/experiments/effort.ts',
    find: 'piece / then[i]!',
    replace: 'Math.min(1, then[i]! / piece)',
    tests: EFFORT,
  },
  {
    name: 'a training is foretold to take as long as the slowest',
    file: 'src/experiments/effort.ts',
    find: 'Math.min(pace, quickest.get(result.row) ?? Infinity)',
    replace: 'Math.max(pace, quickest.get(result.row) ?? 0)',
    tests: EFFORT,
  },
  {
    name: 'a prior of fewer Gaussians is foretold to take as long as one of many',
    file: 'src/experiments/effort.ts',
    find: "part === 'codes' && fits ? extent.components : 1",
    replace: "part === 'codes' && !fits ? extent.components : 1",
    tests: EFFORT,
  },
  {
    name: 'a result of another training passes for this one’s',
    file: 'src/lab/results.ts',
    find: 'return trainingName(training) === trainingName(cell.training);',
    replace: 'return training.variant === cell.training.variant;',
    tests: RESULTS,
  },
  {
    name: 'shards overlap',
    file: 'src/experiments/cells.ts',
    find: 'i % count === index - 1',
    replace: 'i % count <= index - 1',
    tests: CELLS,
  },
  {
    name: 'the spread over seeds is divided by their number',
    file: 'src/experiments/spread.ts',
    find: 'Math.sqrt(squares / (seeds - 1))',
    replace: 'Math.sqrt(squares / seeds)',
    tests: SUMMARY,
  },
  {
    name: 'cells that diverged count into the mean',
    file: 'src/experiments/summary.ts',
    find: "result.state === 'done' ? (valueOf(result, quantity) ?? []) : []",
    replace: 'valueOf(result, quantity) ?? []',
    tests: SUMMARY,
  },
  {
    name: 'the worst of the rules is called the best',
    file: 'src/experiments/summary.ts',
    find: "return better === 'higher' ? Math.max(...found) : Math.min(...found);",
    replace: "return better === 'higher' ? Math.min(...found) : Math.max(...found);",
    tests: SUMMARY,
  },
  {
    name: 'the worst two of a column are bold',
    file: 'src/experiments/layers.ts',
    find: "const sign = better === 'lower' ? 1 : -1;",
    replace: "const sign = better === 'lower' ? -1 : 1;",
    tests: LAYERS,
  },
  {
    name: 'results of all budgets are averaged',
    file: 'src/experiments/layers.ts',
    find: 'origin.budget === budget',
    replace: "origin.budget !== (budget === 'quick' ? 'paper' : 'quick')",
    tests: LAYERS,
  },
  {
    name: 'a claim is taken from a process that is alive',
    file: 'src/storage/claims.ts',
    find: 'if (!runs(owner.pid)) return true;',
    replace: 'return true;',
    tests: FOLDER,
  },
];
