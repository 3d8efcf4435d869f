import type { Defect } from '../defect.ts';

const GOLDEN = ['tests/ngc/golden.test.ts'];
const LEARN = ['tests/ngc/learn.test.ts'];
const MODEL = ['tests/ngc/model.test.ts'];
const LEARNING = 'src/ngc/learn.ts';
const PRECISION = 'src/ngc/equations/precision.ts';

/** Learning, precision, and what a model owns. */
export const defects: readonly Defect[] = [
  {
    name: 'error synapses learn at the rate of the others',
    file: 'src/ngc/equations/hebbian.ts',
    find: 'tf.mul(tf.transpose(sum), errorRate / rows)',
    replace: 'tf.mul(tf.transpose(sum), 1 / rows)',
    tests: [...LEARN, ...GOLDEN],
  },
  {
    name: 'the covariance is not symmetrised',
    file: PRECISION,
    find: "form === 'inverse' ? tf.mul(tf.add(sigma, tf.transpose(sigma)), 0.5) : sigma",
    replace: "form === 'inverse' ? tf.clone(sigma) : sigma",
    tests: LEARN,
  },
  {
    name: 'one Newton–Schulz step is made, not two',
    file: PRECISION,
    find: 'const second = await newtonSchulzStep(first.precision, target);',
    replace: 'const second = { ...first, precision: first.precision.clone() };',
    tests: LEARN,
  },
  {
    name: 'what Newton–Schulz leaves is bounded by one norm and not both',
    file: PRECISION,
    find: 'tf.mul(longest(0), longest(1))',
    replace: 'tf.mul(longest(0), 1e-3)',
    tests: LEARN,
  },
  {
    name: 'the residual of Newton–Schulz is never too large',
    file: LEARNING,
    find: 'if (residual <= RESIDUAL_LIMIT) return',
    replace: 'if (residual <= Infinity) return',
    tests: LEARN,
  },
  {
    name: 'a residual that is no number passes',
    file: LEARNING,
    find: 'if (residual <= RESIDUAL_LIMIT) return',
    replace: 'if (!(residual > RESIDUAL_LIMIT)) return',
    tests: LEARN,
  },
  {
    name: 'numbers that are no longer finite are learnt from',
    file: 'src/ngc/summary.ts',
    find: 'finite: Number.isFinite(bce) && Number.isFinite(magnitude)',
    replace: 'finite: Number.isFinite(bce)',
    tests: LEARN,
  },
  {
    name: 'what the pixels do not show is learnt from',
    file: 'src/ngc/summary.ts',
    find: 'if (!finite) throw diverged(model);',
    replace: 'if (!finite && model.imagesSeen > 1e9) throw diverged(model);',
    tests: LEARN,
  },
  {
    name: 'the kept covariance has longer columns than one',
    file: PRECISION,
    find: 'const scale = tf.rsqrt(norms);',
    replace: 'const scale = tf.rsqrt(tf.sqrt(norms));',
    tests: LEARN,
  },
  {
    name: 'the diagonal of a covariance that cannot be factorised is not raised enough',
    file: PRECISION,
    find: 'const more = raisedBy === 0 ? 1e-3 : raisedBy;',
    replace: 'const more = raisedBy === 0 ? 1e-3 : -raisedBy / 2;',
    tests: LEARN,
  },
  {
    name: 'the learning rate doubles where it should halve',
    file: LEARNING,
    find: '2 ** (-imagesSeen / rateHalfLife)',
    replace: '2 ** (imagesSeen / rateHalfLife)',
    tests: LEARN,
  },
  {
    name: 'synapses at the pixels have the limit of those above',
    file: LEARNING,
    find: 'W: 2, E: 2, M: 3, Sigma: 1',
    replace: 'W: 1, E: 2, M: 3, Sigma: 1',
    tests: LEARN,
  },
  {
    name: 'Adam begins without its correction',
    file: 'src/engine/optimizers.ts',
    find: 'first: 1 - ADAM.beta1 ** step',
    replace: 'first: 1',
    tests: LEARN,
  },
  {
    name: 'norms are limited along the other axis',
    file: 'src/engine/norms.ts',
    find: 'axis === 0\n        ? tf.matMul(tf.ones([1, rows]), squares)',
    replace: 'axis === 1\n        ? tf.matMul(tf.ones([1, rows]), squares)',
    tests: LEARN,
  },
  {
    name: 'a resumed Adam begins anew',
    file: 'src/ngc/optimizerState.ts',
    find: 'model.updates = updates;',
    replace: 'model.updates = 0;',
    tests: ['tests/cli/train.test.ts'],
  },
  {
    name: 'a replaced matrix is not freed',
    file: 'src/ngc/synapses.ts',
    find: 'if (old !== value) old?.dispose();',
    replace: 'if (old === value) old.dispose();',
    tests: MODEL,
  },
  {
    name: 'a model that cannot be made leaves its tensors',
    file: 'src/ngc/model.ts',
    find: '      model.dispose();\n      throw error;',
    replace: '      throw error;',
    tests: MODEL,
  },
];
