import type { Defect } from '../defect.ts';

const MIXTURE = ['tests/engine/prior/mixture.test.ts'];
const FIT = ['tests/engine/prior/fit.test.ts'];
const MAXIMISE = ['tests/engine/prior/maximise.test.ts'];
const MOMENTS = ['tests/engine/prior/moments.test.ts'];
const KMEANS = ['tests/engine/prior/kmeans.test.ts'];
const LINALG = ['tests/engine/linalg'];

/** The mixture over the top layer, and its linear algebra. */
export const defects: readonly Defect[] = [
  {
    name: 'one of the four sums of two rows with two is that of another pair',
    file: 'src/engine/linalg/cholesky.ts',
    find: 's3 += y * v;',
    replace: 's3 += x * v;',
    tests: LINALG,
  },
  {
    name: 'a pivot that is nothing but rounding passes for positive',
    file: 'src/engine/linalg/cholesky.ts',
    find: 'pivot > least * diagonal &&',
    replace: 'pivot > 0 &&',
    tests: LINALG,
  },
  {
    name: 'log|A| is half of what it should be',
    file: 'src/engine/linalg/cholesky.ts',
    find: 'return 2 * sum;',
    replace: 'return sum;',
    tests: LINALG,
  },
  {
    name: 'an inverse with its factors multiplied the wrong way round',
    file: 'src/engine/linalg/cholesky.ts',
    find: 'dots(upper, i * n + i, upper, j * n + i, n, n - i)',
    replace: 'dots(upper, i * n + j, upper, j * n + j, n, n - i)',
    tests: LINALG,
  },
  {
    name: 'a matrix of an odd size gets a row of zeros beside it',
    file: 'src/engine/linalg/cholesky.ts',
    find: '  larger[size * size - 1] = 1;\n',
    replace: '',
    tests: LINALG,
  },
  {
    name: 'log|Σ| enters a log density with the wrong sign',
    file: 'src/engine/prior/gaussian.ts',
    find: '(size * Math.log(2 * Math.PI) + logDet) / 2',
    replace: '(size * Math.log(2 * Math.PI) - logDet) / 2',
    tests: MIXTURE,
  },
  {
    name: 'components are left out that still matter',
    file: 'src/engine/prior/density.ts',
    find: 'const MARGIN = 20;',
    replace: 'const MARGIN = 2;',
    tests: MIXTURE,
  },
  {
    name: 'the bound that leaves components out forgets the half of ½‖y‖²',
    file: 'src/engine/prior/density.ts',
    find: 'constant - bounds[k]![i]! / 2',
    replace: 'constant - bounds[k]![i]!',
    tests: MIXTURE,
  },
  {
    name: 'a draw from a full mixture leaves out the diagonal',
    file: 'src/engine/prior/mixture.ts',
    find: 'for (let j = 0; j <= i; j++) value +=',
    replace: 'for (let j = 0; j < i; j++) value +=',
    tests: MIXTURE,
  },
  {
    name: 'draws take the components without their weights',
    file: 'src/engine/prior/mixture.ts',
    find: 'left >= weights[k]!) left -= weights[k++]!',
    replace: 'left >= 1 / components) left -= 1 / components + 0 * k++',
    tests: MIXTURE,
  },
  {
    name: 'the factors of a draw are taken from the wrong neuron',
    file: 'src/engine/prior/mixture.ts',
    find: 'loadings[neuron * rank + f]! * factors[f]!',
    replace: 'loadings[i * rank + f]! * factors[f]!',
    tests: MIXTURE,
  },
  {
    name: 'compacting loses the variance that factors explain',
    file: 'src/engine/prior/compact.ts',
    find: 'Math.max(variance - shared, LEAST_UNIQUE * variance)',
    replace: 'Math.max(variance - 2 * shared, LEAST_UNIQUE * variance)',
    tests: MIXTURE,
  },
  {
    name: 'shrinkage s and 1 − s are swapped',
    file: 'src/engine/prior/maximise.ts',
    find: '*= 1 - shrinkage;',
    replace: '*= shrinkage;',
    tests: MAXIMISE,
  },
  {
    name: 'the ridge is left out of full covariances',
    file: 'src/engine/prior/maximise.ts',
    find: 'covariance[i * size + i]! += ridge;',
    replace: 'covariance[i * size + i]! += 0;',
    tests: MAXIMISE,
  },
  {
    name: 'a Gaussian that is split gives its whole mass to the new one',
    file: 'src/engine/prior/maximise.ts',
    find: 'gaussians.push({ mass: mass / 2,',
    replace: 'gaussians.push({ mass,',
    tests: MAXIMISE,
  },
  {
    name: 'later pieces of a covariance take the responsibilities of the first',
    file: 'src/engine/prior/moments.ts',
    find: 'share.responsibilities[start + i]!',
    replace: 'share.responsibilities[i]!',
    tests: MOMENTS,
  },
  {
    name: 'variances are not divided by the mass',
    file: 'src/engine/prior/moments.ts',
    find: 'variances[j]! += weight * (',
    replace: 'variances[j]! += share.responsibilities[i]! * (',
    tests: MOMENTS,
  },
  {
    name: 'k-means++ takes the distance from the latest centre, not the nearest',
    file: 'src/engine/prior/kmeans.ts',
    find: 'nearest[n] = Math.min(nearest[n]!, distance)',
    replace: 'nearest[n] = distance',
    tests: KMEANS,
  },
  {
    name: 'k-means forgets half of ‖c‖²',
    file: 'src/engine/prior/kmeans.ts',
    find: 'tf.sum(tf.square(c), 1), 0.5)',
    replace: 'tf.sum(tf.square(c), 1), 0.1)',
    tests: KMEANS,
  },
  {
    name: 'k-means++ draws by the squared distance of the point before',
    file: 'src/engine/prior/kmeans.ts',
    find: '    last = n;\n    target -= shares[n]!;\n    if (target < 0) break;',
    replace: '    target -= shares[n]!;\n    if (target < 0) break;\n    last = n;',
    tests: KMEANS,
  },
  {
    name: 'a centre moves to the sum of its points over one too many',
    file: 'src/engine/prior/kmeans.ts',
    find: 'sums[c * size + j]! / points;',
    replace: 'sums[c * size + j]! / (points + 1);',
    tests: KMEANS,
  },
  {
    name: 'the lightest Gaussian is split',
    file: 'src/engine/prior/maximise.ts',
    find: 'mass > gaussians[best]!.mass',
    replace: 'mass < gaussians[best]!.mass',
    tests: MAXIMISE,
  },
  {
    name: 'weights are not divided by the mass of all',
    file: 'src/engine/prior/em.ts',
    find: '({ mass }) => mass / total)',
    replace: '({ mass }) => mass / gaussians.length / total)',
    tests: FIT,
  },
  {
    name: 'a point answers to the next Gaussian',
    file: 'src/engine/prior/em.ts',
    find: 'shares[k]!.points.push(n);\n      shares[k]!.responsibilities.push(r);',
    replace:
      'shares[(k + 1) % shares.length]!.points.push(n);\n      shares[k]!.responsibilities.push(r);',
    tests: FIT,
  },
  {
    name: 'a fit ends in the iteration that reseeded',
    file: 'src/engine/prior/fit.ts',
    find: 'gain < tolerance && step.collapses.length === 0;',
    replace: 'gain < tolerance || step.collapses.length > 0;',
    tests: FIT,
  },
];
