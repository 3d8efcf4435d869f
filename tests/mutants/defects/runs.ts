import type { Defect } from '../defect.ts';

const RUNS = ['tests/worker/runs.test.ts'];
const COMPARISON = ['tests/store/comparison.test.ts'];
const PAGE = ['tests/store/runs.test.ts'];

/** Trainings that are kept: what is kept of them, whose they are, and how they are compared. */
export const defects: readonly Defect[] = [
  {
    name: 'a run that is taken up forgets what was measured last',
    file: 'src/worker/trainingRun.ts',
    find: 'this.found = before.measured;',
    replace: 'this.found = null;',
    tests: RUNS,
  },
  {
    name: 'a run that is taken up counts its updates anew',
    file: 'src/worker/trainingRun.ts',
    find: 'this.trainer.updates = before.updates;',
    replace: 'this.trainer.updates = 0;',
    tests: RUNS,
  },
  {
    name: 'a run is kept with the place of the first image',
    file: 'src/worker/runs/runFile.ts',
    find: 'checkpointOf(run.network, run.position, {',
    replace: 'checkpointOf(run.network, null, {',
    tests: RUNS,
  },
  {
    name: 'a run of two pages is kept by both',
    file: 'src/worker/runs/runShelf.ts',
    find: 'const release = await shelf.claim(fileOf(id));',
    replace: 'const release = (await shelf.claim(fileOf(id))) ?? (() => Promise.resolve());',
    tests: RUNS,
  },
  {
    name: 'what is being written undoes the name that a run was given meanwhile',
    file: 'src/worker/runs/runShelf.ts',
    find: '(await this.cardBeside(card.id)) ?? card;',
    replace: 'card;',
    tests: RUNS,
  },
  {
    name: 'a run that is renamed while it is written tells of an older moment',
    file: 'src/worker/runs/runShelf.ts',
    find: 'this.changing.then(change);',
    replace: 'change();',
    tests: RUNS,
  },
  {
    name: 'a copy takes the place of what it was made of',
    file: 'src/worker/runs/runShelf.ts',
    find: 'const id = crypto.randomUUID();',
    replace: "const id = recordIn(bytes, 'The run').card.id;",
    tests: RUNS,
  },
  {
    name: 'a rewind of a run leads back to where it was taken up',
    file: 'src/worker/networks.ts',
    find: 'const opened = fromSeed',
    replace: 'const opened = !fromSeed',
    tests: RUNS,
  },
  {
    name: 'what cannot be kept counts as kept',
    file: 'src/worker/runs/autosave.ts',
    find: 'if (this.of === run) this.state = { ...this.state, refused: sentence };',
    replace: 'if (this.of === run) this.state = { ...this.state, refused: null };',
    tests: RUNS,
  },
  {
    name: 'what is removed is kept again under its name',
    file: 'src/worker/trainingDriver.ts',
    find: 'run.identity = { ...run.identity, id: crypto.randomUUID() };',
    replace: 'run.identity = { ...run.identity };',
    tests: RUNS,
  },
  {
    name: 'a training that was left long ago is spoken of for ever',
    file: 'src/store/actions/runs.ts',
    find: 'Date.now() - Date.parse(run.saved) > TOLD_FOR_MS',
    replace: 'Date.parse(run.saved) > Date.now()',
    tests: PAGE,
  },
  {
    name: 'runs of two settings are one band',
    file: 'src/store/comparison.ts',
    find: 'group.make === make &&',
    replace: 'group.make.length > 0 &&',
    tests: COMPARISON,
  },
  {
    name: 'the band is drawn where only some of the seeds tell',
    file: 'src/store/comparison.ts',
    find: 'others.every((other) => other.has(at))',
    replace: 'others.some((other) => other.has(at))',
    tests: COMPARISON,
  },
  {
    name: 'a run that is taken up counts towards its end anew',
    file: 'src/worker/learning/ending.ts',
    find: 'this.watch = count && new StopWatch(rule, count);',
    replace: 'this.watch = null;',
    tests: RUNS,
  },
  {
    name: 'a run that is taken up ends as the page says, not as it was kept',
    file: 'src/worker/trainingDriver.ts',
    find: 'this.stopRule = this.run.ending.rule;',
    replace: '',
    tests: RUNS,
  },
  {
    name: 'time that was counted before is forgotten',
    file: 'src/worker/learning/stopWatch.ts',
    find: 'trained: this.milliseconds',
    replace: 'trained: 0',
    tests: ['tests/worker/learning.test.ts'],
  },
  {
    name: 'a page does not say what it has removed',
    file: 'src/worker/elsewhere.ts',
    find: 'await shelf.remove(name);\n        tell();',
    replace: 'await shelf.remove(name);',
    tests: ['tests/worker/elsewhere.test.ts'],
  },
  {
    name: 'the last character of a font is not among its own',
    file: 'src/ui/save/fonts.ts',
    find: 'code >= from && code <= to',
    replace: 'code >= from && code < to',
    tests: ['tests/ui/fonts.test.ts'],
  },
];
