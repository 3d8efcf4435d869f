import fc from 'fast-check';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { FloatArray } from '../../src/shared/arrays.ts';
import { sizeOf } from '../../src/shared/arrays.ts';
import { parseSafetensors, writeSafetensors } from '../../src/io/safetensors.ts';
import { rawFile, refusal } from './files.ts';

/* One format, written and broken in every way: long, because its cases are many and short. */

fc.configureGlobal({ seed: 20220415 }); // the same cases on every run

const f32 = (shape: number[], ...values: number[]): FloatArray => ({
  shape,
  data: Float32Array.from(values),
});

/** A header entry. */
const entry = (dtype: string, shape: unknown, begin: number, end: number) =>
  JSON.stringify({ dtype, shape, data_offsets: [begin, end] });

describe('the layout on disk', () => {
  test('a file put together by hand reads as described', () => {
    const data = new Uint8Array(new Float32Array([1, -2.5, 3]).buffer);
    const half = [0x00, 0x3c, 0x00, 0xc0]; // 1 and −2 as little-endian halves
    const header = `{"h":${entry('F16', [1, 2], 12, 16)},"__metadata__":{"a":"ü"},"w":${entry('F32', [3], 0, 12)}}`;
    const file = parseSafetensors(rawFile(header, [...data, ...half]), 'hand');
    expect(file.metadata).toEqual({ a: 'ü' });
    expect([...file.tensors]).toEqual([
      ['w', f32([3], 1, -2.5, 3)],
      ['h', f32([1, 2], 1, -2)],
    ]);
  });

  test('what is written: length, JSON padded with spaces to 8 bytes, data without holes', () => {
    const bytes = writeSafetensors(
      new Map([
        ['half', f32([2], 1, -2)],
        ['7', f32([2, 1], 0.5, 4)],
        ['0', f32([], 9)],
      ]),
      { k: 'v' },
      { f16: (name) => name === 'half' },
    );
    const view = new DataView(bytes.buffer);
    const length = Number(view.getBigUint64(0, true));
    expect(length % 8).toBe(0);
    const header = new TextDecoder().decode(bytes.subarray(8, 8 + length));
    expect(header.replace(/"digest":"sha256:[0-9a-f]{64}",/, '').trimEnd()).toBe(
      `{"__metadata__":{"k":"v"},"7":${entry('F32', [2, 1], 0, 8)},"0":${entry('F32', [], 8, 12)},"half":${entry('F16', [2], 12, 16)}}`,
    );
    const data = new Uint8Array([
      ...new Uint8Array(new Float32Array([0.5, 4, 9]).buffer),
      0,
      0x3c,
      0,
      0xc0,
    ]);
    expect(bytes.subarray(8 + length)).toEqual(data);
  });

  test('the data begin at a multiple of 8, however long the names are', () => {
    for (let length = 1; length <= 9; length++) {
      const name = 'w'.repeat(length);
      const file = writeSafetensors(new Map([[name, f32([2], 1, 2)]]), {});
      const start = 8 + Number(new DataView(file.buffer).getBigUint64(0, true));
      expect(start % 8).toBe(0);
      expect(file.length - start).toBe(8);
      expect(parseSafetensors(file, 'padded').tensors.get(name)!.data).toEqual(
        Float32Array.of(1, 2),
      );
    }
  });

  test('a header that is not padded, as older writers leave it, and a view into a larger buffer', () => {
    for (const pad of ['', ' ', '  ', '   ']) {
      const file = rawFile(`{"w":${entry('F32', [1], 0, 4)}}${pad}`, [0, 0, 128, 63]);
      const inside = new Uint8Array(file.length + 3);
      inside.set(file, 3);
      expect(parseSafetensors(inside.subarray(3), 'w').tensors.get('w')).toEqual(f32([1], 1));
      expect(parseSafetensors(file.buffer as ArrayBuffer, 'w').tensors.size).toBe(1);
    }
  });

  test('the numbers are copies', () => {
    const bytes = writeSafetensors(new Map([['w', f32([1], 5)]]), {});
    const { tensors } = parseSafetensors(bytes, 'w');
    bytes.fill(0);
    expect(tensors.get('w')!.data[0]).toBe(5);
  });
});

const golden = new URL('../../../shared/golden/', import.meta.url);
test.runIf(existsSync(golden))('files that Python wrote open and survive a round trip', () => {
  const names = readdirSync(golden).filter((name) => name.endsWith('.safetensors'));
  expect(names.length).toBeGreaterThan(0);
  for (const name of names) {
    const file = parseSafetensors(readFileSync(new URL(name, golden)), name);
    for (const { shape, data } of file.tensors.values()) expect(data.length).toBe(sizeOf(shape));
    const again = parseSafetensors(writeSafetensors(file.tensors, file.metadata), name);
    expect([file.sealed, again]).toEqual([false, { ...file, sealed: true }]);
  }
});

const shapes = fc.array(fc.nat({ max: 4 }), { maxLength: 4 });
const tensor = (value: fc.Arbitrary<number>) =>
  shapes.chain((shape) =>
    fc
      .array(value, { minLength: sizeOf(shape), maxLength: sizeOf(shape) })
      .map((values) => f32(shape, ...values)),
  );
const names = fc.string({ unit: 'grapheme' }).filter((name) => name !== '__metadata__');
const tensors = (value: fc.Arbitrary<number>) =>
  fc.uniqueArray(fc.tuple(names, tensor(value)), { selector: ([name]) => name, maxLength: 5 });
const metadata = fc
  .array(fc.tuple(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' })))
  .map((entries): Record<string, string> => Object.fromEntries(entries));
const finite = fc.float({ noNaN: true, noDefaultInfinity: true });

describe('what is written reads back', () => {
  test('F32: exactly, in order', () => {
    fc.assert(
      fc.property(tensors(finite), metadata, (entries, meta) => {
        const file = parseSafetensors(writeSafetensors(new Map(entries), meta), 'f');
        expect([...file.tensors]).toEqual(entries);
        expect(file.metadata).toEqual(meta);
      }),
    );
  });

  test('F16: within half a unit in the last place, and exactly the second time', () => {
    fc.assert(
      fc.property(tensors(fc.float({ min: -65504, max: 65504, noNaN: true })), (entries) => {
        const once = parseSafetensors(writeSafetensors(new Map(entries), {}, { f16: true }), 'f');
        for (const [name, { shape, data }] of entries) {
          const rounded = once.tensors.get(name)!;
          expect(rounded.shape).toEqual(shape);
          data.forEach((value, i) => {
            const unit = 2 ** (Math.max(-14, Math.floor(Math.log2(Math.abs(value)))) - 10);
            expect(Math.abs(rounded.data[i]! - value)).toBeLessThanOrEqual(unit / 2);
          });
        }
        const twice = writeSafetensors(once.tensors, {}, { f16: true });
        expect(parseSafetensors(twice, 'f')).toEqual(once);
      }),
    );
  });
});

describe('writing refuses, naming the tensor', () => {
  test.each<[string, FloatArray, boolean, RegExp]>([
    ['w', f32([1], NaN), false, /tensor "w".*NaN at index 0/],
    ['w', f32([2], 0, -Infinity), false, /tensor "w".*-Infinity at index 1/],
    ['w', f32([1], 65520), true, /tensor "w".*65520 at index 0 is too large for F16/],
    ['w', f32([2], 1), false, /tensor "w".*shape \[2\] but 1 values/],
    ['w', f32([-1, -1], 1), false, /tensor "w".*shape/],
    ['__metadata__', f32([1], 1), false, /reserved/],
    ['\ud800', f32([1], 1), false, /well-formed/],
  ])('%s %o f16 %s', (name, array, f16, message) => {
    expect(refusal(() => writeSafetensors(new Map([[name, array]]), {}, { f16 }))).toMatch(message);
  });

  test('65519 still rounds down to the largest half', () => {
    const bytes = writeSafetensors(new Map([['w', f32([1], 65519)]]), {}, { f16: true });
    expect(parseSafetensors(bytes, 'w').tensors.get('w')!.data[0]).toBe(65504);
  });
});

describe('broken files are refused in one sentence that names the file and the tensor', () => {
  const w = entry('F32', [2], 0, 8);
  const zeros = (n: number) => new Array<number>(n).fill(0);
  const corpus: [string, Uint8Array, RegExp][] = [
    ['empty', new Uint8Array(0), /0 bytes/],
    ['seven bytes', new Uint8Array(7), /7 bytes/],
    ['a header length beyond the file', rawFile(`{"w":${w}}`, zeros(8), 5000), /5000 bytes/],
    ['a header length of 2⁶³', rawFile('{}', [], 2 ** 63), /announce a header/],
    ['a header length too short', rawFile(`{"w":${w}}`, zeros(8), 10), /not JSON/],
    ['a header length too long', rawFile(`{"w":${w}}`, zeros(8), 72), /not JSON|not UTF-8|cut off/],
    ['an empty header', rawFile('', []), /not JSON/],
    ['a header that is a list', rawFile('[]', []), /not a JSON object/],
    ['a header that is null', rawFile('null', []), /not a JSON object/],
    ['a header that is not UTF-8', rawFile(Uint8Array.of(0x7b, 0xff, 0x7d), []), /not UTF-8/],
    ['metadata with a number', rawFile('{"__metadata__":{"a":1}}', []), /metadata "a"/],
    ['metadata that is a list', rawFile('{"__metadata__":[]}', []), /__metadata__/],
    ['metadata that is null', rawFile('{"__metadata__":null}', []), /__metadata__/],
    ['a duplicate tensor', rawFile(`{"w":${w},"w":${w}}`, zeros(8)), /"w" twice/],
    ['a duplicate behind an escape', rawFile(`{"w":${w},"\\u0077":${w}}`, zeros(8)), /"w" twice/],
    ['a duplicate metadata key', rawFile('{"__metadata__":{"a":"","a":""}}', []), /"a" twice/],
    ['a tensor that is a number', rawFile('{"w":3}', []), /tensor "w"/],
    ['no dtype', rawFile('{"w":{"shape":[0],"data_offsets":[0,0]}}', []), /"w" has no dtype/],
    ['no shape', rawFile('{"w":{"dtype":"F32","data_offsets":[0,0]}}', []), /"w" has a shape/],
    ['no offsets', rawFile('{"w":{"dtype":"F32","shape":[0]}}', []), /"w" has data_offsets/],
    [
      'an unknown dtype',
      rawFile(`{"w":${entry('BF16', [2], 0, 4)}}`, zeros(4)),
      /"w" has dtype "BF16"/,
    ],
    [
      'a fractional size',
      rawFile(`{"w":${entry('F32', [0.5, 4], 0, 8)}}`, zeros(8)),
      /"w" has a shape/,
    ],
    [
      'a negative size',
      rawFile(`{"w":${entry('F32', [-2, -1], 0, 8)}}`, zeros(8)),
      /"w" has a shape/,
    ],
    ['a shape of text', rawFile(`{"w":${entry('F32', ['2'], 0, 8)}}`, zeros(8)), /"w" has a shape/],
    [
      'an absurd shape',
      rawFile(`{"w":${entry('F32', [1e15, 1e15, 0], 0, 0)}}`, []),
      /"w" has an absurd shape/,
    ],
    [
      'too large a shape',
      rawFile(`{"w":${entry('F32', [1e12], 0, 8)}}`, zeros(8)),
      /"w".*4000000000000 bytes/,
    ],
    ['a shape too small', rawFile(`{"w":${entry('F32', [1], 0, 8)}}`, zeros(8)), /"w".*4 bytes.*8/],
    [
      'offsets that run backwards',
      rawFile(`{"w":${entry('F32', [2], 8, 0)}}`, zeros(8)),
      /"w".*backwards/,
    ],
    [
      'three offsets',
      rawFile(`{"w":{"dtype":"F32","shape":[2],"data_offsets":[0,8,8]}}`, zeros(8)),
      /"w" has data_offsets/,
    ],
    [
      'offsets beyond the data',
      rawFile(`{"w":${entry('F32', [2], 4, 12)}}`, zeros(8)),
      /"w" reaches to byte 12/,
    ],
    [
      'a hole at the start',
      rawFile(`{"w":${entry('F32', [1], 4, 8)}}`, zeros(8)),
      /"w" leaves a hole/,
    ],
    [
      'a hole between',
      rawFile(`{"v":${entry('F32', [1], 8, 12)},"w":${entry('F32', [1], 0, 4)}}`, zeros(12)),
      /"v" leaves a hole/,
    ],
    ['bytes at the end', rawFile(`{"w":${w}}`, zeros(9)), /1 bytes after the last tensor/],
    [
      'an overlap',
      rawFile(`{"v":${entry('F32', [2], 4, 12)},"w":${w}}`, zeros(12)),
      /"v" overlaps/,
    ],
    [
      'an unaligned tensor',
      rawFile(`{"h":${entry('F16', [1], 0, 2)},"w":${entry('F32', [1], 2, 6)}}`, zeros(6)),
      /"w".*unaligned/,
    ],
    ['NaN', rawFile(`{"w":${w}}`, [0, 0, 128, 63, 0, 0, 192, 127]), /"w" holds NaN at index 1/],
    [
      'infinity',
      rawFile(`{"w":${w}}`, [0, 0, 128, 255, 0, 0, 0, 0]),
      /"w" holds -Infinity at index 0/,
    ],
    [
      'a half infinity',
      rawFile(`{"w":${entry('F16', [1], 0, 2)}}`, [0, 0x7c]),
      /"w" holds Infinity/,
    ],
  ];
  test.each(corpus)('%s', (_, bytes, message) => {
    const sentence = refusal(() => parseSafetensors(bytes, 'broken.safetensors'));
    expect(sentence).toMatch(message);
    expect(sentence).toContain('broken.safetensors');
    expect(sentence).not.toContain('\n');
  });

  test('a name of a megabyte does not flood the message', () => {
    const name = 'x'.repeat(1e6);
    const bytes = rawFile(`{"${name}":3}`, []);
    expect(refusal(() => parseSafetensors(bytes, 'long')).length).toBeLessThan(250);
  });

  test('a header of 200,000 nested lists, or of megabytes of text, is no trouble', () => {
    const deep = rawFile(`{"w":${'['.repeat(2e5)}${']'.repeat(2e5)}}`, []);
    expect(refusal(() => parseSafetensors(deep, 'deep'))).toContain('deep');
    const text = 'a\\"\\\\'.repeat(5e5);
    const long = parseSafetensors(rawFile(`{"__metadata__":{"k":"${text}"}}`, []), 'long');
    expect(long.metadata['k']).toBe('a"\\'.repeat(5e5));
  });
});

describe('fuzzing: a file is read whole or refused with an NgcError, nothing else', () => {
  const sample = writeSafetensors(
    new Map([
      ['W1', f32([2, 3], 1, 2, 3, 4, 5, 6)],
      ['b', f32([3], 7, 8, 9)],
    ]),
    { format: 'ngc', version: '1' },
    { f16: (name) => name === 'b' },
  );
  /** Parses; the numbers read can never be more than the bytes there are. */
  const readOrRefuse = (bytes: Uint8Array): boolean => {
    try {
      const { tensors: read } = parseSafetensors(bytes, 'fuzz');
      let count = 0;
      for (const { shape, data } of read.values()) {
        expect(sizeOf(shape)).toBe(data.length);
        expect(data.every(Number.isFinite)).toBe(true);
        count += data.length;
      }
      expect(2 * count).toBeLessThanOrEqual(bytes.length);
      return true;
    } catch (error) {
      expect(
        refusal(() => {
          throw error;
        }),
      ).toContain('fuzz');
      return false;
    }
  };

  test('cut off at every length', () => {
    expect(readOrRefuse(sample)).toBe(true);
    for (let length = 0; length < sample.length; length++)
      expect(readOrRefuse(sample.slice(0, length))).toBe(false);
  });

  test('random bytes, also behind a fitting header length', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        readOrRefuse(bytes);
        readOrRefuse(rawFile(bytes, []));
      }),
      { numRuns: 500 },
    );
  });

  test('every single bit of a valid file flipped', () => {
    for (let bit = 0; bit < 8 * sample.length; bit++) {
      const mutated = sample.slice();
      mutated[bit >> 3]! ^= 1 << (bit & 7);
      readOrRefuse(mutated);
    }
  });

  test('several bytes changed', () => {
    const edits = fc.array(fc.tuple(fc.nat(sample.length - 1), fc.nat(255)), {
      minLength: 1,
      maxLength: 8,
    });
    fc.assert(
      fc.property(edits, (changes) => {
        const mutated = sample.slice();
        for (const [at, value] of changes) mutated[at] = value;
        readOrRefuse(mutated);
      }),
      { numRuns: 1000 },
    );
  });

  test('well-formed JSON of any kind as the header, with names that matter', () => {
    const key = fc.oneof(
      fc.constantFrom('__metadata__', '__proto__', 'dtype', 'shape', 'data_offsets'),
      fc.string(),
    );
    const leaf = fc.oneof(fc.constantFrom('F32', 'F16', [0, 4], [0, 0], 1e300, -1), fc.jsonValue());
    const description = fc.record(
      {
        dtype: fc.oneof(fc.constantFrom('F32', 'F16'), leaf),
        shape: fc.oneof(fc.array(fc.nat(3), { maxLength: 3 }), leaf),
        data_offsets: fc.oneof(fc.tuple(fc.nat(16), fc.nat(16)), leaf),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(
        fc.dictionary(key, fc.oneof(description, leaf)),
        fc.uint8Array({ maxLength: 16 }),
        (json, data) => {
          readOrRefuse(rawFile(JSON.stringify(json), [...data]));
        },
      ),
      { numRuns: 1000 },
    );
  });
});
