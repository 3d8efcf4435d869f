import type { Defect } from '../defect.ts';

const PCA = ['tests/engine/latents/pca.test.ts'];
const NEAR = ['tests/engine/latents/neighbours.test.ts'];
const MIXTURE = ['tests/engine/prior/mixture.test.ts'];
const WORKER = ['tests/worker/latents.test.ts'];
const STORE = ['tests/store/latents.test.ts'];
const VIZ = ['tests/viz/latentMap.test.ts'];

/** Maps of codes, samples, walks, the nearest training image. */
export const defects: readonly Defect[] = [
  {
    name: 'the axis of least variance comes first',
    file: 'src/engine/latents/pca.ts',
    find: 'realEigenvalues[b]! - realEigenvalues[a]!',
    replace: 'realEigenvalues[a]! - realEigenvalues[b]!',
    tests: PCA,
  },
  {
    name: 'the sign of an axis is as it comes',
    file: 'src/engine/latents/pca.ts',
    find: 'largest < 0 ?',
    replace: 'largest > 2 ?',
    tests: PCA,
  },
  {
    name: 'codes are not centred before their covariance',
    file: 'src/engine/latents/pca.ts',
    find: '/ N - mean[i]! * mean[j]!',
    replace: '/ N',
    tests: PCA,
  },
  {
    name: 'distances lack the length of the rows',
    file: 'src/engine/latents/neighbours.ts',
    find: 'tf.transpose(x)))), lengths(x))',
    replace: 'tf.transpose(x)))), 0)',
    tests: NEAR,
  },
  {
    name: 'a row finds itself',
    file: 'src/engine/latents/neighbours.ts',
    find: '&& from + j !== not?.[i]',
    replace: '',
    tests: NEAR,
  },
  {
    name: 'temperature squares',
    file: 'src/engine/prior/mixture.ts',
    find: 'temperature * rng.normal()',
    replace: 'temperature ** 2 * rng.normal()',
    tests: MIXTURE,
  },
  {
    name: 'one Gaussian is asked for, all are drawn from',
    file: 'src/engine/prior/mixture.ts',
    find: 'draw(component ?? k,',
    replace: 'draw(k,',
    tests: MIXTURE,
  },
  {
    name: 'a walk goes the other way',
    file: 'src/engine/latents/walk.ts',
    find: '(1 - t) * from[i]! + t * to[i]!',
    replace: 't * from[i]! + (1 - t) * to[i]!',
    tests: WORKER,
  },
  {
    name: 'a drawing is placed on the map without the mean',
    file: 'src/protocol/latents.ts',
    find: '(code[i]! - mean[i]!)',
    replace: 'code[i]!',
    tests: WORKER,
  },
  {
    name: 'a drawing lies in the middle of its neighbours, however near one is',
    file: 'src/protocol/latents.ts',
    find: 'const weight = 1 /',
    replace: 'const weight = 0 * distance + 1 || 1 /',
    tests: WORKER,
  },
  {
    name: 'codes of other settings pass for those of now',
    file: 'src/worker/latents/mapper.ts',
    find: 'coded.config === network.model.config',
    replace: 'coded.config !== null',
    tests: WORKER,
  },
  {
    name: 'the nearest image is nearest to itself',
    file: 'src/worker/latents/nearest.ts',
    find: 'await find(nearest.picture, [nearest.index])',
    replace: 'await find(nearest.picture)',
    tests: WORKER,
  },
  {
    name: 'a Gaussian of a prior that is no more is asked for',
    file: 'src/store/actions/sampling.ts',
    find: 'prior?.version === weightsVersion ? component : null',
    replace: 'component',
    tests: STORE,
  },
  {
    name: 'a map of other synapses passes for one of now',
    file: 'src/store/latents.ts',
    find: 'latentMap.version !== weightsVersion',
    replace: 'latentMap.version > weightsVersion',
    tests: STORE,
  },
  {
    name: 'the map stands on its head',
    file: 'src/viz/latentMap.ts',
    find: 'height / 2 - scale * (value - y.middle)',
    replace: 'height / 2 + scale * (value - y.middle)',
    tests: VIZ,
  },
  {
    name: 'the arrow upwards leads down',
    file: 'src/viz/latentMap.ts',
    find: 'ArrowUp: [0, 1]',
    replace: 'ArrowUp: [0, -1]',
    tests: VIZ,
  },
  {
    name: 'a prior is fitted for whoever only looks in',
    file: 'src/store/sampleFirst.ts',
    find: 'model?.hasPrior !== true',
    replace: 'model === null',
    tests: ['tests/store/sampleFirst.test.ts'],
  },
  {
    name: 'samples that were refused are asked for again and again',
    file: 'src/store/sampleFirst.ts',
    find: 'if (which === asked) return;',
    replace: 'asked = null;',
    tests: ['tests/store/sampleFirst.test.ts'],
  },
];
