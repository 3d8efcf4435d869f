import type { Defect } from '../defect.ts';

const MANY_WAYS = ['tests/demonstrations/manyWays.test.ts'];
const FIGURES = ['tests/viz/lab/pictures.test.ts'];

/** The exhibit of many ways to go on, and what is claimed in the Lab's figures. */
export const defects: readonly Defect[] = [
  {
    name: 'the one that settles has noise too',
    file: 'src/demonstrations/wanderers.ts',
    find: 'row === 0 ? 0 : 1',
    replace: 'row === 0 ? 1 : 1',
    tests: MANY_WAYS,
  },
  {
    name: 'chains see what is hidden',
    file: 'src/demonstrations/wanderers.ts',
    find: 'return { rows: this.rows, output: this.picture, seen: this.seen, noise };',
    replace: 'return { rows: this.rows, output: this.picture, noise };',
    tests: MANY_WAYS,
  },
  {
    name: 'the noise of every step is the same',
    file: 'src/demonstrations/wanderers.ts',
    find: 'tf.mul(this.normal(STREAMS.noise + l, sizes[l]!, step), this.noisy);',
    replace: 'tf.mul(this.normal(STREAMS.noise + l, sizes[l]!), this.noisy);',
    tests: MANY_WAYS,
  },
  {
    name: 'a variance is a mean of squares',
    file: 'src/demonstrations/moments.ts',
    find: 'sum / n - (this.sums[i]! / n) ** 2',
    replace: 'sum / n',
    tests: MANY_WAYS,
  },
  {
    name: 'what was gone through before another rate still counts',
    file: 'src/demonstrations/manyWays.ts',
    find: `    this.unwire();
    this.forget();
  }`,
    replace: `    this.unwire();
  }`,
    tests: MANY_WAYS,
  },
  {
    name: 'what is claimed of one row stands for all',
    file: 'src/viz/lab/plots.ts',
    find: 'printedAt(id, { row: row.key, dataset, point: x }, quantity.key)',
    replace: 'printedAt(id, { row: rows[0]!.key, dataset, point: x }, quantity.key)',
    tests: FIGURES,
  },
  {
    name: 'an axis of what is never negative begins below nothing',
    file: 'src/viz/lab/chart.ts',
    find: 'low >= 0 ? Math.max(0, low - room) : low - room',
    replace: 'low - room',
    tests: FIGURES,
  },
];
