import type { Defect } from '../defect.ts';

const VIZ = ['tests/viz'];

/** Geometry, colours, painters. */
export const defects: readonly Defect[] = [
  {
    name: 'a heatmap is mirrored within its blocks',
    file: 'src/viz/heatmap.ts',
    find: '* perBlock + (i % group)',
    replace: '* perBlock + (group - 1 - (i % group))',
    tests: VIZ,
  },
  {
    name: 'the blocks of a heatmap all show the first',
    file: 'src/viz/heatmap.ts',
    find: 'index * block[1],',
    replace: '0,',
    tests: VIZ,
  },
  {
    name: 'neurons that are alone compete',
    file: 'src/viz/heatmap.ts',
    find: 'sum * sum - squares',
    replace: 'sum * sum',
    tests: VIZ,
  },
  {
    name: 'a picture is shifted by a pixel',
    file: 'src/viz/picture.ts',
    find: 'colours[i] = colourOf',
    replace: 'colours[i + 1] = colourOf',
    tests: VIZ,
  },
  {
    name: 'rows and columns of a picture are swapped under the pointer',
    file: 'src/viz/picture.ts',
    find: '? row * side + column',
    replace: '? column * side + row',
    tests: VIZ,
  },
  {
    name: 'the boundary of what is seen stands a pixel too far left',
    file: 'src/viz/picture.ts',
    find: 'context.lineTo((column + 1) * cell, (row + 1) * cell);\n      }\n      if',
    replace: 'context.lineTo(column * cell, (row + 1) * cell);\n      }\n      if',
    tests: VIZ,
  },
  {
    name: 'red and blue are swapped',
    file: 'src/viz/colour.ts',
    find: 'pack([r(level), g(level), b(level)])',
    replace: 'pack([b(level), g(level), r(level)])',
    tests: VIZ,
  },
  {
    name: 'colours run from high to low',
    file: 'src/viz/scales.ts',
    find: '(value - low) / (high - low)',
    replace: '(high - value) / (high - low)',
    tests: VIZ,
  },
  {
    name: 'the scale of an episode is that of its newest frames',
    file: 'src/viz/frameScales.ts',
    find: ': wider(held[quantity][layer] ?? NOWHERE, farthest(fresh, quantity, layer)),',
    replace: ': farthest(fresh, quantity, layer),',
    tests: VIZ,
  },
  {
    name: 'the larger a message, the slower it travels',
    file: 'src/viz/messages.ts',
    find: 'SLOWEST + (1 - SLOWEST) *',
    replace: '1 - (1 - SLOWEST) *',
    tests: VIZ,
  },
  {
    name: 'a column lies beside its place',
    file: 'src/viz/columns.ts',
    find: '(within % block[0]) * cell',
    replace: '(within % block[1]) * cell',
    tests: VIZ,
  },
  {
    name: 'the gap between blocks belongs to a neuron',
    file: 'src/viz/columns.ts',
    find: 'if (column >= block[0] || row >= block[1]) return null;',
    replace: '',
    tests: VIZ,
  },
  {
    name: 'the terms of a sum all start at nothing',
    file: 'src/viz/waterfall.ts',
    find: 'const from = sum;',
    replace: 'const from = 0;',
    tests: VIZ,
  },
];
