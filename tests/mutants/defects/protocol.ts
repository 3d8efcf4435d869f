import type { Defect } from '../defect.ts';

const FRAME = ['tests/protocol'];

/** The layout of a frame, and what is read from it. */
export const defects: readonly Defect[] = [
  {
    name: 'frames are read one after the other without their stride',
    file: 'src/protocol/frame.ts',
    find: 'index * layout.stride + section.offset;',
    replace: 'index * section.length + section.offset;',
    tests: FRAME,
  },
  {
    name: 'competition is shown with the sign it is subtracted with',
    file: 'src/protocol/frame.ts',
    find: '0 - value(layout.lateral[layer - 1])',
    replace: 'value(layout.lateral[layer - 1])',
    tests: FRAME,
  },
  {
    name: 'the error of the layer below pulls from above',
    file: 'src/protocol/frame.ts',
    find: 'value(layout.errors[layer])',
    replace: 'value(layout.errors[layer - 1])',
    tests: FRAME,
  },
  {
    name: 'leak acts on the activity and not on the state',
    file: 'src/protocol/frame.ts',
    find: '0 - gamma * z',
    replace: '0 - gamma * value(layout.states[layer - 1])',
    tests: FRAME,
  },
  {
    name: 'a silent neuron is moved by its error neuron',
    file: 'src/protocol/frame.ts',
    find: 'const topDown = silent ? 0 : 0 -',
    replace: 'const topDown = 0 -',
    tests: FRAME,
  },
  {
    name: 'the next state forgets β',
    file: 'src/protocol/frame.ts',
    find: 'next: z + beta * change',
    replace: 'next: z + change',
    tests: FRAME,
  },
];
