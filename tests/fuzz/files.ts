import { deflateSync, gzipSync } from 'node:zlib';

import { ownFromFiles } from '../../src/data/dropped.ts';
import { ownFromTables } from '../../src/data/droppedTables.ts';
import { decodeIdxImages, decodeIdxLabels, unpackIdx } from '../../src/data/idx.ts';
import { imageSize } from '../../src/data/imageSize.ts';
import { digitOf, inkOf, picturesIn } from '../../src/data/images.ts';
import type { OwnImages, Pictures } from '../../src/data/ownImages.ts';
import { partsOf } from '../../src/data/ownImages.ts';
import { spriteRows, decodeSprite } from '../../src/data/sprite.ts';
import type { Rng } from '../../src/shared/rng.ts';
import { idxImages, idxLabels, MatWriter, MI, MX, somePixels } from '../data/files.ts';
import type { Target } from './harness.ts';
import { base64, target } from './harness.ts';
import { pick, spoiltBytes, spoiltText } from './mutate.ts';

/* Files of pictures, spoilt. */

const right = (is: boolean, what: string) => {
  if (!is) throw new Error(what);
};
const packed = (bytes: Uint8Array) => new Uint8Array(gzipSync(bytes));

/** What was read is what its counts say, and can be divided and learnt from. */
function checkPictures({ count, pixels, labels }: Pictures, side: number, classes: number): void {
  right(pixels.length === count * side * side, `${count} pictures of ${side}² in ${pixels.length} bytes`); // prettier-ignore
  right(labels === null || labels.length === count, `${labels?.length} labels of ${count}`);
  right(labels === null || labels.every((label) => label < Math.max(classes, 1) || classes === 0), 'a label of no class'); // prettier-ignore
}

function checkOwn(own: OwnImages): void {
  const parts = partsOf(own);
  for (const part of [parts.train, parts.test]) checkPictures(part, own.side, own.classNames.length); // prettier-ignore
  right(parts.train.count > 0, 'nothing to learn from');
}

const w = new MatWriter();
const rows = (count: number) => w.numbers(Array.from({ length: 784 * count }, (_, i) => i & 1), MI.uint8); // prettier-ignore
const elements = [
  w.matrix('train_data', MX.double, [2, 784], rows(2)),
  w.matrix('train_labels', MX.uint8, [2, 1], w.numbers([1, 2], MI.uint8)),
  w.matrix('test_data', MX.uint8, [1, 784], rows(1)),
  w.matrix('test_labels', MX.double, [1, 1], w.numbers([2], MI.double)),
  w.matrix('classnames', MX.cell, [1, 2], w.text('', 'ant'), w.text('', 'bee')),
];
const MATS = [w.file(...elements), w.file(...elements.map((element) => w.packed(element)))];

/** A .mat file whose packed arrays are spoilt inside, so that what unpacks them is got past. */
function spoiltInside(rng: Rng): Uint8Array {
  const spoilt = elements.map((element) =>
    rng.uniform() < 0.4 ? Buffer.from(spoiltBytes([element], rng)) : element,
  );
  return w.file(
    ...spoilt.map((element) => {
      const data = deflateSync(element);
      const tag = Buffer.alloc(8);
      tag.writeUInt32LE(MI.packed);
      tag.writeUInt32LE(data.length, 4);
      return Buffer.concat([tag, data]);
    }),
  );
}

const IDX = [idxImages(2), idxImages(3), idxLabels(2), idxLabels(3)];
const NAMES = ['train-images', 'train-labels', 't10k-images.gz', 't10k-labels', 'a', 'a.mat', 'fashion\u001b[2J', '\u202e', '']; // prettier-ignore
const line = (label: string, value: (i: number) => string) => [label, ...Array.from({ length: 9 }, (_, i) => value(i))].join(','); // prettier-ignore
const TABLES = [
  [line('label', (i) => `p${i}`), line('7', String), line('3', (i) => String(25 * i))].join('\n'),
  [line('a', (i) => `0.${i}`), line('b', (i) => String(i / 10))].join('\r\n'),
  '0;0;255;255\n1;2;3;4\n"5";6;7;8\n',
];

const named = (files: readonly { name: string; bytes: Uint8Array }[]) =>
  JSON.stringify(files.map(({ name, bytes }) => [name, base64(bytes)]));

export const FILES: readonly Target[] = [
  target<Uint8Array>({
    name: 'IDX',
    make: (rng) => spoiltBytes([...IDX, ...IDX.map(packed)], rng),
    async read(bytes) {
      const unpacked = await unpackIdx(bytes, 'f');
      if (unpacked[3] === 1) decodeIdxLabels(unpacked, 'f');
      else right(decodeIdxImages(unpacked, 'f').length % 784 === 0, 'part of a picture');
    },
    show: base64,
    share: 2,
  }),
  target<Uint8Array>({
    name: 'IDX, packed after it was spoilt',
    make: (rng) => packed(spoiltBytes(IDX, rng)),
    async read(bytes) {
      const unpacked = await unpackIdx(bytes, 'f');
      if (unpacked[3] === 1) decodeIdxLabels(unpacked, 'f', 10);
      else decodeIdxImages(unpacked, 'f');
    },
    show: base64,
  }),
  target<{ name: string; bytes: Uint8Array }[]>({
    name: 'files together',
    make: (rng) =>
      Array.from({ length: 1 + rng.below(6) }, () => ({
        name: pick(rng, NAMES),
        bytes: rng.uniform() < 0.5 ? pick(rng, [...IDX, ...MATS]) : spoiltBytes(IDX, rng),
      })),
    read: async (files) => checkOwn(await ownFromFiles(files)),
    show: named,
    share: 2,
  }),
  target<Uint8Array>({
    name: '.mat',
    make: (rng) => (rng.uniform() < 0.5 ? spoiltBytes(MATS, rng) : spoiltInside(rng)),
    read: async (bytes) => checkOwn(await ownFromFiles([{ name: 'a.mat', bytes }])),
    show: base64,
    share: 3,
  }),
  target<string>({
    name: 'tables',
    make: (rng) => spoiltText(TABLES, rng),
    async read(text) {
      const bytes = new TextEncoder().encode(text);
      const file = new File([text.length % 3 === 0 ? packed(bytes) : bytes], 'a\u0007.csv');
      checkOwn(await ownFromTables([file], {}, () => Promise.resolve()));
    },
    show: JSON.stringify,
    share: 2,
  }),
  target<Uint8Array>({
    name: 'sizes of images',
    make: (rng) => {
      const head = pick(rng, ['\x89PNG\r\n\x1a\n\0\0\0\rIHDR', 'GIF89a', 'BM', '\xff\xd8\xff\xe0\0\x04', 'RIFF\0\0\0\0WEBPVP8X', 'RIFF\0\0\0\0WEBPVP8L', 'RIFF\0\0\0\0WEBPVP8 ', '\0\0\0 ftypavif']); // prettier-ignore
      const rest = Uint8Array.from({ length: rng.below(80) }, () => rng.below(256));
      return spoiltBytes([new Uint8Array(Buffer.concat([Buffer.from(head, 'latin1'), rest]))], rng);
    },
    read(bytes) {
      const size = imageSize(bytes);
      right(size === null || (size.width >= 0 && size.height >= 0), JSON.stringify(size)); // prettier-ignore
    },
    show: base64,
  }),
  target<{ width: number; height: number; bytes: Uint8Array }>({
    name: 'pixels of images',
    make(rng) {
      const sides = [1, 2, 3, 27, 28, 29, 56, 84];
      const [width, height] = [pick(rng, sides), pick(rng, sides)];
      const bytes = Uint8Array.from({ length: 4 * width * height }, () => (rng.uniform() < 0.5 ? 255 : rng.below(256))); // prettier-ignore
      return { width, height, bytes };
    },
    read({ width, height, bytes }) {
      for (const picture of picturesIn(inkOf(bytes, width, height))) {
        const digit = digitOf(picture);
        right(digit.length === 784 && digit.every((value) => value >= 0 && value <= 1), 'no digit');
      }
    },
    show: ({ width, height, bytes }) => `${width}×${height} ${base64(bytes)}`,
  }),
  target<[Uint8Array, Uint8Array]>({
    name: 'sprite',
    make: (rng) => [
      somePixels(rng.below(3)).slice(rng.below(3)),
      spoiltBytes([new Uint8Array(100)], rng),
    ],
    read: ([pixels, labels]) => decodeSprite(spriteRows(pixels), labels),
    show: ([pixels, labels]) => `${base64(pixels)} ${base64(labels)}`,
  }),
];
