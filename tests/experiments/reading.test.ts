import { describe, expect, test } from 'vitest';
import { numbersOf } from '../../src/experiments/arrays.ts';
import { readResult, readResultFile } from '../../src/experiments/reading.ts';
import { cellResult, pictures } from '../helpers/labResults.ts';

const whole = cellResult();
const file = { format: 'ngc-lab', version: 1, experiment: 'table-1', results: [whole] };

describe('results read from files', () => {
  test('what was written is read', () => {
    expect(readResult(JSON.parse(JSON.stringify(whole)), 'a')).toEqual(whole);
    expect(readResultFile(JSON.parse(JSON.stringify(file)), 'a')).toEqual(file);
  });

  test.each([null, 3, [], {}, { ...whole, format: 'other' }])('%j is none', (value) => {
    expect(() => readResult(value, 'x.json')).toThrow('x.json holds no results of the Lab.');
  });

  test('another version is refused, and says so', () => {
    expect(() => readResult({ ...whole, version: 2 }, 'x.json')).toThrow(/another version than 1/);
    expect(() => readResultFile({ ...file, version: 2 }, 'x.json')).toThrow(/another version/);
  });

  test.each(Object.keys(whole).filter((key) => key !== 'format' && key !== 'version'))(
    'without %s it is damaged',
    (key) => {
      const broken = Object.fromEntries(Object.entries(whole).filter(([name]) => name !== key));
      expect(() => readResult(broken, 'x.json')).toThrow(/x\.json is damaged/);
      expect(() => readResultFile({ ...file, results: [broken] }, 'x.json')).toThrow(/damaged/);
    },
  );

  test.each([
    ['numbers', { bce: 'sixty' }],
    ['numbers', { bce: null }],
    ['curve', { ...whole.curve, train: 'all' }],
    ['arrays', { examples: { shape: [1], type: 'f16', data: '' } }],
    ['origin', { ...whole.origin, training: '60' }],
  ])('a %s that is not what it should be is damaged', (key, value) => {
    expect(() => readResult({ ...whole, [key]: value }, 'x')).toThrow(/damaged/);
  });
});

describe('stored arrays', () => {
  test('bytes are 0 … 1', () => {
    expect([...numbersOf(pictures([0, 1, 0.2], [3]))]).toEqual([0, 1, Math.fround(0.2)]);
  });

  test('float32 is little-endian', () => {
    const data = Buffer.from(new Uint8Array([0, 0, 128, 63, 0, 0, 0, 192])).toString('base64');
    expect([...numbersOf({ shape: [2], type: 'f32', data })]).toEqual([1, -2]);
  });
});
