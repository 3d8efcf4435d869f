import type { Defect } from '../defect.ts';

const PARITY = ['tests/pool/parity.test.ts'];
const POOL = ['tests/pool/pool.test.ts'];

/** Rows shared out over workers. */
export const defects: readonly Defect[] = [
  {
    name: 'the last image of a batch belongs to nobody',
    file: 'src/pool/blocks.ts',
    find: 'Math.floor((i * rows) / count)',
    replace: 'Math.floor((i * (rows - 1)) / count)',
    tests: PARITY,
  },
  {
    name: 'rows are stacked over each other',
    file: 'src/pool/blocks.ts',
    find: 'offset += block.data.length;',
    replace: 'offset += 0;',
    tests: PARITY,
  },
  {
    name: 'what the last member saw is not added',
    file: 'src/pool/blocks.ts',
    find: 'for (const other of others) {',
    replace: 'for (const other of others.slice(1)) {',
    tests: PARITY,
  },
  {
    name: 'members keep the synapses they were first given',
    file: 'src/pool/synapses.ts',
    find: 'held.get(name) !== tensor.id',
    replace: 'held.get(name) === undefined',
    tests: POOL,
  },
  {
    name: 'settings are those of the beginning of a batch',
    file: 'src/pool/service.ts',
    find: '        model.config = order.config;\n        await settling.advance',
    replace: '        await settling.advance',
    tests: POOL,
  },
  {
    name: 'a lesion reaches only the episode’s own books',
    file: 'src/pool/service.ts',
    find: 'await settling.lesion(order.lesions);',
    replace: 'await settling.lesion(null);',
    tests: PARITY,
  },
  {
    name: 'one image that diverges is learnt from',
    file: 'src/pool/settling.ts',
    find: 'if (!reports.every(({ finite }) => finite))',
    replace: 'if (!reports.some(({ finite }) => finite))',
    tests: POOL,
  },
  {
    name: 'an episode that goes on without its members forgets the steps it had made',
    file: 'src/pool/past.ts',
    find: 'await settling.advance(deed.count);',
    replace: 'await settling.advance(1);',
    tests: POOL,
  },
  {
    name: 'a summary counts every part alike',
    file: 'src/ngc/summary.ts',
    find: 'value(summary) * (rows / total)',
    replace: 'value(summary) / parts.length',
    tests: PARITY,
  },
  {
    name: 'a member that computes more slowly keeps it to itself',
    file: 'src/pool/crew.ts',
    find: '(sentence) => this.recruiting.onSaid?.(sentence),',
    replace: '() => undefined,',
    tests: ['tests/runtime/backends.test.ts'],
  },
  {
    name: 'what owner and members say alike is told again and again',
    file: 'src/runtime/backends.ts',
    find: 'if (!said.has(sentence)) onLost',
    replace: 'onLost',
    tests: ['tests/runtime/backends.test.ts'],
  },
];
