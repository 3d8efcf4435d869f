import type { Defect } from '../defect.ts';

const MODEL = ['tests/mixtures/model.test.ts'];
const GOLDEN = ['tests/mixtures/golden.test.ts'];
const CONDITIONED = ['tests/engine/prior/conditioned.test.ts'];
const IMPORTANCE = ['tests/engine/measures/importance.test.ts'];

/** The mixture on pixels, EM, the importance bound. */
export const defects: readonly Defect[] = [
  {
    name: 'a round of EM begins with k-means again',
    file: 'src/mixtures/model.ts',
    find: 'this.mixture.components === 1',
    replace: 'this.mixture.components > 0',
    tests: MODEL,
  },
  {
    name: 'the loss of a mixture has the wrong sign',
    file: 'src/mixtures/model.ts',
    find: 'bce: -logLikelihood',
    replace: 'bce: logLikelihood',
    tests: MODEL,
  },
  {
    name: 'pictures are drawn darker than 0',
    file: 'src/mixtures/model.ts',
    find: 'Math.min(Math.max(value, 0), 1)',
    replace: 'Math.min(value, 1)',
    tests: MODEL,
  },
  {
    name: 'components of a mixture of binary pictures all weigh the same',
    file: 'src/engine/measures/likelihood.ts',
    find: 'Math.log(options.weights?.[i] ?? 1 / n)',
    replace: 'Math.log(1 / n)',
    tests: MODEL,
  },
  {
    name: 'the likelihood of EM is a sum and not a mean',
    file: 'src/engine/prior/em.ts',
    find: 'logLikelihood: sum / points.shape[0]!',
    replace: 'logLikelihood: sum',
    tests: GOLDEN,
  },
  {
    name: 'draws are weighted by q / p',
    file: 'src/engine/prior/conditioned.ts',
    find: '(logWeights[j] = logP - logQ[j]!)',
    replace: '(logWeights[j] = logQ[j]! - logP)',
    tests: CONDITIONED,
  },
  {
    name: 'the posterior is as wide as the noise alone',
    file: 'src/engine/prior/conditioned.ts',
    find: '(i % (size + 1) === 0 ? 1 : 0) - noise ** 2 * value',
    replace: '(i % (size + 1) === 0 ? 1 : 0) - 0 * value',
    tests: CONDITIONED,
  },
  {
    name: 'weights of draws are left out of the bound',
    file: 'src/engine/measures/importance.ts',
    find: '(logs[j] = log + logWeights[j]!)',
    replace: '(logs[j] = log + 0 * logWeights[j]!)',
    tests: IMPORTANCE,
  },
];
