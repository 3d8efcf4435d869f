import { describe, expect, it } from 'vitest';
import { datasetFromImages } from '../../src/data/droppedImages.ts';
import type { InkImage } from '../../src/data/images.ts';
import { digitOf, inkOf, picturesIn } from '../../src/data/images.ts';
import { expectNgcError } from './files.ts';

/** Grey levels as a canvas gives them. */
const rgba = (grey: readonly number[], alpha = 255) =>
  Uint8ClampedArray.from(grey.flatMap((value) => [value, value, value, alpha]));
const blank = (width: number, height: number): InkImage => ({
  width,
  height,
  ink: new Float32Array(width * height),
});
/** A disc of ink. */
function disc(image: InkImage, x: number, y: number, radius: number): InkImage {
  const ink = image.ink.map((value, i) => {
    const [dx, dy] = [(i % image.width) + 0.5 - x, Math.floor(i / image.width) + 0.5 - y];
    return dx * dx + dy * dy <= radius * radius ? 1 : value;
  });
  return { ...image, ink };
}

describe('the ink of an image', () => {
  it('is what differs from its corners: dark on bright paper, bright on dark', () => {
    const dark = inkOf(rgba([255, 255, 255, 255, 0, 255, 255, 255, 255]), 3, 3);
    expect([...dark.ink]).toEqual([0, 0, 0, 0, 1, 0, 0, 0, 0]);
    const bright = inkOf(rgba([0, 0, 0, 0, 255, 0, 0, 0, 0]), 3, 3);
    expect(bright.ink).toEqual(dark.ink);
    // A photograph: grey paper, grey ink.
    const photo = inkOf(rgba([200, 200, 200, 200, 50, 125, 200, 200, 200]), 3, 3);
    expect(photo.ink[4]).toBeCloseTo(1);
    expect(photo.ink[5]).toBeCloseTo(0.5);
    expect(photo.ink[0]).toBeCloseTo(0);
  });

  it('lies on white where the image is transparent; an even page has none', () => {
    const clear = rgba([0, 0, 0, 0, 0, 0, 0, 0, 0], 0);
    clear.set([0, 0, 0, 255], 16);
    expect([...inkOf(clear, 3, 3).ink]).toEqual([0, 0, 0, 0, 1, 0, 0, 0, 0]);
    expect(inkOf(rgba(Array<number>(9).fill(180)), 3, 3).ink.some(Boolean)).toBe(false);
  });
});

describe('the pictures in an image', () => {
  it('are one, where it is neither a strip nor a sheet', () => {
    for (const [width, height] of [
      [28, 28],
      [100, 80],
      [300, 300],
    ] as const)
      // prettier-ignore
      expect(picturesIn(disc(blank(width, height), width / 2, height / 2, 8))).toHaveLength(1);
  });

  it('are the cells of a sheet of 28 × 28, row by row, without the empty ones', () => {
    let sheet = blank(84, 84);
    for (const [x, y] of [[14, 14], [42, 14], [70, 42]] as const) sheet = disc(sheet, x, y, 6); // prettier-ignore
    const pictures = picturesIn(sheet);
    expect(pictures).toHaveLength(3);
    for (const picture of pictures) expect(picture.ink).toEqual(disc(blank(28, 28), 14, 14, 6).ink);
  });

  it('are one large drawing, though its sides are multiples of 28', () => {
    expect(picturesIn(disc(blank(280, 280), 140, 140, 90))).toHaveLength(1);
  });

  it('are the squares of a strip, in either direction', () => {
    const across = disc(disc(blank(120, 40), 20, 20, 9), 100, 20, 9);
    const down = disc(disc(blank(40, 120), 20, 20, 9), 20, 100, 9);
    expect(picturesIn(across)).toHaveLength(2);
    expect(picturesIn(down)).toHaveLength(2);
  });

  it('are shown to the network as they are at 28 × 28, else centred and fitted to 20 × 20', () => {
    const small = disc(blank(28, 28), 5, 5, 3);
    expect(digitOf(small)).toEqual(small.ink);
    const digit = digitOf(disc(blank(300, 200), 60, 50, 40));
    const inked = [...digit.keys()].filter((i) => digit[i]! > 0.5);
    const rows = inked.map((i) => Math.floor(i / 28));
    const columns = inked.map((i) => i % 28);
    for (const along of [rows, columns])
      expect([Math.min(...along), Math.max(...along)]).toEqual([4, 23]);
  });
});

describe('a dataset of images', () => {
  const picture = new Float32Array(784).fill(0.5);
  const images = (folder: string, count: number) =>
    Array.from({ length: count }, (_, i) => ({ name: `${folder}${i}.png`, folder, pictures: [picture] })); // prettier-ignore

  it('has the folders as labels, and every sixth held out', () => {
    const set = datasetFromImages([...images('cats', 6), ...images('apples', 6)]);
    expect(set.classNames).toEqual(['apples', 'cats']);
    expect([...set.train.labels!]).toEqual([1, 1, 1, 1, 1, 0, 0, 0, 0, 0]);
    expect([...set.test.labels!]).toEqual([1, 0]);
    expect(set.train.pixels[0]).toBe(128);
    expect(set.notices).toEqual([
      '12 pictures in 12 images: 10 to learn from, 2 held out for testing. The folders apples, cats are their labels.',
    ]);
  });

  it('has no labels where all lay together; one picture is too few', async () => {
    const set = datasetFromImages([{ name: 'strip.png', folder: '', pictures: [picture, picture, picture] }]); // prettier-ignore
    expect([set.train.count, set.test.count, set.train.labels]).toEqual([2, 1, null]);
    await expectNgcError(() => Promise.resolve(images('a', 1)).then(datasetFromImages), 'data', 'a0.png', 'too few'); // prettier-ignore
  });
});
