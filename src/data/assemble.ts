import { grouped } from '../shared/grouped.ts';
import { dataError } from './dataError.ts';
import { CATALOGUE } from './catalogue.ts';
import type { FileRole, PublishedFile } from './catalogue.ts';
import { budgetOf } from './compression.ts';
import { HEIGHT, WIDTH, createSplit } from './dataset.ts';
import type { Dataset, DatasetId } from './dataset.ts';
import { decodeIdxImages, decodeIdxLabels, unpackIdx } from './idx.ts';
import { silhouettesFromMat } from './silhouettes.ts';
import { sha256 } from '../shared/sha256.ts';

/** A file's name and contents, whoever read them. */
export interface NamedBytes {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/**
 * A dataset from its published files (each packed or unpacked).
 *
 * MNIST's contents are compared with the published SHA-256: a set with the published number of pictures but other
 * contents is refused. A set with fewer pictures is taken as what it says it is, a part, and says so in its notices.
 *
 * @param files by role; for `caltech101` one file with role 'all'.
 * @throws NgcError('data') naming the file and what is wrong with it.
 */
export async function assemble(
  id: Exclude<DatasetId, 'synthetic'>,
  files: ReadonlyMap<FileRole, NamedBytes>,
  source: string,
): Promise<Dataset> {
  const entry = CATALOGUE[id];
  const get = (role: FileRole) => {
    const file = files.get(role);
    if (file) return file;
    const wanted = entry.files.find((published) => published.role === role);
    throw dataError(entry.title, `${wanted?.name ?? role} is missing.`);
  };
  if (id === 'caltech101') {
    const file = get('all');
    return silhouettesFromMat(file.bytes, file.name, source);
  }

  const notices: string[] = [];
  const budget = budgetOf(entry.title);
  const read = async (half: 'train' | 'test') => {
    const [imagesRole, labelsRole] =
      half === 'train'
        ? (['trainImages', 'trainLabels'] as const)
        : (['testImages', 'testLabels'] as const);
    const [images, labels] = [get(imagesRole), get(labelsRole)];
    const imageBytes = await unpackIdx(images.bytes, images.name, budget);
    const labelBytes = await unpackIdx(labels.bytes, labels.name, budget);
    const split = createSplit(
      decodeIdxImages(imageBytes, images.name),
      decodeIdxLabels(labelBytes, labels.name, entry.classNames.length),
      `${images.name} and ${labels.name}`,
    );
    const published = half === 'train' ? entry.trainCount : entry.testCount;
    if (split.count === published) {
      await checkContents(entry.files, imagesRole, images.name, imageBytes);
      await checkContents(entry.files, labelsRole, labels.name, labelBytes);
    }
    return split;
  };
  const [train, test] = [await read('train'), await read('test')];
  if (train.count !== entry.trainCount || test.count !== entry.testCount)
    notices.push(
      `This is a part of ${entry.title}: ${grouped(train.count)} pictures to train and ${grouped(test.count)} to test, ` +
        `where the published set has ${grouped(entry.trainCount ?? 0)} and ${grouped(entry.testCount ?? 0)}.`,
    );
  const { title, classNames } = entry;
  return { id, title, width: WIDTH, height: HEIGHT, classNames, train, test, source, notices };
}

/** @throws NgcError('data') when the unpacked contents are not the published ones, where their digest is known. */
async function checkContents(
  published: readonly PublishedFile[],
  role: FileRole,
  name: string,
  bytes: Uint8Array,
): Promise<void> {
  const wanted = published.find((file) => file.role === role)?.unpackedSha256 ?? null;
  const found = wanted === null ? null : await sha256(bytes);
  // null: the page is not served securely, so the browser offers no digests; IDX has been checked in every other way.
  if (found !== null && found !== wanted)
    throw dataError(
      name,
      `the contents are not the published ones (SHA-256 ${found.slice(0, 12)}…, should be ` +
        `${wanted!.slice(0, 12)}…); get the file again.`,
    );
}
