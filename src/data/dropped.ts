import { NgcError, printableList } from '../shared/errors.ts';
import { dataError } from './dataError.ts';
import { assemble } from './assemble.ts';
import type { NamedBytes } from './assemble.ts';
import { CATALOGUE } from './catalogue.ts';
import { budgetOf } from './compression.ts';
import { WIDTH, createSplit } from './dataset.ts';
import type { Split } from './dataset.ts';
import type { OwnImages } from './ownImages.ts';
import type { FiledDatasetId } from './load.ts';
import { decodeIdxImages, decodeIdxLabels, idxKind, unpackIdx } from './idx.ts';

/*
 * Files a person hands over, sorted out by what they hold (pictures, labels, .mat) and by their names (train, or t10k
 * and test).
 */

export type Half = 'train' | 'test' | null;

interface Sorted {
  readonly name: string;
  readonly half: Half;
  /** Unpacked. */
  readonly bytes: Uint8Array;
}

/**
 * Pictures from files: IDX with or without labels, packed or not, for training and testing or only one of them; or one .mat file
 * of silhouettes.
 *
 * @param id which dataset they are; by default told from the names ("fashion", "kmnist"), else taken for MNIST's kind.
 * @throws NgcError('data') naming the file that cannot be used, or saying which is missing.
 */
export async function ownFromFiles(
  files: readonly NamedBytes[],
  id: FiledDatasetId = guess(files),
): Promise<OwnImages> {
  if (files.length === 0)
    throw new NgcError('data', 'No files: open IDX pictures (and labels), or a .mat file.');
  const names = printableList(
    files.map((file) => file.name),
    4,
  );
  const mat = files.find((file) => file.name.toLowerCase().endsWith('.mat'));
  if (mat) {
    if (files.length > 1)
      throw dataError(names, 'open a .mat file by itself; it holds the whole set.');
    const { title, train, test, classNames } = await assemble(
      'caltech101',
      new Map([['all', mat]]),
      mat.name,
    );
    const labelsFrom = train.labels && 'file';
    return { ...common(title, 1), id: 'caltech101', train, test, classNames, labelsFrom };
  }

  // Before any is unpacked: each of many small files may become a large one.
  if (files.length > MOST_FILES) throw tooManyFiles(files.map(({ name }) => name));
  const budget = budgetOf(names);
  const images: Sorted[] = [];
  const labels: Sorted[] = [];
  for (const { name, bytes: packed } of files) {
    const bytes = await unpackIdx(packed, name, budget);
    const kind = idxKind(bytes);
    if (kind === null)
      throw dataError(
        name,
        'neither IDX pictures nor IDX labels; open images, a table of pixels (.csv), IDX files (.gz or not) or a .mat file.',
      );
    (kind === 'images' ? images : labels).push({ name, half: halfOf(name), bytes });
  }
  if (images.length === 0)
    throw dataError(names, 'only labels; open the pictures together with them.');
  if (images.length > 2 || labels.length > 2) throw tooManyFiles(files.map(({ name }) => name));

  // A labels file without a half in its name belongs to the only pictures there are.
  const classNames = id === 'caltech101' ? [] : CATALOGUE[id].classNames;
  const splitOf = (image: Sorted): Split => {
    const label =
      images.length === 1 && labels.length === 1
        ? labels[0]
        : labels.find((candidate) => candidate.half === image.half);
    return createSplit(
      decodeIdxImages(image.bytes, image.name),
      label ? decodeIdxLabels(label.bytes, label.name, classNames.length || 256) : null,
      label ? `${image.name} and ${label.name}` : image.name,
    );
  };
  const describe = (train: Split, test: Split | null): OwnImages => ({
    ...common(names, images.length),
    id,
    train,
    test,
    classNames: train.labels === null ? [] : classNames,
    labelsFrom: train.labels && 'file',
  });

  const [only, second] = images;
  if (!second) {
    const all = splitOf(only!);
    if (all.count < 2)
      throw dataError(only!.name, 'one picture is too few; at least two are needed.');
    return describe(all, null);
  }
  const train = images.find((image) => image.half === 'train');
  const test = images.find((image) => image.half === 'test');
  if (!train || !test)
    throw dataError(
      printableList([only!.name, second.name]),
      `which is for training? Put "train" in the name of one and "t10k" or "test" in the other's.`,
    );
  const stray = labels.find((label) => label.half === null);
  if (stray)
    throw dataError(
      stray.name,
      'labels of which pictures? Put "train", or "t10k" or "test", in its name.',
    );
  return describe(splitOf(train), splitOf(test));
}

/** Pictures and labels, of training and testing. */
export const MOST_FILES = 4;
export const tooManyFiles = (names: readonly string[]): NgcError =>
  dataError(
    printableList(names, 4),
    'too many files; open one or two of pictures (train, test), each with its labels.',
  );

/** What all pictures of 28×28 have in common: they are taken as they are. */
const common = (title: string, files: number) => ({
  title,
  files,
  side: WIDTH,
  usual: { threshold: null, invert: false, centre: false },
});

/** Whether a name says that its file is for training or for testing. */
export function halfOf(name: string): Half {
  if (/t10k|test/i.test(name)) return 'test';
  return /train/i.test(name) ? 'train' : null;
}

function guess(files: readonly NamedBytes[]): FiledDatasetId {
  const names = files.map((file) => file.name.toLowerCase()).join(' ');
  if (/fashion|fmnist/.test(names)) return 'fmnist';
  if (/kmnist|kuzushiji/.test(names)) return 'kmnist';
  return /\.mat\b/.test(names) ? 'caltech101' : 'mnist';
}
