import type { Defect } from '../defect.ts';

const WATCHED = ['tests/worker/learning.test.ts'];
const PAGE = ['tests/store/learning.test.ts'];
const CURVES = ['tests/viz/scales.test.ts'];

/** A training as one watches it: its end, its past, its health, its curves. */
export const defects: readonly Defect[] = [
  {
    name: 'training ends an epoch late',
    file: 'src/worker/learning/stopWatch.ts',
    find: 'epoch - this.from.epoch >= rule.epochs',
    replace: 'epoch - this.from.epoch > rule.epochs',
    tests: WATCHED,
  },
  {
    name: 'pauses count as minutes of training',
    file: 'src/worker/learning/stopWatch.ts',
    find: 'this.since = running ? this.now() : null;',
    replace: 'this.since = this.now();',
    tests: WATCHED,
  },
  {
    name: 'a measurement that is as good counts as better',
    file: 'src/worker/learning/stopWatch.ts',
    find: 'best === this.best ? this.noBetter + 1 : 0',
    replace: 'best < measured.bce ? this.noBetter + 1 : 0',
    tests: WATCHED,
  },
  {
    name: 'every batch counts as a measurement',
    file: 'src/worker/learning/stopWatch.ts',
    find: 'if (measured && measured.updates !== this.measured) {',
    replace: 'if (measured) {',
    tests: WATCHED,
  },
  {
    name: 'the time left is that of the condition that comes last',
    file: 'src/worker/learning/stopWatch.ts',
    find: '(a, b) => (a.left ?? Infinity) - (b.left ?? Infinity)',
    replace: '(a, b) => (b.left ?? Infinity) - (a.left ?? Infinity)',
    tests: WATCHED,
  },
  {
    name: 'the past is kept after every update',
    file: 'src/worker/learning/past.ts',
    find: 'const GROWTH = 1.25;',
    replace: 'const GROWTH = 1;',
    tests: WATCHED,
  },
  {
    name: 'a run that is taken up has no past',
    file: 'src/worker/workbench.ts',
    find: 'training.takeUp(record, card, past)',
    replace: 'training.takeUp(record, card, [])',
    tests: WATCHED,
  },
  {
    name: 'samples of a moment are of the oldest codes',
    file: 'src/worker/latents.ts',
    find: '(this.next - count + capacity) % capacity',
    replace: '0',
    tests: ['tests/worker/latentRing.test.ts'],
  },
  {
    name: 'a moment reconstructs what it sees half of',
    file: 'src/worker/learning/moments.ts',
    find: 'i < whole ? 1 : half',
    replace: 'i < 0 ? 1 : half',
    tests: WATCHED,
  },
  {
    name: 'negative weights are painted as positive ones',
    file: 'src/worker/learning/moments.ts',
    find: 'Math.round((127 * value) / (most || 1))',
    replace: 'Math.round((127 * Math.abs(value)) / (most || 1))',
    tests: WATCHED,
  },
  {
    name: 'a silent column has a winner',
    file: 'src/worker/learning/health.ts',
    find: 'if (values[at + best]! > ACTIVE) won[best] = 1;',
    replace: 'won[best] = 1;',
    tests: WATCHED,
  },
  {
    name: 'who loses wins',
    file: 'src/worker/learning/health.ts',
    find: 'if (values[at + j]! > values[at + best]!) best = j;',
    replace: 'if (values[at + j]! < values[at + best]!) best = j;',
    tests: WATCHED,
  },
  {
    name: 'the condition is that of the square root',
    file: 'src/worker/learning/health.ts',
    find: 'largestEigenvalue(matrix, n) * largestEigenvalue(inverse, n)',
    replace: 'Math.sqrt(largestEigenvalue(matrix, n) * largestEigenvalue(inverse, n))',
    tests: WATCHED,
  },
  {
    name: 'the changes of matrices are told of one too few',
    file: 'src/ngc/parameters.ts',
    find: "filter(({ family }) => family !== 'Sigma')",
    replace: "filter(({ family }) => family !== 'Sigma' && family !== 'M')",
    tests: WATCHED,
  },
  {
    name: 'moments that are known are asked for again',
    file: 'src/store/actions/learning.ts',
    find: 'const from = held?.past.length ?? 0;',
    replace: 'const from = 0;',
    tests: PAGE,
  },
  {
    name: 'the past of another run is added to that of this one',
    file: 'src/store/actions/learning.ts',
    find: 'const same = held?.run === report.run',
    replace: 'const same = held !== null',
    tests: PAGE,
  },
  {
    name: 'a rule that ends nothing stands in the address',
    file: 'src/store/actions/learning.ts',
    find: 'const stop = endsByItself(rule) ? rule : NO_STOP;',
    replace: 'const stop = rule;',
    tests: PAGE,
  },
  {
    name: 'a closer look shows the whole run',
    file: 'src/viz/curves.ts',
    find: 'scaleLinear(range ?? [0,',
    replace: 'scaleLinear([0,',
    tests: CURVES,
  },
  {
    name: 'a slider in ratios moves evenly',
    file: 'src/viz/slider.ts',
    find: 'log === true ? from * (to / from) ** place : from + place * (to - from)',
    replace: 'from + place * (to - from)',
    tests: ['tests/viz/slider.test.ts'],
  },
];
