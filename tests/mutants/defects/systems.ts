import type { Defect } from '../defect.ts';

const GAUSSIANS = ['tests/predictive/gaussians.test.ts'];
const FREE_ENERGY = ['tests/predictive/freeEnergy.test.ts'];
const LANDSCAPE = ['tests/predictive/landscape.test.ts'];
const SPRINGS = ['tests/predictive/springs.test.ts'];
const VARIANCE = ['tests/predictive/variance.test.ts'];
const SAMPLING = ['tests/predictive/sampling.test.ts'];
const KALMAN = ['tests/predictive/kalman.test.ts'];

/** The small systems of predictive coding: two Gaussians, free energy, two weights, springs, a variance, a sample, the Kalman filter. */
export const defects: readonly Defect[] = [
  {
    name: 'the divergence is measured in the width of p',
    file: 'src/predictive/gaussians.ts',
    find: '(2 * q.sd ** 2);',
    replace: '(2 * p.sd ** 2);',
    tests: GAUSSIANS,
  },
  {
    name: 'the mean of g² forgets part of the width',
    file: 'src/predictive/freeEnergy.ts',
    find: '6 * m ** 2 * v + 3 * v ** 2',
    replace: '6 * m ** 2 * v + v ** 2',
    tests: FREE_ENERGY,
  },
  {
    name: 'the landscape’s output error is not divided by its variance',
    file: 'src/predictive/landscape.ts',
    find: 'const e1 = (y - theta1 * phi) / k;',
    replace: 'const e1 = y - theta1 * phi;',
    tests: LANDSCAPE,
  },
  {
    name: 'a spring pulls the neuron before it by the wrong weight',
    file: 'src/predictive/springs.ts',
    find: '(l < w.length ? e[l]! * w[l]! : 0)',
    replace: '(l < w.length ? e[l]! : 0)',
    tests: SPRINGS,
  },
  {
    name: 'the energy at rest counts the first weight too',
    file: 'src/predictive/springs.ts',
    find: 'w.slice(1).reverse()',
    replace: 'w.slice(0).reverse()',
    tests: SPRINGS,
  },
  {
    name: 'of two resting variances the lower is taken for the stable one',
    file: 'src/predictive/variance.ts',
    find: 'settledRoots(residualVariance, w)?.[1]',
    replace: 'settledRoots(residualVariance, w)?.[0]',
    tests: VARIANCE,
  },
  {
    name: 'noise of a sample grows with the step and not with its root',
    file: 'src/predictive/sampling.ts',
    find: 'Math.sqrt(2 * rate * temperature) * xi',
    replace: '2 * rate * temperature * xi',
    tests: SAMPLING,
  },
  {
    name: 'the filter trusts the measurement where it should trust the prediction',
    file: 'src/predictive/kalman/predictive.ts',
    find: 'mmul(measurementError).sub(stateError)',
    replace: 'mmul(measurementError).add(stateError)',
    tests: KALMAN,
  },
  {
    name: 'A learns from what is believed now',
    file: 'src/predictive/kalman/learning.ts',
    find: 'after.stateError.mmul(before.mean.transpose())',
    replace: 'after.stateError.mmul(after.mean.transpose())',
    tests: ['tests/predictive/systemsGolden.test.ts'],
  },
  {
    name: 'a held inner neuron of the springs is not let go',
    file: 'src/demonstrations/springs.ts',
    find: "if (name === 'release') return void (byHand = null);",
    replace: "if (name === 'release') return;",
    tests: ['tests/demonstrations/springs.test.ts'],
  },
];
