import type { Defect } from '../defect.ts';

const GOLDEN = ['tests/autoencoders/golden.test.ts'];
const LEARNING = ['tests/autoencoders/learning.test.ts'];
const COMPLETION = ['tests/autoencoders/completion.test.ts'];
const CODES = ['tests/autoencoders/codes.test.ts'];
const CONFIG = ['tests/autoencoders/config.test.ts'];

/** The paper's autoencoders and its classifier. */
export const defects: readonly Defect[] = [
  {
    name: 'the divergence of a GVAE rewards wide codes',
    file: 'src/autoencoders/losses.ts',
    find: 'tf.sub(tf.sub(tf.exp(v), 1), v)',
    replace: 'tf.add(tf.sub(tf.exp(v), 1), v)',
    tests: GOLDEN,
  },
  {
    name: 'noise is scaled by the variance, not by its root',
    file: 'src/autoencoders/losses.ts',
    find: "tf.mul(needed(noise, 'noise'), Math.sqrt(config.variance))",
    replace: "tf.mul(needed(noise, 'noise'), config.variance)",
    tests: GOLDEN,
  },
  {
    name: 'the encoder learns to be found out',
    file: 'src/autoencoders/losses.ts',
    find: 'tf.softplus<Tensor2D>(tf.neg(discriminate(theta, z, config.discriminator.length)))',
    replace: 'tf.softplus<Tensor2D>(discriminate(theta, z, config.discriminator.length))',
    tests: GOLDEN,
  },
  {
    name: 'phases do not see what the phase before has learnt',
    file: 'src/autoencoders/descent.ts',
    find: 'slopeOf(phase, { ...before.theta, ...theta }, batch)',
    replace: 'slopeOf(phase, before.theta, batch)',
    tests: GOLDEN,
  },
  {
    name: 'a phase takes back what the phase before has moved',
    file: 'src/autoencoders/descent.ts',
    find: 'theta[name] ?? of(before.theta, name)',
    replace: 'of(before.theta, name)',
    tests: GOLDEN,
  },
  {
    name: 'two phases share their moments',
    file: 'src/autoencoders/descent.ts',
    find: "letter === 'd' ? name : `${letter}.${name}`",
    replace: "letter === 'd' ? name : name",
    tests: LEARNING,
  },
  {
    name: 'short gradients are lengthened to the clip',
    file: 'src/autoencoders/descent.ts',
    find: 'tf.div(-clip, tf.maximum(length, clip))',
    replace: 'tf.div(-clip, length)',
    tests: GOLDEN,
  },
  {
    name: 'the gradient of a bias is that of one image',
    file: 'src/autoencoders/rules.ts',
    find: 'tf.matMul(tf.ones([1, rows]), dy)',
    replace: 'tf.div(tf.matMul(tf.ones([1, rows]), dy), rows)',
    tests: GOLDEN,
  },
  {
    name: 'every batch has the same noise',
    file: 'src/autoencoders/noise.ts',
    find: 'deriveSeed(deriveSeed(seed, LEARNING), imagesSeen)',
    replace: 'deriveSeed(deriveSeed(seed, LEARNING), 0)',
    tests: LEARNING,
  },
  {
    name: 'a resumed run counts its updates from the beginning',
    file: 'src/autoencoders/open.ts',
    find: "config.optimizer === 'sgd' || moments.size > 0 ? step : 0",
    replace: '0',
    tests: LEARNING,
  },
  {
    name: 'only the loss is looked at for numbers that are not finite',
    file: 'src/autoencoders/learningModel.ts',
    find: 'if (!values.every(Number.isFinite)) {',
    replace: 'if (!Number.isFinite(values[shares])) {',
    tests: LEARNING,
  },
  {
    name: 'inference looks at hidden pixels too',
    file: 'src/autoencoders/completion.ts',
    find: 'tf.sum(tf.mul(crossEntropies(x, logits), mask))',
    replace: 'tf.sum(crossEntropies(x, logits))',
    tests: COMPLETION,
  },
  {
    name: 'inference takes codes to be anywhere, even where they lie about the origin',
    file: 'src/autoencoders/completion.ts',
    find: 'return centred ? tf.add',
    replace: 'return !centred ? tf.add',
    tests: COMPLETION,
  },
  {
    name: 'draws are weighed by q / p',
    file: 'src/autoencoders/codes.ts',
    find: '(eps * eps - z * z) / 2 + logSd',
    replace: '(z * z - eps * eps) / 2 - logSd',
    tests: CODES,
  },
  {
    name: 'the head of the log variance is not counted in the budget',
    file: 'src/autoencoders/config/defaults.ts',
    find: "...common('sgd', 1)",
    replace: "...common('sgd')",
    tests: CONFIG,
  },
];
