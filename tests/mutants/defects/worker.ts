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
    find: '...{ mask, how, lesions:',
    replace: "...{ mask, how: 'eq19', lesions:",
    tests: ['tests/worker/completion.test.ts'],
  },
];
