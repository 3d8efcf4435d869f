import type { Defect } from '../defect.ts';

const TRAINING = ['tests/lab/training.test.ts'];
const LAB = ['tests/store/lab.test.ts'];
const CLIENT = ['tests/client/client.test.ts'];
const SEALED = ['tests/experiments/sealed.test.ts'];
const PACE = ['tests/worker/copyEvery.test.ts'];

/** The Lab's trainings that run away, its workers that die, and how old what the page has may be. */
export const defects: readonly Defect[] = [
  {
    name: 'a training of the Lab is kept while its loss is out of proportion',
    file: 'src/lab/learning.ts',
    find: 'if (this.watch.suspects) return;',
    replace: 'if (this.keptAt < 0) return;',
    tests: TRAINING,
  },
  {
    name: 'a training of the Lab that goes on does not know what it had reached',
    file: 'src/lab/learning.ts',
    find: 'if ((images[i - 1] ?? 0) >= from) this.watch.take(loss);',
    replace: 'if ((images[i - 1] ?? 0) < from) this.watch.take(loss);',
    tests: TRAINING,
  },
  {
    name: 'a device that is lost is a training that diverged',
    file: 'src/lab/training.ts',
    find: 'work.causeOf ? await work.causeOf(error) : error',
    replace: 'error',
    tests: TRAINING,
  },
  {
    name: 'the next worker of the Lab runs finished cells again',
    file: 'src/store/actions/lab.ts',
    find: 'cells: keys.filter((key) => left.has(key))',
    replace: 'cells: keys.filter((key) => left.has(key) || key !== null)',
    tests: LAB,
  },
  {
    name: 'a worker of the Lab that was to stop is started again',
    file: 'src/store/actions/lab.ts',
    find: "if (labTurning === 'stopping') return false;",
    replace: "if (labTurning === 'starting') return false;",
    tests: LAB,
  },
  {
    name: 'the time that a copy takes is forgotten in what the page has',
    file: 'src/worker/safekeeping.ts',
    find: 'Math.max(OLDEST_MS - SLACK_MS - cost, cost / SHARE)',
    replace: 'Math.max(OLDEST_MS - cost, cost / SHARE)',
    tests: PACE,
  },
  {
    name: 'an answer is whatever comes under its number',
    file: 'src/client/client.ts',
    find: 'if (data.ok && !entry.answers(data.value)) return fail(UNREADABLE);',
    replace: 'if (data.ok && data.value === undefined) return fail(UNREADABLE);',
    tests: CLIENT,
  },
  {
    name: 'one of the fields of an answer is right',
    file: 'src/protocol/shapes.ts',
    find: 'entries.every(([name, is]) => is(value[name]))',
    replace: 'entries.some(([name, is]) => is(value[name]))',
    tests: ['tests/protocol/answers.test.ts'],
  },
  {
    name: 'a Lab that hangs is waited for for ever',
    file: 'src/client/client.ts',
    find: "prompt: ['pull', 'stop'],",
    replace: 'prompt: [],',
    tests: ['tests/client/watching.test.ts'],
  },
  {
    name: 'the digest of results is read and not compared',
    file: 'src/experiments/sealed.ts',
    find: 'HEAD + (await digestOf(rest))',
    replace: 'HEAD + text.slice(HEAD.length, end)',
    tests: SEALED,
  },
  {
    name: 'results whose digest has lost its name count as having none',
    file: 'src/experiments/sealed.ts',
    find: "typeof field === 'string' && field.startsWith(KIND)",
    replace: "typeof field === 'string' && field === KIND",
    tests: SEALED,
  },
  {
    name: 'what training had learnt when it paused waits for its turn as if it still trained',
    file: 'src/worker/safekeeping.ts',
    find: "const learns = this.kept.stepper.kind === 'training';",
    replace: 'const learns = true;',
    tests: ['tests/worker/safekeeping.test.ts'],
  },
  {
    name: 'an engine that has less than the page saw says that everything is as it was',
    file: 'src/store/engineStart.ts',
    find: 'back: less ? imagesSeen : null',
    replace: 'back: null',
    tests: ['tests/store/recovery.test.ts'],
  },
];
