import type { Defect } from '../defect.ts';

const SESSION = ['tests/worker/exhibits.test.ts'];
const STORE = ['tests/store/exhibits.test.ts'];
const PICTURE = ['tests/viz/exhibits/twoGaussians.test.ts'];
const SLOT = 'src/worker/exhibits/slot.ts';

/** The hall: how exhibits are run, how they stand in the address, and how they are taken hold of. */
export const defects: readonly Defect[] = [
  {
    name: 'an exhibit that is rewound begins from its first seed again',
    file: SLOT,
    find: 'this.opened = { ...this.opened, seed };',
    replace: 'this.opened = { ...this.opened, seed: this.opened.seed };',
    tests: [...SESSION, ...STORE],
  },
  {
    name: 'a beginning that was replaced by another is shown all the same',
    file: SLOT,
    find: 'if (signal.aborted) return program.close();',
    replace: 'if (signal.aborted) this.latest = program.frame();',
    tests: SESSION,
  },
  {
    name: 'an exhibit that has come to its end runs on',
    file: SLOT,
    find: "if (ended && this.standing !== 'opening') this.stand('ended');",
    replace: "if (ended && this.standing === 'opening') this.stand('ended');",
    tests: SESSION,
  },
  {
    name: 'the page gets a frame again that it has',
    file: SLOT,
    find: 'const frame = have === version ? null : structuredClone(this.latest);',
    replace: 'const frame = have > version ? null : this.latest;',
    tests: SESSION,
  },
  {
    name: 'an act that is pending takes the place of one with another name',
    file: 'src/store/exhibitHand.ts',
    find: 'if (last && kindOf(last) === kindOf(dragged)) waiting.pop();',
    replace: 'if (last?.type === dragged.type) waiting.pop();',
    tests: ['tests/store/exhibitHand.test.ts'],
  },
  {
    name: 'a control that was moved is set after what was asked for later',
    file: 'src/store/exhibitHand.ts',
    find: 'for (const dragged of waiting.splice(0)) void send(dragged);',
    replace: 'if (!isSending) for (const dragged of waiting.splice(0)) void send(dragged);',
    tests: STORE,
  },
  {
    name: 'an address sets a control beyond its ends',
    file: 'src/exhibits/values.ts',
    find: 'value >= control.min && value <= control.max',
    replace: 'value >= control.min && value <= 100 * control.max',
    tests: [...STORE, ...SESSION],
  },
  {
    name: 'an exhibit that is left runs on',
    file: 'src/store/actions/exhibits.ts',
    find: "if (store.getState().exhibitStanding === 'running') void pause();",
    replace: "if (store.getState().exhibitStanding === 'ended') void pause();",
    tests: STORE,
  },
  {
    name: 'a curve jumps to the hand that takes hold of it',
    file: 'src/viz/exhibits/twoGaussians.ts',
    find: 'move: (to) => set(nearest.mean, x.invert(to.x) + held)',
    replace: 'move: (to) => set(nearest.mean, x.invert(to.x) + 0 * held)',
    tests: PICTURE,
  },
  {
    name: 'of miniatures that wait, the one that takes most begins first',
    file: 'src/worker/exhibits/beginnings.ts',
    find: 'const least = Math.min(',
    replace: 'const least = Math.max(',
    tests: ['tests/worker/beginnings.test.ts'],
  },
  {
    name: 'an exhibit hands over the arrays that it still needs',
    file: SLOT,
    find: 'have === version ? null : structuredClone(this.latest)',
    replace: 'have === version ? null : this.latest',
    tests: ['tests/worker/exhibitFrames.test.ts'],
  },
  {
    name: 'miniatures rest at step 0 after their worker has died',
    file: 'src/store/exhibitHall.ts',
    find: 'what.goesOn === null ? begin(slot, what) : beginMiniature(slot, what)',
    replace: 'begin(slot, what)',
    tests: STORE,
  },
  {
    name: 'to reseed an exhibit reseeds the page',
    file: 'src/store/actions/exhibits.ts',
    find: 'setUp({ exhibitseed: (store.getState().setUp.exhibitseed + 1) % 2 ** 31 });',
    replace: 'setUp({ seed: (store.getState().setUp.seed + 1) % 2 ** 31 });',
    tests: STORE,
  },
  {
    name: 'the filter learns A where it is asked for C',
    file: 'src/demonstrations/learntMotion.ts',
    find: "rateA: learns === 'A' ? rate : 0",
    replace: "rateA: learns === 'C' ? rate : 0",
    tests: ['tests/demonstrations/learntMotion.test.ts'],
  },
  {
    name: 'deeper and deeper learns the first depth again',
    file: 'src/demonstrations/deeper.ts',
    find: 'depth > this.layers',
    replace: 'depth >= this.layers',
    tests: ['tests/demonstrations/deeper.test.ts'],
  },
];
