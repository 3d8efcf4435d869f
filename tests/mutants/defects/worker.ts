import type { Defect } from '../defect.ts';

const SESSION = [
  'tests/worker/meddling.test.ts',
  'tests/worker/live.test.ts',
  'tests/worker/session.test.ts',
];

/** The session, and what a frame tells. */
export const defects: readonly Defect[] = [
  {
    name: 'a frame tells the change without its leak',
    file: 'src/worker/frames.ts',
    find: 'const change = stateChange(terms, z);',
    replace: 'const change = stateChange({ ...terms, leak: null }, z);',
    tests: SESSION,
  },
  {
    name: 'a frame tells where states would go in a whole step',
    file: 'src/worker/frames.ts',
    find: 'next: moveStates(z, change, beta)',
    replace: 'next: moveStates(z, change, 1)',
    tests: SESSION,
  },
  {
    name: 'terms and lateral are told in each other’s place',
    file: 'src/worker/frames.ts',
    find: 'bottomUp: orNone(terms.bottomUp)',
    replace: 'bottomUp: orNone(terms.lateral)',
    tests: SESSION,
  },
  {
    name: 'a rewound network goes on where it stood in the data',
    file: 'src/worker/network.ts',
    find: "origin.kind === 'seed'\n      ? Network.fresh",
    replace: "origin.kind !== 'seed'\n      ? Network.fresh",
    tests: SESSION,
  },
  {
    name: 'a live episode never rests',
    file: 'src/worker/inputEpisode.ts',
    find: 'this.movement < SETTLED ||',
    replace: 'this.movement < 0 * SETTLED ||',
    tests: SESSION,
  },
  {
    name: 'a step by hand after the end goes on for T steps',
    file: 'src/worker/inputDriver.ts',
    find: 'this.goOn(1);',
    replace: 'this.goOn();',
    tests: SESSION,
  },
  {
    name: 'the drawing is completed by the paper’s rule whatever was asked for',
    file: 'src/worker/inputEpisode.ts',
    find: '...{ mask, how, states, lesions:',
    replace: "...{ mask, how: 'eq19', states, lesions:",
    tests: ['tests/worker/completion.test.ts'],
  },
  {
    name: 'surprise falls as the picture gets less likely',
    file: 'src/ngc/surprise.ts',
    find: 'tf.neg(logLikelihood(z[0]!, mu[0]!, mask))',
    replace: 'logLikelihood(z[0]!, mu[0]!, mask)',
    tests: ['tests/worker/surprise.test.ts'],
  },
  {
    name: 'what is imagined counts as surprise',
    file: 'src/ngc/surprise.ts',
    find: 'tf.neg(logLikelihood(z[0]!, mu[0]!, mask))',
    replace: 'tf.neg(logLikelihood(z[0]!, mu[0]!))',
    tests: ['tests/worker/surprise.test.ts'],
  },
  {
    name: 'held-out images are looked at whole, whatever is hidden of the drawing',
    file: 'src/worker/surprise.ts',
    find: 'mask: seen,',
    replace: 'mask: null,',
    tests: ['tests/worker/surprise.test.ts'],
  },
  {
    name: 'an update taken back keeps the moments it made',
    file: 'src/ngc/memento.ts',
    find: 'if (!optimizer.has(moment))',
    replace: 'if (optimizer.has(moment))',
    tests: ['tests/worker/handUpdates.test.ts'],
  },
  {
    name: 'an update taken back keeps the precisions it left',
    file: 'src/ngc/memento.ts',
    find: 'of [...parameters, ...optimizer]',
    replace: 'of [...parameters]',
    tests: ['tests/worker/handUpdates.test.ts'],
  },
  {
    name: 'an update after one that was taken back passes for it',
    file: 'src/worker/network.ts',
    find: 'this.version = ++this.newest;',
    replace: 'this.version++;',
    tests: ['tests/worker/handUpdates.test.ts'],
  },
  {
    name: 'the network beside is cut like the one on show',
    file: 'src/worker/comparison.ts',
    find: '{ ...manner, lesions }',
    replace: 'manner',
    tests: ['tests/worker/inspection.test.ts'],
  },
  {
    name: 'a pace is told while training rests',
    file: 'src/worker/trainingRun.ts',
    find: 'imagesPerSecond: running && over',
    replace: 'imagesPerSecond: over',
    tests: SESSION,
  },
  {
    name: 'the validation BCE has the date of now',
    file: 'src/worker/trainingRun.ts',
    find: 'measured: found && { at: found.at',
    replace: 'measured: found && { at: this.imagesSeen',
    tests: SESSION,
  },
];
