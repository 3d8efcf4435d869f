import type { Defect } from '../defect.ts';

const UNDO = ['tests/store/undo.test.ts'];
const OCCLUSION = ['tests/store/occlusion.test.ts'];
const ADDRESS = ['tests/store/urlState.test.ts'];
const EPISODE = ['tests/store/episode.test.ts', 'tests/store/replay.test.ts'];
const COMPOSITION = ['tests/store/composition.test.ts'];
const LOCALITY = ['tests/store/locality.test.ts'];

/** Undo, occlusion, the address, episodes, compositions. */
export const defects: readonly Defect[] = [
  {
    name: 'redo goes to the last thing undone first',
    file: 'src/store/undo.ts',
    find: 'future: [history.present, ...history.future]',
    replace: 'future: [...history.future, history.present]',
    tests: UNDO,
  },
  {
    name: 'one step fewer can be undone',
    file: 'src/store/undo.ts',
    find: 'slice(-UNDO_LEVELS)',
    replace: 'slice(1 - UNDO_LEVELS)',
    tests: UNDO,
  },
  {
    name: 'the left half is a column too wide',
    file: 'src/store/occlusion.ts',
    find: 'left: (_, column) => column < HALF',
    replace: 'left: (_, column) => column <= HALF',
    tests: OCCLUSION,
  },
  {
    name: 'top and bottom are swapped',
    file: 'src/store/occlusion.ts',
    find: 'top: (row) => row < HALF',
    replace: 'top: (row) => row >= HALF',
    tests: OCCLUSION,
  },
  {
    name: 'the occlusion brush is half a pixel off',
    file: 'src/store/occlusion.ts',
    find: '(i % SIDE) + 0.5 - x',
    replace: '(i % SIDE) - x',
    tests: OCCLUSION,
  },
  {
    name: 'the error of the seen pixels counts as that of the hidden',
    file: 'src/store/occlusion.ts',
    find: '(i) => mask[i] !== 1',
    replace: '(i) => mask[i] === 1',
    tests: OCCLUSION,
  },
  {
    name: 'the largest seed is refused',
    file: 'src/store/urlState.ts',
    find: 'value <= LARGEST_SEED',
    replace: 'value < LARGEST_SEED',
    tests: ADDRESS,
  },
  {
    name: 'speeds below the slowest are taken',
    file: 'src/store/urlState.ts',
    find: 'value >= 0.25 &&',
    replace: 'value >= 0 &&',
    tests: ADDRESS,
  },
  {
    name: 'an address without the essentials',
    file: 'src/store/urlState.ts',
    find: 'setUp[key] === usual && !always',
    replace: 'setUp[key] === usual',
    tests: ADDRESS,
  },
  {
    name: 'frames after a gap are taken',
    file: 'src/store/episode.ts',
    find: '} else if (update.from > received.frames) return;',
    replace: '} else if (update.from > received.frames + 1) return;',
    tests: EPISODE,
  },
  {
    name: 'what is on show moves when old frames are forgotten',
    file: 'src/store/episode.ts',
    find: 'Math.min(shown - forgotten, count() - 1)',
    replace: 'Math.min(shown, count() - 1)',
    tests: EPISODE,
  },
  {
    name: 'a frame of the first kept step is forgotten',
    file: 'src/store/recording.ts',
    find: 'step >= firstStep',
    replace: 'step > firstStep',
    tests: EPISODE,
  },
  {
    name: 'a step that comes again is held twice',
    file: 'src/store/recording.ts',
    find: '(step) => step >= first)',
    replace: '(step) => step > first)',
    tests: EPISODE,
  },
  {
    name: 'causes are read along the wrong axis',
    file: 'src/store/composition.ts',
    find: 'i * synapses.columns + index',
    replace: 'index * synapses.columns + i',
    tests: COMPOSITION,
  },
  {
    name: 'the strongest negative parts come last',
    file: 'src/store/composition.ts',
    find: 'Math.abs(b.strength) - Math.abs(a.strength)',
    replace: 'b.strength - a.strength',
    tests: COMPOSITION,
  },
  {
    name: 'what layer 2 adds to the pixels is left out of the whole',
    file: 'src/store/composition.ts',
    find: '    add(sum, far, 1);\n',
    replace: '',
    tests: COMPOSITION,
  },
  {
    name: 'backpropagation needs a layer fewer',
    file: 'src/store/locality.ts',
    find: 'for (let k = 1; k < to; k++) {',
    replace: 'for (let k = 2; k < to; k++) {',
    tests: LOCALITY,
  },
  {
    name: 'an empty page passes for the most usual picture',
    file: 'src/store/surprise.ts',
    find: "if (nats < least * (1 - ROUNDING)) return 'emptier';",
    replace: "if (nats < least * (1 - ROUNDING)) return 'usual';",
    tests: ['tests/store/surprise.test.ts'],
  },
  {
    name: 'a picture is held against images under another β',
    file: 'src/store/surprise.ts',
    find: 'same(scale.steering, steering) &&',
    replace: '',
    tests: ['tests/store/surprise.test.ts'],
  },
  {
    name: 'the steps since a cut are counted from the start',
    file: 'src/store/beside.ts',
    find: 'since: stepAt(shown) - stepAt(first)',
    replace: 'since: stepAt(shown)',
    tests: ['tests/store/beside.test.ts'],
  },
  {
    name: 'everything is painted again with every look at the engine',
    file: 'src/store/episode.ts',
    find: 'if (latest !== before) changed.emit();',
    replace: 'changed.emit();',
    tests: ['tests/store/episode.test.ts'],
  },
  {
    name: 'what is said of an episode without a frame is not heard',
    file: 'src/store/recording.ts',
    find: ' && info === recording.info',
    replace: '',
    tests: ['tests/store/episode.test.ts'],
  },
  {
    name: 'a training is looked at with every frame of the page',
    file: 'src/store/pump.ts',
    find: 'idle: 120, training: 50',
    replace: 'idle: 120',
    tests: ['tests/store/appFrames.test.ts'],
  },
];
