import type { Defect } from '../defect.ts';

const BELIEFS = ['tests/ngc/beliefs.test.ts'];
const IMAGINE = ['tests/ngc/imagine.test.ts'];
const SAMPLE = 'src/ngc/sample.ts';

/** What layers believe, how far states move, imaginings. */
export const defects: readonly Defect[] = [
  {
    name: 'what is sent down forgets the layer two above',
    file: SAMPLE,
    find: 'twoAbove = above;',
    replace: 'twoAbove = undefined;',
    tests: BELIEFS,
  },
  {
    name: 'silent neurons pass on what comes down',
    file: SAMPLE,
    find: 'const alive = blocks?.alive[k];',
    replace: 'const alive = blocks?.alive[k + 99];',
    tests: BELIEFS,
  },
  {
    name: 'a start takes an activity for a state',
    file: SAMPLE,
    find: 'phi.inverse(withinRange(activation, topActivity))',
    replace: 'withinRange(activation, topActivity)',
    tests: IMAGINE,
  },
  {
    name: 'the layer that moves least says how far states move',
    file: 'src/ngc/movement.ts',
    find: 'moved <= most ? most : moved',
    replace: 'moved > most ? most : moved',
    tests: BELIEFS,
  },
  {
    name: 'the worst fitting imagining comes first',
    file: 'src/engine/imaginings.ts',
    find: 'seen[b]! - seen[a]!',
    replace: 'seen[a]! - seen[b]!',
    tests: IMAGINE,
  },
  {
    name: 'imaginings are weighted by how badly they fit',
    file: 'src/engine/imaginings.ts',
    find: 'Math.exp(nats - best)',
    replace: 'Math.exp(best - nats)',
    tests: IMAGINE,
  },
  {
    name: 'imaginings are judged by hidden pixels too',
    file: 'src/ngc/imagine.ts',
    find: 'logLikelihood(images, mu[0]!, masks)',
    replace: 'logLikelihood(images, mu[0]!)',
    tests: IMAGINE,
  },
];
