import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { readMat } from '../../src/data/mat.ts';
import { silhouettesFromMat } from '../../src/data/silhouettes.ts';
import { NgcError } from '../../src/shared/errors.ts';
import { MatWriter, MI, MX, expectNgcError } from './files.ts';

const bytesOf = (text: string) => new Uint8Array(Buffer.from(text, 'base64'));

/**
 * Made by SciPy 1.17, an independent writer:
 * savemat({'a': uint8 [[1,2,3],[4,5,6]], 'b': float64 [[.5,-2]], 'l': bool [[1,0]], 's': 'héllo', 'c': cell {'ant','bee'}},
 * do_compression=True) and without.
 */
const SCIPY_PACKED =
  'TUFUTEFCIDUuMCBNQVQtZmlsZSBQbGF0Zm9ybTogcG9zaXgsIENyZWF0ZWQgb246IFNhdCBOb3YgMjEgMDI6MTY6NDYgMjAyNgAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAABSU0PAAAALAAAAHic42NgYLAAYjYg5gBiTgYIYIXymYCYGYgZgTARygepZWRhYmUGMgAgjQDwDwAAACwAAAB4nONjYGBwAGI2IOaA0iDACuUzAjETmGZkSALSnEAswAADD+yhjAMANW0Czw8AAAAnAAAAeJzjY2BgMABiNiDmAGJOJgYwYIXyGYGYCUwzMuSA2UxgMQAYTADbDwAAAC0AAAB4nONjYGCwAGI2IOYAYhYGCGCF8hmhbEYgLAbSAlC1GYdX5uTkMzAAADM6BBIPAAAAOQAAAHic42NgYJgBxGxAzAHEjAwQwIrEZwLTjAzJQJoPiA2Q1LNgUc+MZI4AkJeYV0KWvqTUVAYAMRwEhA==';
const SCIPY_PLAIN =
  'TUFUTEFCIDUuMCBNQVQtZmlsZSBQbGF0Zm9ybTogcG9zaXgsIENyZWF0ZWQgb246IFNhdCBOb3YgMjEgMDI6MTY6NDYgMjAyNgAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAABSU0OAAAAOAAAAAYAAAAIAAAACQAAAAAAAAAFAAAACAAAAAIAAAADAAAAAQABAGEAAAACAAAABgAAAAEEAgUDBgAADgAAAEAAAAAGAAAACAAAAAYAAAAAAAAABQAAAAgAAAABAAAAAgAAAAEAAQBiAAAACQAAABAAAAAAAAAAAADgPwAAAAAAAADADgAAADAAAAAGAAAACAAAAAkCAAAAAAAABQAAAAgAAAABAAAAAgAAAAEAAQBsAAAAAgACAAEAAAAOAAAAOAAAAAYAAAAIAAAABAAAAAAAAAAFAAAACAAAAAEAAAAFAAAAAQABAHMAAAAQAAAABgAAAGjDqWxsbwAADgAAAJgAAAAGAAAACAAAAAEAAAAAAAAABQAAAAgAAAABAAAAAgAAAAEAAQBjAAAADgAAADAAAAAGAAAACAAAAAQAAAAAAAAABQAAAAgAAAABAAAAAwAAAAEAAAAAAAAAEAADAGFudAAOAAAAMAAAAAYAAAAIAAAABAAAAAAAAAAFAAAACAAAAAEAAAADAAAAAQAAAAAAAAAQAAMAYmVlAA==';

describe.each([
  ['packed', SCIPY_PACKED],
  ['plain', SCIPY_PLAIN],
])('a %s .mat file of SciPy', (_, base64) => {
  it('is read', async () => {
    const read = await readMat(bytesOf(base64), 'f.mat');
    expect(read.get('a')).toEqual({
      kind: 'numbers',
      dims: [2, 3],
      values: Uint8Array.of(1, 4, 2, 5, 3, 6), // column-major
    });
    expect(read.get('b')).toEqual({
      kind: 'numbers',
      dims: [1, 2],
      values: Float64Array.of(0.5, -2),
    });
    expect(read.get('l')).toMatchObject({ dims: [1, 2], values: Uint8Array.of(1, 0) });
    expect(read.get('s')).toEqual({ kind: 'text', text: 'héllo' });
    expect(read.get('c')).toMatchObject({
      kind: 'cells',
      cells: [
        { kind: 'text', text: 'ant' },
        { kind: 'text', text: 'bee' },
      ],
    });
  });
});

/** A picture [row][column] with an L: a stroke down the left and along the bottom, and nothing elsewhere. */
const letterL: number[][] = Array.from({ length: 28 }, (_, row) =>
  Array.from({ length: 28 }, (_, column) =>
    (column === 8 && row >= 5 && row <= 22) || (row === 22 && column >= 8 && column <= 18) ? 1 : 0,
  ),
);

/** n pictures as MATLAB keeps them: [n, 784] column-major, each row a picture column by column. */
function matlabRows(
  pictures: readonly (readonly (readonly number[])[])[],
  flip: boolean,
): number[] {
  const values: number[] = [];
  for (let column = 0; column < 28; column++)
    for (let row = 0; row < 28; row++)
      for (const picture of pictures)
        values.push(flip ? 1 - picture[row]![column]! : picture[row]![column]!);
  return values;
}

interface Making {
  little?: boolean;
  packed?: boolean;
  flip?: boolean;
  type?: number;
  labels?: number[];
}

const blank = letterL.map((row) => row.map(() => 0));

/** A small file like caltech101_silhouettes_28_split1.mat. */
function silhouettes({
  little = true,
  packed = true,
  flip = true,
  type = MI.uint8,
  labels = [1, 2, 2],
}: Making = {}) {
  const w = new MatWriter(little);
  const names = ['ant', 'beaver'].map((name) => w.text('', name));
  const data = (name: string, pictures: (typeof letterL)[]) =>
    w.matrix(name, MX.double, [pictures.length, 784], w.numbers(matlabRows(pictures, flip), type));
  const parts = [
    data('train_data', [letterL, blank, letterL]),
    w.matrix('train_labels', MX.uint8, [3, 1], w.numbers(labels, MI.uint8)),
    data('val_data', [blank]),
    data('test_data', [blank, letterL]),
    w.matrix('test_labels', MX.double, [1, 2], w.numbers([2, 1], MI.double)),
    w.matrix('classnames', MX.cell, [1, 2], ...names),
  ];
  return w.file(...parts.map((part) => (packed ? w.packed(part) : part)));
}

describe('silhouettes', () => {
  const upright = Uint8Array.from(letterL.flat(), (v) => 255 * v);

  it.each<[string, Making]>([
    ['packed, object 0 as published', {}],
    ['plain', { packed: false }],
    ['with the polarity turned', { flip: false }],
    ['big-endian', { little: false, packed: false }],
    ['as doubles', { type: MI.double }],
  ])('come upright with the object as ink: %s', async (_, making) => {
    const set = await silhouettesFromMat(silhouettes(making), 'c.mat', 'a test');
    expect(set.train.count).toBe(3);
    expect(set.test.count).toBe(2);
    expect(set.train.pixels.subarray(0, 784)).toEqual(upright);
    expect(set.train.pixels.subarray(784, 1568).every((v) => v === 0)).toBe(true);
    expect(set.test.pixels.subarray(784)).toEqual(upright);
    expect(set.train.labels).toEqual(Uint8Array.of(0, 1, 1));
    expect(set.test.labels).toEqual(Uint8Array.of(1, 0));
    expect(set.classNames).toEqual(['ant', 'beaver']);
  });

  const w = new MatWriter();
  const zeros = (rows: number, columns: number, value = 0) =>
    w.numbers(new Array<number>(rows * columns).fill(value), MI.uint8);
  it.each<[string, Uint8Array, string[]]>([
    ['text', new Uint8Array(Buffer.from('hello')), ['not a MATLAB level 5']],
    [
      'MATLAB 7.3',
      new Uint8Array(Buffer.from('MATLAB 7.3 MAT-file, Platform: GLNXA64'.padEnd(600))),
      ['7.3', '-v7'],
    ],
    ['a file without train_data', w.file(w.text('x', 'hi')), ['train_data']],
    [
      '16×16 pictures',
      w.file(w.matrix('train_data', MX.uint8, [1, 256], zeros(1, 256))),
      ['16×16', '28×28'],
    ],
    [
      'another shape',
      w.file(w.matrix('train_data', MX.uint8, [2, 100], zeros(2, 100))),
      ['2×100', '784'],
    ],
    [
      'grey values',
      w.file(w.matrix('train_data', MX.uint8, [1, 784], zeros(1, 784, 7))),
      ['other than 0 and 1'],
    ],
    [
      'fewer values than dimensions say',
      w.file(w.matrix('train_data', MX.uint8, [9, 784], zeros(1, 784))),
      ['9×784', '784 values'],
    ],
    ['label 0', silhouettes({ labels: [0, 1, 2] }), ['train_labels', '1 to 2']],
    ['too few labels', silhouettes({ labels: [1, 2] }), ['2 values, not 3']],
    ['a cut file', silhouettes({ packed: false }).subarray(0, 3000), ['cut off']],
    ['a cut packed file', silhouettes().subarray(0, 180), ['cut off']],
    [
      'an absurd number of cells',
      w.file(w.matrix('c', MX.cell, [60000, 60000])),
      ['3600000000 cells'],
    ],
  ])('refuse %s', async (_, bytes, parts) => {
    await expectNgcError(
      () => silhouettesFromMat(bytes, 'bad.mat', 't'),
      'data',
      'bad.mat',
      ...parts,
    );
  });

  it('never fail in another way, whatever is damaged', async () => {
    for (const file of [silhouettes({ packed: false }), silhouettes()]) {
      const damage = fc.array(fc.tuple(fc.nat(file.length - 1), fc.nat(255)), { maxLength: 5 });
      // Most damage should hit the structure, not the pictures between.
      const early = fc.array(fc.tuple(fc.integer({ min: 124, max: 400 }), fc.nat(255)), {
        maxLength: 4,
      });
      await fc.assert(
        fc.asyncProperty(damage, early, async (anywhere, start) => {
          const bytes = file.slice();
          for (const [at, value] of [...anywhere, ...start])
            if (at < bytes.length) bytes[at] = value;
          try {
            await silhouettesFromMat(bytes, 'fuzz.mat', 't');
          } catch (error) {
            if (!(error instanceof NgcError)) throw error;
          }
        }),
        { numRuns: 150, seed: 4 },
      );
    }
  });
});
