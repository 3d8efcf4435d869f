import type { Defect } from '../defect.ts';

const CELLS = ['tests/experiments/cells.test.ts'];
const LAYERS = ['tests/experiments/layers.test.ts'];
const STRANGERS = ['tests/lab/strangers.test.ts'];
const NEARING = ['tests/lab/nearing.test.ts'];
const RECALLING = ['tests/lab/recalling.test.ts'];

/** The Lab's experiments on predictive coding: what is claimed, trained and measured. */
export const defects: readonly Defect[] = [
  {
    name: 'what is claimed at one point of an axis stands at all of them',
    file: 'src/experiments/printed.ts',
    find: 'printed.point === point &&',
    replace: '(printed.point === point || point !== null) &&',
    tests: LAYERS,
  },
  {
    name: 'numbers that are claimed at points stand one point further',
    file: 'src/experiments/claimed.ts',
    find: 'mean: values[i]!',
    replace: 'mean: values[(i + 1) % values.length]!',
    tests: LAYERS,
  },
  {
    name: 'a deep network has a layer too few',
    file: 'src/experiments/list/predictive/depth.ts',
    find: 'layers - 1',
    replace: 'layers - 2',
    tests: CELLS,
  },
  {
    name: 'the doubt of a classifier has the wrong sign',
    file: 'src/engine/measures/energy.ts',
    find: 'tf.neg(tf.max(tf.softmax(odds), 1))',
    replace: 'tf.max(tf.softmax(odds), 1)',
    tests: STRANGERS,
  },
  {
    name: 'only the first set is tried, whether or not it can be had',
    file: 'src/lab/strangeSets.ts',
    find: 'for (const set of strangers)',
    replace: 'for (const set of strangers.slice(0, 1))',
    tests: STRANGERS,
  },
  {
    name: 'of half a memory the wrong half stays',
    file: 'src/lab/recalling.ts',
    find: '(p < pixels / 2 ? 1 : 0)',
    replace: '(p < pixels / 2 ? 0 : 1)',
    tests: RECALLING,
  },
  {
    name: 'what is recalled is the nearer to its image, the nearer it is to another one',
    file: 'src/engine/measures/recall.ts',
    find: 'nearest = j === i || apart(i, j) > own',
    replace: 'nearest = j === i || apart(i, j) <= own',
    tests: RECALLING,
  },
  {
    name: 'what the output’s variance multiplies is left out of the comparison with backpropagation',
    file: 'src/predictive/network/classifier.ts',
    find: 'compareToBackprop(network, x, y, outputVariance)',
    replace: 'compareToBackprop(network, x, y, 1)',
    tests: NEARING,
  },
];
