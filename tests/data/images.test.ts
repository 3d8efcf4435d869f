import { describe, expect, it } from 'vitest';
import { ownFromImages, smallPicture } from '../../src/data/droppedImages.ts';
import { datasetOf } from '../../src/data/ownImages.ts';
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
  const half = new Float32Array(784).fill(0.5);
  const picture = smallPicture({ width: 28, height: 28, ink: half });
  const images = (folder: string, count: number) =>
    Array.from({ length: count }, (_, i) => ({ name: `${folder}${i}.png`, folder, pictures: [picture] })); // prettier-ignore

  it('has the folders as labels, and a sixth of each held out', () => {
    const own = ownFromImages([...images('cats', 6), ...images('apples', 6)]);
    const set = datasetOf(own, own.usual);
    expect(set.classNames).toEqual(['apples', 'cats']);
    expect([...set.train.labels!].toSorted()).toEqual([0, 0, 0, 0, 0, 1, 1, 1, 1, 1]);
    expect([...set.test.labels!].toSorted()).toEqual([0, 1]);
    expect(set.train.pixels[0]).toBe(128);
    expect(own.labelsFrom).toBe('folders');
  });

  it('has no labels where all lay together; one picture is too few', async () => {
    const own = ownFromImages([{ name: 'strip.png', folder: '', pictures: [picture, picture, picture] }]); // prettier-ignore
    const set = datasetOf(own, own.usual);
    expect([set.train.count, set.test.count, set.train.labels]).toEqual([2, 1, null]);
    await expectNgcError(() => ownFromImages(images('a', 1)), 'data', 'a0.png', 'too few');
  });

  it('is centred as digits are where a picture is of another size; one of 28×28 may stay as it is', () => {
    // A square of ink in the upper left corner of a page.
    const ink = new Float32Array(60 * 40);
    for (let y = 2; y < 12; y++) for (let x = 2; x < 12; x++) ink[y * 60 + x] = 1;
    const page = smallPicture({ width: 60, height: 40, ink });
    const own = ownFromImages([
      { name: 'page.png', folder: '', pictures: [page] },
      { name: 'half.png', folder: '', pictures: [picture] },
    ]);
    expect(own.usual.centre).toBe(true);
    const all = (centre: boolean) => {
      const { train, test } = datasetOf(own, { ...own.usual, centre });
      return [train.pixels, test.pixels];
    };
    const inBox = (pixels: Uint8Array) => {
      const inked = [...pixels.keys()].filter((i) => pixels[i]! > 127).map((i) => i % 28);
      return [Math.min(...inked), Math.max(...inked)];
    };
    expect(all(true).map(inBox)).toContainEqual([4, 23]);
    // Doubled and halved again it is what it was.
    expect(all(false)).toContainEqual(new Uint8Array(784).fill(128));
    // Only scaled, the square lies where it lay: 60 pixels to 28, on paper made square.
    expect(all(false).map(inBox)).toContainEqual([1, 5]);
  });
});
