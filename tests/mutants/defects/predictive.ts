import type { Defect } from '../defect.ts';

const SLOPES = ['tests/predictive/slopes.test.ts'];
const GOLDEN = ['tests/predictive/golden.test.ts'];
const THEORY = ['tests/predictive/theory.test.ts'];
const LEARNING = ['tests/predictive/learning.test.ts'];
const MEASURES = ['tests/predictive/measures.test.ts'];
const FAMILY = ['tests/models/predictive.test.ts'];

/** Networks of predictive coding. */
export const defects: readonly Defect[] = [
  {
    name: 'an error is sent back without the slope of the activation inside',
    file: 'src/predictive/network/equations.ts',
    find: 'inner ? tf.mul(inner.derivative(below), sent) : sent',
    replace: 'sent',
    tests: SLOPES,
  },
  {
    name: 'a sweep takes the old error of the layer after',
    file: 'src/predictive/network/settling.ts',
    find: 'const moved = above !== state.z[l + 1];',
    replace: 'const moved = false;',
    tests: GOLDEN,
  },
  {
    name: 'spiking comes one step late',
    file: 'src/predictive/network/settling.ts',
    find: 'return waited === 0 ? 1 : alpha;',
    replace: 'return waited === 1 ? 1 : alpha;',
    tests: GOLDEN,
  },
  {
    name: 'noise is as large whatever the rate',
    file: 'src/predictive/network/settling.ts',
    find: 'Math.sqrt(2 * rate * temperature)',
    replace: 'Math.sqrt(2 * temperature)',
    tests: THEORY,
  },
  {
    name: 'Z-IL settles at half the rate',
    file: 'src/predictive/network/exact.ts',
    find: 'plainly(wiring, 1)',
    replace: 'plainly(wiring, 0.5)',
    tests: THEORY,
  },
  {
    name: 'what is learnt from a nudged output is not divided by the nudge',
    file: 'src/predictive/network/changes.ts',
    find: 'nudge === 1 ? s : tf.div(s, nudge)',
    replace: 's',
    tests: LEARNING,
  },
  {
    name: 'incremental learning goes on from predictions of the old synapses',
    file: 'src/predictive/network/learning.ts',
    find: 'tidied(() => restated(wiring, next))',
    replace:
      'tidied(() => ({ ...next, predictions: predictions.map(({ a, u, mu }) => ({ a: tf.clone(a), u: tf.clone(u), mu: tf.clone(mu) })), errors: errors.map((e) => tf.clone(e)) }))',
    tests: LEARNING,
  },
  {
    name: 'a settling that blew up is learnt from',
    file: 'src/predictive/network/divergence.ts',
    find: 'return temperature === 0 && after > most;',
    replace: 'return false;',
    tests: FAMILY,
  },
  {
    name: 'ties count nothing in AUROC',
    file: 'src/engine/measures/auroc.ts',
    find: 'ranks += (from + 1 + to) / 2',
    replace: 'ranks += from + 1',
    tests: MEASURES,
  },
];
