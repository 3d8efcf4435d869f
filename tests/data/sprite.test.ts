import { describe, expect, it } from 'vitest';

import { decodeSprite, spriteRows } from '../../src/data/sprite.ts';
import { expectNgcError } from './files.ts';

describe('MNIST as one picture', () => {
  const count = 65_000;
  const pixels = new Uint8Array(count * 784);
  const oneHot = new Uint8Array(count * 10);
  for (let i = 0; i < count; i++) {
    pixels[i * 784 + (i % 784)] = 1 + (i % 255); // each picture is known by one pixel
    oneHot[i * 10 + ((i * 7) % 10)] = 1;
  }

  it('takes the red channel of each pixel', () => {
    const rgba = Uint8Array.from({ length: 2 * 784 * 4 }, (_, i) =>
      i % 4 === 0 ? (i / 4) & 255 : 9,
    );
    expect(spriteRows(rgba)).toEqual(Uint8Array.from({ length: 2 * 784 }, (_, p) => p & 255));
  });

  it('is 55,000 digits to train and 10,000 to test', () => {
    const { train, test } = decodeSprite(pixels, oneHot);
    expect([train.count, test.count]).toEqual([55_000, 10_000]);
    expect(train.labels!.subarray(0, 4)).toEqual(Uint8Array.of(0, 7, 4, 1));
    expect(test.labels![0]).toBe((55_000 * 7) % 10);
    expect(test.pixels[55_000 % 784]).toBe(1 + (55_000 % 255));
    expect(test.pixels[9_999 * 784 + (64_999 % 784)]).toBe(1 + (64_999 % 255));
  });

  it('refuses other sizes and labels that are not one-hot', async () => {
    await expectNgcError(() => spriteRows(new Uint8Array(784 * 3)), 'data', '784 pixels');
    await expectNgcError(
      () => decodeSprite(pixels.subarray(784), oneHot),
      'data',
      '64999',
      '65000',
    );
    await expectNgcError(() => decodeSprite(pixels, oneHot.subarray(1)), 'data', '650000');
    const two = oneHot.slice();
    two[11] = two[18] = 1;
    await expectNgcError(() => decodeSprite(pixels, two), 'data', 'label 2');
    two.fill(0, 10, 20);
    await expectNgcError(() => decodeSprite(pixels, two), 'data', 'label 2');
  });
});
