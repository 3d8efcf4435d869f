import { describe, expect, it } from 'vitest';

import {
  binarise,
  binariseValues,
  createSplit,
  imagesOf,
  intensities,
  seenAs,
  slice,
} from '../../src/data/dataset.ts';
import { expectNgcError, somePixels } from './files.ts';

describe('splits', () => {
  const pixels = new Uint8Array(3 * 784);
  pixels.set([0, 127, 128, 255], 784); // the second picture's first pixels
  const split = createSplit(pixels, Uint8Array.of(4, 5, 6), 'test');

  it('binarises at > 127, the threshold of ngc.md', () => {
    expect(Array.from(binarise(split, [1]).subarray(0, 4))).toEqual([0, 0, 1, 1]);
    expect(Array.from(binariseValues([0, 127 / 255, 128 / 255, 1, 0.5]))).toEqual([0, 0, 1, 1, 0]);
  });

  it('or gives grey values, of a choice and of all', () => {
    expect([...seenAs(split, [1], 'grey').subarray(0, 4)]).toEqual(
      [0, 127, 128, 255].map((byte) => Math.fround(byte / 255)),
    );
    expect(seenAs(split, [1], 'binary')).toEqual(binarise(split, [1]));
    expect(imagesOf(split, undefined, 'grey').read(1, 2)).toEqual(seenAs(split, [1], 'grey'));
    expect(imagesOf(split).read(1, 2)).toEqual(binarise(split, [1]));
  });

  it('takes indices in their order, or a run', () => {
    const some = createSplit(somePixels(5), null, 'test');
    const byHand = Float32Array.from(
      [3, 1].flatMap((i) => Array.from(some.pixels.subarray(i * 784, (i + 1) * 784))),
      (v) => (v > 127 ? 1 : 0),
    );
    expect(binarise(some, [3, 1])).toEqual(byHand);
    expect(binarise(some, { from: 1, to: 4 })).toEqual(binarise(some, Uint32Array.of(1, 2, 3)));
    expect(() => binarise(some, [5])).toThrow(RangeError);
    expect(() => binarise(some, { from: 4, to: 6 })).toThrow(RangeError);
  });

  it('slices and scales', () => {
    expect(slice(split, 1, 3).labels).toEqual(Uint8Array.of(5, 6));
    expect(Array.from(slice(split, 1, 3).pixels.subarray(0, 4))).toEqual([0, 127, 128, 255]);
    expect(intensities(split, 1)[2]).toBeCloseTo(128 / 255, 6);
  });

  it('refuses sizes that do not fit', async () => {
    await expectNgcError(() => createSplit(new Uint8Array(785), null, 'f'), 'data', 'f', '784');
    await expectNgcError(
      () => createSplit(new Uint8Array(784), new Uint8Array(2), 'f'),
      'data',
      '1 pictures',
      '2 labels',
    );
  });
});
