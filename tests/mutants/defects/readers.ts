import type { Defect } from '../defect.ts';

const IDX = ['tests/data/idx.test.ts'];
const HOSTILE = ['tests/data/hostile.test.ts'];
const FUZZ = ['tests/fuzz/fuzz.test.ts'];
const ECHOES = ['tests/cli/echoes.test.ts'];

/** What files may ask for, what comes in at the doors, and what is said again. */
export const defects: readonly Defect[] = [
  {
    name: 'what is unpacked is not taken from the budget',
    file: 'src/data/compression.ts',
    find: "budget.take('bytes', size);",
    replace: '',
    tests: IDX,
  },
  {
    name: 'a packed file may announce more than it can hold',
    file: 'src/data/compression.ts',
    find: 'size > BEST_RATIO * packed + START',
    replace: 'size < 0',
    tests: IDX,
  },
  {
    name: 'lists may nest without end',
    file: 'src/shared/json.ts',
    find: '++depth > limits.depth',
    replace: '++depth < 0',
    tests: HOSTILE,
  },
  {
    name: 'different names are not counted',
    file: 'src/shared/json.ts',
    find: '++this.count > this.most',
    replace: '++this.count < 0',
    tests: HOSTILE,
  },
  {
    name: 'only the width of an image is looked at',
    file: 'src/data/browserImage.ts',
    find: 'width * height > MOST_PIXELS',
    replace: 'width > MOST_PIXELS',
    tests: HOSTILE,
  },
  {
    name: 'a half is paper once numbers are bytes',
    file: 'src/data/csv.ts',
    find: 'block[i]! > 127 ? 1 : 0',
    replace: 'block[i]! > 128 ? 1 : 0',
    tests: ['tests/data/csv.test.ts'],
  },
  {
    name: 'an order comes in unchecked',
    file: 'src/pool/service.ts',
    find: 'checkOrder((message as { order?: unknown }).order)',
    replace: '(message as { order: Parameters<Service["do"]>[0] }).order',
    tests: FUZZ,
  },
  {
    name: 'an answer of a member is believed',
    file: 'src/pool/member.ts',
    find: 'return checkAnswer(type, answer);',
    replace: 'return answer as Answers[K];',
    tests: FUZZ,
  },
  {
    name: 'a card clears the terminal',
    file: 'src/cli/commands/info.ts',
    find: '${printableLines(text)}',
    replace: '${text}',
    tests: ECHOES,
  },
];
