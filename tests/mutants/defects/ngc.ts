import type { Defect } from '../defect.ts';

const GOLDEN = ['tests/ngc/golden.test.ts'];
const LESIONS = ['tests/ngc/lesions.test.ts'];
const SETTLE = ['tests/ngc/settle.test.ts'];
const THEORY = ['tests/ngc/theory.test.ts'];
const STATES = 'src/ngc/equations/states.ts';
const PRECISION = 'src/ngc/equations/precision.ts';

/** Equations, settling, lesions of neural generative coding. */
export const defects: readonly Defect[] = [
  {
    name: 'the auxiliary synapses reach the wrong layer',
    file: 'src/ngc/equations/predict.ts',
    find: 'const far = M[l + 2];',
    replace: 'const far = M[l + 1] ?? M[l + 2];',
    tests: GOLDEN,
  },
  {
    name: 'pixels are predicted by the activation of hidden means',
    file: 'src/ngc/equations/predict.ts',
    find: 'return l === 0 ? tf.sigmoid(h)',
    replace: 'return l < 0 ? tf.sigmoid(h)',
    tests: GOLDEN,
  },
  {
    name: 'the mismatch has the other sign',
    file: 'src/ngc/equations/errors.ts',
    find: 'tf.sub(targets[l]!, mean)',
    replace: 'tf.sub(mean, targets[l]!)',
    tests: GOLDEN,
  },
  {
    name: 'type 1 is not gated by the slope',
    file: STATES,
    find: 'return gate ?',
    replace: 'return gate && false ?',
    tests: GOLDEN,
  },
  {
    name: 'states are pushed by their own errors, not pulled',
    file: STATES,
    find: 'topDown: reaching(e, -1)',
    replace: 'topDown: reaching(e)',
    tests: GOLDEN,
  },
  {
    name: 'rivals excite each other',
    file: STATES,
    find: 'lateral: reaching(competition, -1)',
    replace: 'lateral: reaching(competition)',
    tests: GOLDEN,
  },
  {
    name: 'the Laplace prior pushes away from zero',
    file: STATES,
    find: 'tf.mul(tf.sign(z), -laplace)',
    replace: 'tf.mul(tf.sign(z), laplace)',
    tests: THEORY,
  },
  {
    name: 'states do not leak',
    file: STATES,
    find: 'leak: leak === 0 ? null',
    replace: 'leak: leak < 1 ? null',
    tests: THEORY,
  },
  {
    name: 'a step moves by all of the change',
    file: STATES,
    find: 'tf.add(z, tf.mul(change, beta))',
    replace: 'tf.add(z, change)',
    tests: GOLDEN,
  },
  {
    name: 'seen pixels drift, hidden ones stay',
    file: STATES,
    find: 'tf.mul(tf.mul(e0, beta), tf.sub(1, mask))',
    replace: 'tf.mul(tf.mul(e0, beta), mask)',
    tests: SETTLE,
  },
  {
    name: 'the error neuron of a silent neuron still moves it',
    file: STATES,
    find: 'alive ? tf.mul(term, alive) : term;\n      if (factor !== undefined)',
    replace:
      'alive && factor === undefined ? tf.mul(term, alive) : term;\n      if (factor !== undefined)',
    tests: LESIONS,
  },
  {
    name: 'a column inhibits itself',
    file: 'src/ngc/equations/lateral.ts',
    find: 'tf.mul(grouped, inhibition + excitation)',
    replace: 'tf.mul(grouped, excitation)',
    tests: SETTLE,
  },
  {
    name: 'a band is one neuron too wide',
    file: 'src/ngc/equations/lateral.ts',
    find: 'Math.abs(i - j) < group',
    replace: 'Math.abs(i - j) <= group',
    tests: SETTLE,
  },
  {
    name: 'total discrepancy forgets its half',
    file: 'src/ngc/equations/discrepancy.ts',
    find: 'logDeterminants[l] ?? 0), 0.5)',
    replace: 'logDeterminants[l] ?? 0), 1)',
    tests: THEORY,
  },
  {
    name: 'the determinant counts the other way',
    file: 'src/ngc/equations/discrepancy.ts',
    find: 'tf.add(quadratic, logDeterminants[l] ?? 0)',
    replace: 'tf.sub(quadratic, logDeterminants[l] ?? 0)',
    tests: THEORY,
  },
  {
    name: 'auxiliary synapses learn from the layer below and not the one below that',
    file: 'src/ngc/equations/hebbian.ts',
    find: 'meet(phiZ[l]!, e[l - 2]!)',
    replace: 'meet(phiZ[l]!, e[l - 2]!.mul(0))',
    tests: GOLDEN,
  },
  {
    name: 'changes are sums and not means',
    file: 'src/ngc/equations/hebbian.ts',
    find: 'changes.set(name, tf.div(sum, rows))',
    replace: 'changes.set(name, tf.div(sum, 1))',
    tests: GOLDEN,
  },
  {
    name: 'the covariance shrinks where it should grow',
    file: PRECISION,
    find: 'tf.mul(tf.sub(tf.div(scatter, rows), prior), 0.5)',
    replace: 'tf.mul(tf.sub(prior, tf.div(scatter, rows)), 0.5)',
    tests: THEORY,
  },
  {
    name: 'gradient ascent descends',
    file: 'src/engine/optimizers.ts',
    find: 'tf.add(theta, tf.mul(delta, rate))',
    replace: 'tf.sub(theta, tf.mul(delta, rate))',
    tests: GOLDEN,
  },
  {
    name: 'the slope of relu at zero is 0',
    file: 'src/engine/activations.ts',
    find: "tf.cast(tf.greaterEqual(z, 0), 'float32')",
    replace: "tf.cast(tf.greater(z, 0), 'float32')",
    tests: GOLDEN,
  },
  {
    name: 'lesioned predictions still reach the hidden layers',
    file: 'src/ngc/step.ts',
    find: 'l === 0 || wiring.topDown ? mean',
    replace: 'l === 0 || !wiring.topDown ? mean',
    tests: LESIONS,
  },
  {
    name: 'a cut leak leaks',
    file: 'src/ngc/steering.ts',
    find: 'if (lesions?.leak) return 0;',
    replace: 'if (lesions?.leak && enduring) return 0;',
    tests: LESIONS,
  },
  {
    name: 'an enduring episode leaks as any other',
    file: 'src/ngc/steering.ts',
    find: 'if (!enduring) return config.leak;',
    replace: 'if (enduring !== null) return config.leak;',
    tests: LESIONS,
  },
  {
    name: 'a changed strength is not felt in the middle of an episode',
    file: 'src/ngc/opByOp.ts',
    find: 'if (madeOf.config !== config || madeOf.revision',
    replace: 'if (madeOf.revision',
    tests: LESIONS,
  },
  {
    name: 'what was imagined is forgotten when another picture comes',
    file: 'src/ngc/opByOp.ts',
    find: 'before ? tf.mul(activity.z[0]!, tf.sub(1, before)) : tf.zerosLike(x)',
    replace: 'tf.zerosLike(x)',
    tests: LESIONS,
  },
  {
    name: 'fields of the top layer leave out what passes a layer',
    file: 'src/ngc/fields.ts',
    find: 'if (far && twoAbove) below',
    replace: 'if (far && twoAbove && index < 0) below',
    tests: LESIONS,
  },
];
