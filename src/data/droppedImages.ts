import { NgcError, printableList } from '../shared/errors.ts';
import { WIDTH } from './dataset.ts';
import type { InkImage } from './images.ts';
import { squareOf } from './images.ts';
import { scaled } from './imageChange.ts';
import type { OwnImages } from './ownImages.ts';

/** The pictures of one image file, square and on `SIDE` pixels or on 28, and the folder it lay in ("" for none). */
export interface NamedPictures {
  readonly name: string;
  readonly folder: string;
  readonly pictures: readonly SmallPicture[];
}

/** A square picture small enough to keep thousands of. */
export interface SmallPicture {
  readonly side: number;
  /** side·side bytes, 255 = ink. */
  readonly pixels: Uint8Array;
}

/** Twice the size that is learnt from: what is fitted and centred later loses nothing that could be seen. */
const SIDE = 2 * WIDTH;
/** What one takes at most. */
export const SMALL_BYTES = SIDE * SIDE;
const MOST_CLASSES = 256;

const bytesOf = (values: Float32Array) =>
  Uint8Array.from(values, (value) => Math.round(255 * value));

/** A picture made square and small: one of 28×28 stays as it is. */
export function smallPicture(image: InkImage): SmallPicture {
  const { side, ink } = squareOf(image);
  if (side === WIDTH) return { side, pixels: bytesOf(ink) };
  return { side: SIDE, pixels: bytesOf(scaled(ink, side, SIDE)) };
}

/**
 * Pictures from images. Folders are their labels, where there are two or more. Where all are 28×28 they are taken as they are; else
 * they are centred, unless a person says otherwise.
 * @throws NgcError('data') where there are fewer than two pictures, or too many folders.
 */
export function ownFromImages(images: readonly NamedPictures[]): OwnImages {
  const title = printableList(
    images.map(({ name }) => name),
    2,
  );
  const folders = [...new Set(images.map(({ folder }) => folder))].sort();
  if (folders.length > MOST_CLASSES)
    throw new NgcError(
      'data',
      `${folders.length} folders are too many; ${MOST_CLASSES} labels at most.`,
    );
  const all = images.flatMap(({ folder, pictures }) =>
    pictures.map((picture) => ({ picture, label: folders.indexOf(folder) })),
  );
  if (all.length < 2)
    throw new NgcError(
      'data',
      `${title || 'These files'}: one picture is too few to learn from; at least two are needed.`,
    );
  const side = all.every(({ picture }) => picture.side === WIDTH) ? WIDTH : SIDE;
  const size = side * side;
  const pixels = new Uint8Array(all.length * size);
  all.forEach(({ picture }, i) =>
    pixels.set(picture.side === side ? picture.pixels : doubled(picture.pixels), i * size),
  );
  const labelled = folders.length > 1;
  return {
    id: 'mnist',
    title,
    side,
    train: {
      count: all.length,
      pixels,
      labels: labelled ? Uint8Array.from(all, ({ label }) => label) : null,
    },
    test: null,
    classNames: labelled ? folders.map((folder) => folder || 'no folder') : [],
    labelsFrom: labelled ? 'folders' : null,
    files: images.length,
    usual: { threshold: null, invert: false, centre: side !== WIDTH },
  };
}

/** A 28×28 picture on twice as many pixels a side: scaled back it is the same. */
function doubled(pixels: Uint8Array): Uint8Array {
  return Uint8Array.from(
    { length: SIDE * SIDE },
    (_, i) => pixels[(Math.floor(i / SIDE) >> 1) * WIDTH + ((i % SIDE) >> 1)]!,
  );
}
