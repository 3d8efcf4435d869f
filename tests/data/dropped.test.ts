import { gzipSync } from 'node:zlib';

import { describe, expect, it } from 'vitest';

import { ownFromFiles } from '../../src/data/dropped.ts';
import { datasetOf } from '../../src/data/ownImages.ts';
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
/** The dataset that files become when nothing is changed about them. */
const datasetFromFiles = async (files: { name: string; bytes: Uint8Array }[]) => {
  const own = await ownFromFiles(files);
  return datasetOf(own, own.usual);
};
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

  it('may be one file of pictures: a sixth is held out, by a seed; none is lost or doubled', async () => {
    const set = await datasetFromFiles([file('digits.idx', idxImages(12))]);
    expect([set.train.count, set.test.count]).toEqual([10, 2]);
    expect(set.train.labels).toBeNull();
    const all = [set.train, set.test].flatMap(({ count, pixels }) =>
      Array.from({ length: count }, (_, i) => pixels.subarray(784 * i, 784 * (i + 1)).join()),
    );
    const given = somePixels(12);
    const wanted = Array.from({ length: 12 }, (_, i) => given.subarray(784 * i, 784 * (i + 1)).join()); // prettier-ignore
    expect(all.toSorted()).toEqual(wanted.toSorted());
    // They are drawn, not the last ones, and always the same.
    expect(set.test.pixels).not.toEqual(given.subarray(10 * 784));
    const again = await datasetFromFiles([file('digits.idx', idxImages(12))]);
    expect(again.test.pixels).toEqual(set.test.pixels);
  });

  it('may be one file of pictures with its labels: each keeps its own', async () => {
    const set = await datasetFromFiles([
      file('labels', idxLabels(6)),
      file('train-images', idxImages(6)),
    ]);
    const given = somePixels(6);
    for (const { count, pixels, labels } of [set.train, set.test])
      for (let i = 0; i < count; i++) {
        const picture = pixels.subarray(784 * i, 784 * (i + 1)).join();
        const at = [0, 1, 2, 3, 4, 5].find((k) => given.subarray(784 * k, 784 * (k + 1)).join() === picture)!; // prettier-ignore
        expect(labels![i]).toBe((3 * at) % 10);
      }
    expect([set.train.count, set.test.count]).toEqual([5, 1]);
  });

  it('are recognised by name as a relative of MNIST', async () => {
    const set = await datasetFromFiles([file('kmnist-images', idxImages(3))]);
    expect(set.id).toBe('kmnist');
    // Without labels there are no classes to name.
    expect(set.classNames).toEqual([]);
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
    await expectNgcError(() => ownFromFiles(files), 'data', ...parts);
  });
});
