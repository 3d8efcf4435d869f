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
    name: 'a term is that of the layer below',
    file: 'src/protocol/frame.ts',
    find: 'sections[neuron.layer - 1]',
    replace: 'sections[Math.max(0, neuron.layer - 2)]',
    tests: FRAME,
  },
  {
    name: 'terms are those of the first frame',
    file: 'src/protocol/frame.ts',
    find: 'frames[index * layout.stride + section.offset + neuron.index]!',
    replace: 'frames[section.offset + neuron.index]!',
    tests: FRAME,
  },
  {
    name: 'nothing moves is shown as −0',
    file: 'src/protocol/frame.ts',
    find: '0 + value(layout[name])',
    replace: 'value(layout[name])',
    tests: FRAME,
  },
  {
    name: 'sections overlap',
    file: 'src/protocol/frame.ts',
    find: 'const active = section(hidden.length);',
    replace: 'const active = section(hidden.length);\n  offset -= 1;',
    tests: FRAME,
  },
];
