import { gzipSync } from 'node:zlib';

import { describe, expect, it } from 'vitest';

import { datasetFromFiles } from '../../src/data/dropped.ts';
import {
  MatWriter,
  MI,
  MX,
  expectNgcError,
  idx,
  idxImages,
  idxLabels,
  somePixels,
} from './files.ts';

const file = (name: string, bytes: Uint8Array) => ({ name, bytes });
const gz = (bytes: Uint8Array) => new Uint8Array(gzipSync(bytes));

describe('dropped files', () => {
  it('are sorted by contents and name, packed or not, in any order', async () => {
    const set = await datasetFromFiles([
      file('t10k-labels.gz', gz(idxLabels(2))),
      file('my-train-images', idxImages(5)),
      file('t10k-images.gz', gz(idxImages(2, 9))),
      file('my-train-labels', idxLabels(5)),
    ]);
    expect([set.train.count, set.test.count]).toEqual([5, 2]);
    expect(set.train.pixels).toEqual(somePixels(5));
    expect(set.test.pixels).toEqual(somePixels(2, 9));
    expect(set.train.labels).toEqual(Uint8Array.of(0, 3, 6, 9, 2));
    expect(set.id).toBe('mnist');
    expect(set.notices).toEqual([]);
  });

  it('may be one file of pictures: the last sixth is held out', async () => {
    const set = await datasetFromFiles([file('digits.idx', idxImages(12))]);
    expect([set.train.count, set.test.count]).toEqual([10, 2]);
    expect(set.train.labels).toBeNull();
    expect(set.test.pixels).toEqual(somePixels(12).subarray(10 * 784));
    expect(set.notices[0]).toContain('the last 2 pictures are held out');
  });

  it('may be one file of pictures with its labels', async () => {
    const set = await datasetFromFiles([
      file('labels', idxLabels(6)),
      file('train-images', idxImages(6)),
    ]);
    expect(set.train.labels).toEqual(Uint8Array.of(0, 3, 6, 9, 2));
    expect(set.test.labels).toEqual(Uint8Array.of(5));
  });

  it('are recognised by name as a relative of MNIST', async () => {
    const set = await datasetFromFiles([file('kmnist-images', idxImages(3))]);
    expect(set.id).toBe('kmnist');
    expect(set.classNames[0]).toBe('o');
  });

  it('may be a .mat file', async () => {
    const w = new MatWriter();
    const data = (name: string) =>
      w.matrix(name, MX.uint8, [1, 784], w.numbers(new Array<number>(784).fill(1), MI.uint8));
    const set = await datasetFromFiles([
      file('s.MAT', w.file(data('train_data'), data('test_data'))),
    ]);
    expect(set.id).toBe('caltech101');
    // All ones: the corners say that 1 is the background.
    expect(set.train.pixels.every((v) => v === 0)).toBe(true);
  });

  it.each<[string, { name: string; bytes: Uint8Array }[], string[]]>([
    ['nothing', [], ['No files']],
    ['a picture', [file('cat.png', Uint8Array.of(0x89, 80, 78, 71, 1))], ['cat.png', 'IDX']],
    ['labels alone', [file('l', idxLabels(3))], ['only labels']],
    ['one picture', [file('i', idxImages(1))], ['too few']],
    ['halves without names', [file('a', idxImages(3)), file('b', idxImages(2))], ['a, b', 'train']],
    [
      'labels of another number',
      [file('i', idxImages(3)), file('l', idxLabels(4))],
      ['i and l', '3 pictures', '4 labels'],
    ],
    [
      'labels of nothing in particular',
      [file('train', idxImages(3)), file('test', idxImages(2)), file('l', idxLabels(3))],
      ['l: labels of which'],
    ],
    [
      'label 11',
      [file('i', idxImages(2)), file('l', idx([2], [1, 11]))],
      ['label 2 is 11', '0 to 9'],
    ],
    ['a .mat and more', [file('a.mat', idxImages(2)), file('b', idxImages(2))], ['by itself']],
    ['another size', [file('i', idx([1, 32, 32], new Uint8Array(1024)))], ['32×32', '28×28']],
    ['too many', ['a', 'b', 'c'].map((name) => file(name, idxImages(2))), ['too many files']],
  ])('are refused in a sentence: %s', async (_, files, parts) => {
    await expectNgcError(() => datasetFromFiles(files), 'data', ...parts);
  });
});
