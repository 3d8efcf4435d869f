import type { Defect } from '../defect.ts';

const RECONSTRUCTION = ['tests/engine/measures/reconstruction.test.ts'];
const LIKELIHOOD = ['tests/engine/measures/likelihood.test.ts'];
const LBFGS = ['tests/engine/lbfgs.test.ts'];
const CLASSIFICATION = ['tests/engine/measures/classification.test.ts'];

/** BCE, completion, log p(x), classification. */
export const defects: readonly Defect[] = [
  {
    name: 'a short last batch counts as much as a whole one',
    file: 'src/engine/measures/reconstruction.ts',
    find: '(sums[i] ?? 0) + mean * x.shape[0]',
    replace: '(sums[i] ?? 0) + (mean * images.count) / Math.ceil(images.count / x.shape[0])',
    tests: RECONSTRUCTION,
  },
  {
    name: 'sparsity is summed and not averaged',
    file: 'src/engine/measures/reconstruction.ts',
    find: 'const [bce = NaN, discrepancy = NaN, ...sparsity] = sums.map((sum) => sum / images.count);',
    replace:
      'const [bce = NaN, discrepancy = NaN, ...sparsity] = sums.map((sum, i) => (i > 1 ? sum : sum / images.count));',
    tests: RECONSTRUCTION,
  },
  {
    name: 'completion hides the lower half and not the right one',
    file: 'src/engine/measures/completion.ts',
    find: 'i % side < side / 2',
    replace: 'Math.floor(i / side) < side / 2',
    tests: RECONSTRUCTION,
  },
  {
    name: 'the middle column of a picture is hidden too',
    file: 'src/engine/measures/completion.ts',
    find: 'i % side < side / 2',
    replace: 'i % side < side / 2 - 1',
    tests: RECONSTRUCTION,
  },
  {
    name: 'the last images are not measured',
    file: 'src/engine/measures/images.ts',
    find: 'from < images.count; from += batch',
    replace: 'from + batch <= images.count; from += batch',
    tests: RECONSTRUCTION,
  },
  {
    name: 'the running sum is not rescaled when a larger term comes',
    file: 'src/engine/measures/likelihood.ts',
    find: 'total[i]! * Math.exp(best[i]! - largest)',
    replace: 'total[i]!',
    tests: LIKELIHOOD,
  },
  {
    name: 'log p(x) is summed over samples and not averaged',
    file: 'src/engine/measures/likelihood.ts',
    find: 'options.weights?.[i] ?? 1 / n',
    replace: 'options.weights?.[i] ?? 1',
    tests: LIKELIHOOD,
  },
  {
    name: 'probabilities are not clipped',
    file: 'src/engine/likelihood.ts',
    find: 'tf.clipByValue(p, PROBABILITY_FLOOR, most)',
    replace: 'p',
    tests: ['tests/engine/likelihood.test.ts'],
  },
  {
    name: 'black pixels do not count',
    file: 'src/engine/measures/likelihood.ts',
    find: 'tf.add(tf.matMul(x, odds), none)',
    replace: 'tf.matMul(x, odds)',
    tests: LIKELIHOOD,
  },
  {
    name: 'the bias decays like a weight',
    file: 'src/engine/measures/classification.ts',
    find: '(i < width * classes ? decay : 0)',
    replace: '(i >= 0 ? decay : 0)',
    tests: CLASSIFICATION,
  },
  {
    name: 'the two loops of L-BFGS do not undo each other',
    file: 'src/engine/lbfgs.ts',
    find: 'alphas[i]! - rho * dot(y, q)',
    replace: 'alphas[i]! + rho * dot(y, q)',
    tests: LBFGS,
  },
  {
    name: 'L-BFGS takes steps that do not go down',
    file: 'src/engine/lbfgs.ts',
    find: '!(next.value <= goal(t)) && i < SHORTENINGS',
    replace: 'false && i < SHORTENINGS',
    tests: LBFGS,
  },
  {
    name: 'neurons are not scaled to the same deviation',
    file: 'src/engine/measures/classification.ts',
    find: 'tf.mul(tf.sub(latents, mean), scale)',
    replace: 'tf.sub(latents, mean)',
    tests: CLASSIFICATION,
  },
  {
    name: 'the error counts those that are right',
    file: 'src/engine/measures/classification.ts',
    find: 'c === labels[n] ? 0 : 1',
    replace: 'c === labels[n] ? 1 : 0',
    tests: CLASSIFICATION,
  },
];
