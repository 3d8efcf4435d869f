import { NgcError, printableList } from '../shared/errors.ts';
import { HEIGHT, PIXELS, WIDTH, createSplit } from './dataset.ts';
import type { Dataset } from './dataset.ts';

/** The pictures of one image file, each 784 intensities, and the folder it lay in ("" for none). */
export interface NamedPictures {
  readonly name: string;
  readonly folder: string;
  readonly pictures: readonly Float32Array[];
}

/** Every so many pictures one is held out for testing: folders come one after the other, so it cannot be the last ones. */
const HELD_OUT_EVERY = 6;
const MOST_CLASSES = 256;

/**
 * A dataset from images. Folders are their labels, where there are two or more.
 * @throws NgcError('data') where there are fewer than two pictures, or too many folders.
 */
export function datasetFromImages(images: readonly NamedPictures[]): Dataset {
  const names = printableList(
    images.map(({ name }) => name),
    2,
  );
  const folders = [...new Set(images.map(({ folder }) => folder))].sort();
  if (folders.length > MOST_CLASSES)
    throw new NgcError(
      'data',
      `${folders.length} folders are too many; ${MOST_CLASSES} labels at most.`,
    );
  const classNames = folders.length > 1 ? folders.map((folder) => folder || 'no folder') : [];
  const all = images.flatMap(({ folder, pictures }) =>
    pictures.map((pixels) => ({ pixels, label: folders.indexOf(folder) })),
  );
  if (all.length < 2)
    throw new NgcError(
      'data',
      `${names}: one picture is too few to learn from; at least two are needed.`,
    );
  const isHeld = (i: number) =>
    i % HELD_OUT_EVERY === HELD_OUT_EVERY - 1 ||
    (all.length < HELD_OUT_EVERY && i === all.length - 1);
  const split = (held: boolean) => {
    const chosen = all.filter((_, i) => isHeld(i) === held);
    const pixels = new Uint8Array(chosen.length * PIXELS);
    chosen.forEach((picture, i) => {
      pixels.set(
        picture.pixels.map((value) => Math.round(255 * value)),
        i * PIXELS,
      );
    });
    const labels = classNames.length > 0 ? Uint8Array.from(chosen, ({ label }) => label) : null;
    return createSplit(pixels, labels, names);
  };
  const [train, test] = [split(false), split(true)];
  const labelled =
    classNames.length > 0 ? ` The folders ${printableList(classNames, 4)} are their labels.` : '';
  return {
    id: 'mnist',
    title: names,
    width: WIDTH,
    height: HEIGHT,
    classNames,
    train,
    test,
    source: 'your files',
    notices: [
      `${all.length} pictures in ${images.length === 1 ? 'one image' : `${images.length} images`}: ${train.count} to learn from, ${test.count} held out for testing.${labelled}`,
    ],
  };
}
