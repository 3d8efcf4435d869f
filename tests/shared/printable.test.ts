import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { oneLine, printable, printableList, printableText } from '../../src/shared/errors.ts';
import { LINE, nastyText } from '../helpers/lines.ts';

describe('what came from outside', () => {
  test.each<[string, unknown]>([
    ['"plain"', 'plain'],
    ['"two\\nlines"', 'two\nlines'],
    ['"\\u001b[31mred"', '\x1b[31mred'],
    ['"evil\\u202egpj.exe"', 'evil\u202egpj.exe'],
    ['"\\"quoted\\" \\\\"', '"quoted" \\'],
    ['""', ''],
    ['7', 7],
    ['NaN', NaN],
    ['-0.5', -0.5],
    ['10', 10n],
    ['null', null],
    ['nothing', undefined],
    ['Symbol(a)', Symbol('a')],
    ['a function', () => 1],
    ['[1,"a",[2]]', [1, 'a', [2]]],
    ['[1,2,3,4,5,6,… 8 in all]', [1, 2, 3, 4, 5, 6, 7, 8]],
    ['{"length":1000000000}', { length: 1e9 }],
    ['{"a":{"b":{…}}}', { a: { b: { c: 1 } } }],
    ['a value of type Float32Array', new Float32Array(3)],
    ['a value of type Date', new Date(0)],
  ])('is written as %s', (line, value) => {
    expect(printable(value)).toBe(line);
  });

  test('a name stands as it is unless that could mislead', () => {
    expect(printableText('train-images (1).gz')).toBe('train-images (1).gz');
    expect(printableText('straße 😀.mat')).toBe('straße 😀.mat');
    expect(printableText(' spaced ')).toBe('" spaced "');
    expect(printableText('')).toBe('""');
    expect(printableText('a\nb')).toBe('"a\\nb"');
    expect(printableText(`start${'-'.repeat(1000)}.gz`)).toMatch(/^start-+…-+\.gz$/);
  });

  test('of many names the first few are told', () => {
    expect(printableList(['a', 'b'])).toBe('a, b');
    expect(printableList(['a', 'b\n', 'c', 'd'], 2)).toBe('a, "b\\n" and 2 more');
  });

  test('it is one line, not much longer than asked for, whatever it is', () => {
    fc.assert(
      fc.property(
        fc.oneof(nastyText, fc.anything()),
        fc.integer({ min: 20, max: 200 }),
        (value, most) => {
          const lines = [printable(value, most)];
          if (typeof value === 'string')
            lines.push(printableText(value, most), oneLine(value, most));
          for (const line of lines) {
            expect(line).toMatch(LINE);
            expect(line.length).toBeLessThanOrEqual(most + 12);
          }
        },
      ),
      { numRuns: 3000 },
    );
  });

  test('printed once more it is the same', () => {
    fc.assert(
      fc.property(nastyText, (name) => {
        expect(printableText(printableText(name))).toBe(printableText(name));
      }),
      { numRuns: 2000 },
    );
  });

  test('a huge value costs no more than a small one', () => {
    const startedAt = performance.now();
    printable('x'.repeat(1e7));
    printable(new Array(2 ** 32 - 1));
    printable({ deep: [[[[new Array(1e9)]]]] });
    expect(performance.now() - startedAt).toBeLessThan(1000);
  });
});
