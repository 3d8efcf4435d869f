import type { DatasetId } from './dataset.ts';

/*
 * What is known of each dataset from its publishers: names, licence, where it lies, and the digests that tell whether
 * a copy is the published one. Sizes of packed files serve only to show progress where a server tells no length; the
 * digests decide.
 */

/** The part of a dataset that one file holds. */
export type FileRole = 'trainImages' | 'trainLabels' | 'testImages' | 'testLabels' | 'all';

export interface PublishedFile {
  readonly role: FileRole;
  readonly name: string;
  /** Of the file as published (packed), for progress only; null where unknown. */
  readonly bytes: number | null;
  /** MD5 of the file as published (packed). */
  readonly md5: string | null;
  /** SHA-256 of the unpacked contents: holds for recompressed copies too. */
  readonly unpackedSha256: string | null;
}

export interface CatalogueEntry {
  readonly id: DatasetId;
  readonly title: string;
  readonly classNames: readonly string[];
  readonly licence: string;
  /** Where its publishers tell of it; null: nowhere but here. */
  readonly home: string | null;
  /** For people: how much there is to download (bytes), how many pictures and classes, where that is published. */
  readonly size: number | null;
  readonly images: number;
  readonly classes: number;
  /** Pictures in the published set; null where the file itself says. */
  readonly trainCount: number | null;
  readonly testCount: number | null;
  readonly files: readonly PublishedFile[];
  /** Folders (ending in a slash) under which the files lie by name, best first. */
  readonly mirrors: readonly string[];
  /** Those of them that let a page on another host read. */
  readonly crossOriginMirrors: readonly string[];
  /** MNIST as one tall picture for browsers; cross-origin reads are allowed. */
  readonly sprite: { readonly image: string; readonly labels: string } | null;
}

const DIGITS = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'];

export const SPRITE_IMAGE = 'mnist_images.png';
export const SPRITE_LABELS = 'mnist_labels_uint8';
const SPRITE_FOLDER = 'https://storage.googleapis.com/learnjs-data/model-builder/';
const FASHION_FOLDER =
  'https://raw.githubusercontent.com/zalandoresearch/fashion-mnist/master/data/fashion/';

/** The four files every relative of MNIST comes in, with what is known of each, in this order. */
function idxFiles(
  md5: readonly string[],
  bytes: readonly number[],
  unpackedSha256: readonly string[] = [],
): PublishedFile[] {
  const roles = [
    ['trainImages', 'train-images-idx3-ubyte.gz'],
    ['trainLabels', 'train-labels-idx1-ubyte.gz'],
    ['testImages', 't10k-images-idx3-ubyte.gz'],
    ['testLabels', 't10k-labels-idx1-ubyte.gz'],
  ] as const;
  return roles.map(([role, name], i) => ({
    role,
    name,
    bytes: bytes[i] ?? null,
    md5: md5[i] ?? null,
    unpackedSha256: unpackedSha256[i] ?? null,
  }));
}

export const CATALOGUE: Readonly<Record<DatasetId, CatalogueEntry>> = {
  mnist: {
    id: 'mnist',
    title: 'MNIST',
    home: 'http://yann.lecun.com/exdb/mnist/',
    size: 11_594_722,
    images: 70_000,
    classes: 10,
    classNames: DIGITS,
    licence:
      'Y. LeCun, C. Cortes, C. Burges; published without a formal licence (often given as CC BY-SA 3.0)',
    trainCount: 60_000,
    testCount: 10_000,
    files: idxFiles(
      [
        'f68b3c2dcbeaaa9fbdd348bbdeb94873',
        'd53e105ee54ea40749a09fcbcd1e9432',
        '9fb629c4189551a2d022fa330f9573f3',
        'ec29112dd5afa0611ce80d1b7f02629c',
      ],
      [9_912_422, 28_881, 1_648_877, 4_542],
      [
        'ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db',
        '65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5',
        '0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7',
        'ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2',
      ],
    ),
    mirrors: [
      'https://storage.googleapis.com/cvdf-datasets/mnist/',
      'https://ossci-datasets.s3.amazonaws.com/mnist/',
    ],
    crossOriginMirrors: [],
    sprite: { image: SPRITE_FOLDER + SPRITE_IMAGE, labels: SPRITE_FOLDER + SPRITE_LABELS },
  },
  fmnist: {
    id: 'fmnist',
    title: 'Fashion-MNIST',
    home: 'https://github.com/zalandoresearch/fashion-mnist',
    size: 30_878_645,
    images: 70_000,
    classes: 10,
    classNames: [
      'T-shirt/top',
      'Trouser',
      'Pullover',
      'Dress',
      'Coat',
      'Sandal',
      'Shirt',
      'Sneaker',
      'Bag',
      'Ankle boot',
    ],
    licence: 'MIT, Zalando SE',
    trainCount: 60_000,
    testCount: 10_000,
    files: idxFiles(
      [
        '8d4fb7e6c68d591d4c3dfef9ec88bf0d',
        '25c81989df183df01b3e8a0aad5dffbe',
        'bef4ecab320f06d8554ea6380940ec79',
        'bb300cfdad3c16e7a12a480ee83cd310',
      ],
      [26_421_880, 29_515, 4_422_102, 5_148],
    ),
    mirrors: [FASHION_FOLDER],
    crossOriginMirrors: [FASHION_FOLDER],
    sprite: null,
  },
  kmnist: {
    id: 'kmnist',
    title: 'KMNIST',
    home: 'http://codh.rois.ac.jp/kmnist/',
    size: 21_000_000,
    images: 70_000,
    classes: 10,
    classNames: ['o', 'ki', 'su', 'tsu', 'na', 'ha', 'ma', 'ya', 're', 'wo'],
    licence: 'CC BY-SA 4.0, Center for Open Data in the Humanities (ROIS-DS)',
    trainCount: 60_000,
    testCount: 10_000,
    files: idxFiles(
      [
        'bdb82020997e1d708af4cf47b453dcf7',
        'e144d726b3acfaa3e44228e80efcd344',
        '5c965bf0a639b31b8f53240b1b52f4d7',
        '7320c461ea6c1c855c0b718fb2a4b134',
      ],
      [],
    ),
    mirrors: ['https://codh.rois.ac.jp/kmnist/dataset/kmnist/'],
    crossOriginMirrors: [],
    sprite: null,
  },
  caltech101: {
    id: 'caltech101',
    title: 'CalTech 101 Silhouettes',
    home: 'https://people.cs.umass.edu/~marlin/data.shtml',
    size: null,
    images: 6_407,
    classes: 101,
    // The file names its 101 classes itself.
    classNames: [],
    licence:
      'B. Marlin, University of Massachusetts; made from the CalTech 101 annotations (CC BY 4.0)',
    trainCount: null,
    testCount: null,
    files: [
      {
        role: 'all',
        name: 'caltech101_silhouettes_28_split1.mat',
        bytes: null,
        md5: null,
        unpackedSha256: null,
      },
    ],
    mirrors: ['https://people.cs.umass.edu/~marlin/data/'],
    crossOriginMirrors: [],
    sprite: null,
  },
  synthetic: {
    id: 'synthetic',
    title: 'Synthetic digits',
    home: null,
    size: 0,
    images: 11_000,
    classes: 10,
    classNames: DIGITS,
    licence: 'drawn by this program',
    trainCount: null,
    testCount: null,
    files: [],
    mirrors: [],
    crossOriginMirrors: [],
    sprite: null,
  },
};
