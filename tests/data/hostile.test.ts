import { describe, expect, it, test } from 'vitest';

import { checkDecodable } from '../../src/data/browserImage.ts';
import { imageSize } from '../../src/data/imageSize.ts';
import { HOSTILE } from '../helpers/hostile.ts';
import { expectModest } from '../helpers/peak.ts';
import { expectNgcError } from './files.ts';

/** One of each kind; all of them are in tests/long/readers.test.ts. */
const SOME = [
  'packed pictures that unpack to ten gigabytes',
  'a .mat file of five million empty cells',
  'a packed table of ten gigabytes of empty lines',
  'tensors whose header only nests',
  'a run of many names',
];

describe('a small file that asks for much', () => {
  test.each(HOSTILE.filter(({ name }) => SOME.includes(name)))('$name', async (hostile) => {
    await expectModest(hostile);
  });

  test('is of every kind', () => {
    const known = HOSTILE.map(({ name }) => name);
    expect(SOME.filter((name) => !known.includes(name))).toEqual([]);
  });
});

/** The first bytes of images of 70000×3 and smaller, as their formats have them. */
const bytes = (...parts: (string | number[])[]) =>
  Uint8Array.from(parts.flatMap((part) => (typeof part === 'string' ? [...Buffer.from(part, 'latin1')] : part))); // prettier-ignore
const IMAGES: readonly (readonly [string, Uint8Array, number, number])[] = [
  ['PNG', bytes('\x89PNG\r\n\x1a\n', [0, 0, 0, 13], 'IHDR', [0, 1, 0x11, 0x70, 0, 0, 0, 3]), 70_000, 3],
  ['GIF', bytes('GIF89a', [0x39, 0x30, 3, 0]), 12_345, 3],
  ['BMP', bytes('BM', new Array<number>(16).fill(0), [0x70, 0x11, 1, 0, 0xfd, 0xff, 0xff, 0xff]), 70_000, 3],
  ['JPEG', bytes([0xff, 0xd8, 0xff, 0xe0, 0, 4, 1, 2, 0xff, 0xc4, 0, 2, 0xff, 0xff, 0xc2, 0, 11, 8, 0, 3, 0x30, 0x39]), 12_345, 3],
  ['lossy WebP', bytes('RIFF', [0, 0, 0, 0], 'WEBPVP8 ', new Array<number>(10).fill(0), [0x39, 0x30, 3, 0]), 12_345, 3],
  ['lossless WebP', bytes('RIFF', [0, 0, 0, 0], 'WEBPVP8L', [0, 0, 0, 0, 0x2f, 0x38, 0xb0, 0, 0, 0, 0, 0, 0, 0]), 12_345, 3],
  ['extended WebP', bytes('RIFF', [0, 0, 0, 0], 'WEBPVP8X', [10, 0, 0, 0, 0, 0, 0, 0, 0x6f, 0x11, 1, 2, 0, 0]), 70_000, 3],
  ['AVIF', bytes([0, 0, 0, 32], 'ftypavif', new Array<number>(40).fill(0), 'ispe', [0, 0, 0, 0, 0, 1, 0x11, 0x70, 0, 0, 0, 3]), 70_000, 3],
]; // prettier-ignore

describe('the size of an image', () => {
  it.each(IMAGES)('%s is known by its first bytes', (_, start, width, height) => {
    expect(imageSize(start)).toEqual({ width, height });
    for (let length = 0; length < start.length; length++) imageSize(start.subarray(0, length));
  });

  it('that is more than any photograph is refused before it is decoded; so is what does not say it', async () => {
    const [, png] = IMAGES[0]!;
    const large = png.slice();
    large.set([0, 0, 0xfd, 0xe8, 0, 0, 0xfd, 0xe8], 16);
    await expectNgcError(
      () => checkDecodable(large, 'a.png'),
      'data',
      'a.png',
      '65000×65000 pixels',
    );
    await expectNgcError(
      () => checkDecodable(bytes('hello'), 'b.png'),
      'data',
      'b.png',
      'no image',
    );
    checkDecodable(png, 'c.png');
  });
});
