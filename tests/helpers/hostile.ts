/** Small files that ask for much: each is made by hand, of the format that its reader takes. */
import { constants, deflateRawSync, gzipSync } from 'node:zlib';

import { MatWriter, MI, MX, idx } from '../data/files.ts';
import { rawFile } from '../io/files.ts';

/** What reads a hostile file: see readHostile.ts. */
export type Reader = 'own' | 'table' | 'tensors' | 'model' | 'record' | 'past' | 'result';

export interface Hostile {
  readonly name: string;
  readonly reader: Reader;
  /** What the refusal must say; null: it is large, but right, and is read. */
  readonly says: RegExp | null;
  /** File names and contents. */
  readonly files: () => readonly (readonly [name: string, bytes: Uint8Array])[];
}

const utf8 = (text: string) => new TextEncoder().encode(text);
const MEGA = 1_000_000;

/** A gzip file of a start and then a piece over and over: what a flushed stream makes of the piece is repeated, so gigabytes cost nothing. */
function repeated(start: Uint8Array, piece: Uint8Array, times: number): Uint8Array {
  const flushed = (bytes: Uint8Array) =>
    deflateRawSync(bytes, { level: 9, finishFlush: constants.Z_FULL_FLUSH });
  const head = Buffer.concat([GZIP_HEADER, flushed(start)]);
  const body = flushed(piece);
  // No end and no checksum: who reads so far has read too much.
  return new Uint8Array(Buffer.concat([head, Buffer.alloc(times * body.length, body)]));
}
const GZIP_HEADER = Uint8Array.of(0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255);

/** A packed file of a start, and megabytes of zeros. */
export const bomb = (start: Uint8Array, megabytes: number): Uint8Array =>
  repeated(start, new Uint8Array(MEGA), megabytes);

const w = new MatWriter();
const header = (count: number) => idx([count, 28, 28], []);
/** Packed pictures, as many thousands as they say. */
const pictures = (thousands: number) =>
  new Uint8Array(gzipSync(idx([1000 * thousands, 28, 28], new Uint8Array(784_000 * thousands))));
/** A model file whose card says something. */
const carded = (key: string, text: string) =>
  rawFile(JSON.stringify({ __metadata__: { format: 'ngc', version: '1', config: '{}', [key]: text } }), []); // prettier-ignore
const many = (count: number, one: (i: number) => string) => Array.from({ length: count }, (_, i) => one(i)).join(','); // prettier-ignore

/** Every way to ask for much that is known. */
export const HOSTILE: readonly Hostile[] = [
  {
    name: 'packed pictures that unpack to ten gigabytes',
    reader: 'own',
    says: /bytes/,
    files: () => [['train-images.gz', bomb(header(13_000_000), 10_000)]],
  },
  {
    name: 'packed pictures that go on behind what they announce',
    reader: 'own',
    says: /more than the 784016 bytes/,
    files: () => [['train-images.gz', bomb(header(1000), 10_000)]],
  },
  {
    name: 'packed nothing that unpacks to ten gigabytes',
    reader: 'own',
    says: /neither IDX pictures nor IDX labels/,
    files: () => [['train-images.gz', bomb(new Uint8Array(16), 10_000)]],
  },
  {
    name: 'eight small files that unpack to 3.2 GB',
    reader: 'own',
    says: /too many files/,
    files: () =>
      Array.from({ length: 8 }, (_, i) => [`train${i}.gz`, bomb(header(510_000), 400)] as const),
  },
  {
    name: 'four files that unpack to 200 MB each',
    reader: 'own',
    says: /takes more than 256,000,000 bytes/,
    files: () =>
      ['train-a', 'train-b', 'test-a', 'test-b'].map(
        (name) => [`${name}.gz`, pictures(255)] as const,
      ),
  },
  {
    name: 'a .mat file of packed arrays, 2.8 GB in all',
    reader: 'own',
    says: /takes more than 256,000,000 bytes/,
    files: () => [['a.mat', w.file(...packedArrays(28, 100 * MEGA))]],
  },
  {
    name: 'a .mat file of 100 MB of text',
    reader: 'own',
    says: /takes more than 1,000,000 characters/,
    files: () => [['a.mat', w.file(packedText(100 * MEGA))]],
  },
  {
    name: 'a .mat file of five million empty cells',
    reader: 'own',
    says: /takes more than 20,000 parts/,
    files: () => [['a.mat', w.file(packedCells(5 * MEGA))]],
  },
  {
    name: 'a .mat file of an array of ten million dimensions',
    reader: 'own',
    says: /more than 32 dimensions/,
    files: () => [['a.mat', w.file(packedDims(10 * MEGA))]],
  },
  {
    name: 'a .mat file of five million arrays',
    reader: 'own',
    says: /takes more than 20,000 parts/,
    files: () => [['a.mat', w.file(Buffer.alloc(40 * MEGA))]],
  },
  {
    name: 'a .mat file of 31 million wide numbers',
    reader: 'own',
    says: /takes more than 256,000,000 bytes/,
    files: () => [['a.mat', w.file(w.packed(w.matrix('train_data', MX.double, [1, 31 * MEGA], w.element(3, Buffer.alloc(62 * MEGA)))))]], // prettier-ignore
  },
  {
    name: 'a packed table of ten gigabytes of empty lines',
    reader: 'table',
    says: /rows are too many/,
    files: () => [['a.csv.gz', repeated(utf8('\n'), new Uint8Array(MEGA).fill(10), 10_000)]],
  },
  {
    name: 'a packed table of large black pictures',
    reader: 'table',
    says: /more than 256,000,000 bytes of text/,
    files: () => [['a.csv.gz', repeated(utf8(''), utf8(`${many(4096, () => '0')}\n`), 100_000)]],
  },
  {
    name: 'a table of one line without an end',
    reader: 'table',
    says: /no table of numbers/,
    files: () => [['a.csv', utf8('0,'.repeat(20 * MEGA))]],
  },
  {
    name: 'a table of 48 MB of empty lines',
    reader: 'table',
    says: /rows are too many/,
    files: () => [['a.csv', utf8(' \n'.repeat(24 * MEGA))]],
  },
  {
    name: 'a table of 48 MB of numbers with many digits',
    reader: 'table',
    says: null,
    files: () => [['a.csv', utf8(`${many(784, () => '0.0000000000000000000001')}\n`.repeat(2500))]],
  },
  {
    name: 'a table of 48 MB of numbers, read',
    reader: 'table',
    says: null,
    files: () => [['a.csv', utf8(`${many(784, (i) => String(i % 256))}\n`.repeat(17_000))]],
  },
  {
    name: 'tensors whose header only nests',
    reader: 'tensors',
    says: /nests lists and objects more than 8 deep/,
    files: () => [['a.safetensors', rawFile('['.repeat(48 * MEGA), [])]],
  },
  {
    name: 'tensors, a million of them, empty',
    reader: 'tensors',
    says: /holds more than 500,000 entries/,
    files: () => [['a.safetensors', rawFile(`{${many(800_000, (i) => `"t${i}":{"dtype":"F32","shape":[0],"data_offsets":[0,0]}`)}}`, [])]], // prettier-ignore
  },
  {
    name: 'a tensor of twenty million dimensions',
    reader: 'tensors',
    says: /holds more than 500,000 entries/,
    files: () => [['a.safetensors', rawFile(`{"t":{"dtype":"F32","shape":[${many(20 * MEGA, () => '1')}],"data_offsets":[0,4]}}`, [0, 0, 0, 0])]], // prettier-ignore
  },
  {
    name: 'tensors whose metadata are many names',
    reader: 'tensors',
    says: /entries|different fields/,
    files: () => [['a.safetensors', rawFile(`{"__metadata__":{${many(3 * MEGA, (i) => `"k${i}":""`)}}}`, [])]], // prettier-ignore
  },
  {
    name: 'tensors whose metadata are one long text, read',
    reader: 'tensors',
    says: null,
    files: () => [['a.safetensors', rawFile(`{"__metadata__":{"k":"${'é'.repeat(24 * MEGA)}"}}`, [])]], // prettier-ignore
  },
  {
    name: 'half-precision tensors of 48 MB, read',
    reader: 'tensors',
    says: null,
    files: () => [['a.safetensors', halves(24 * MEGA)]],
  },
  {
    name: 'a model whose settings only nest',
    reader: 'model',
    says: /config nests lists and objects more than 64 deep/,
    files: () => [['a.safetensors', carded('config', `{"sizes":${'['.repeat(48 * MEGA)}`)]],
  },
  {
    name: 'a run whose record only nests',
    reader: 'record',
    says: /run nests lists and objects more than 64 deep/,
    files: () => [['a.json', utf8('['.repeat(48 * MEGA))]],
  },
  {
    name: 'a run of many empty points',
    reader: 'record',
    says: /run holds more than/,
    files: () => [['a.json', utf8(`{"history":[${many(16 * MEGA, () => '{}')}]}`)]],
  },
  {
    name: 'a run of as many entries as its text may mean',
    reader: 'record',
    says: /run/,
    files: () => [['a.json', utf8(`{"version":2,"history":[${many(2.6 * MEGA, () => `{}${' '.repeat(15)}`)}]}`)]], // prettier-ignore
  },
  {
    name: 'a run of many names',
    reader: 'record',
    says: /run names more than 20,000 different fields/,
    files: () => [['a.json', utf8(`{${many(3 * MEGA, (i) => `"name${i}":1`)}}`)]],
  },
  {
    name: 'a past of many lists',
    reader: 'past',
    says: /past holds more than/,
    files: () => [['a.json', utf8(`{"version":1,"moments":[${many(16 * MEGA, () => '[]')}]}`)]],
  },
  {
    name: 'a result of the Lab that only nests',
    reader: 'result',
    says: /nests lists and objects more than 64 deep/,
    files: () => [['a.json', utf8('[{"a":'.repeat(8 * MEGA))]],
  },
];

/** Elements made without holding what they unpack to more than once. */
function packedArrays(count: number, bytes: number): Buffer[] {
  const array = w.packed(w.matrix('x', MX.uint8, [1, bytes], w.element(MI.uint8, Buffer.alloc(bytes)))); // prettier-ignore
  return new Array<Buffer>(count).fill(array);
}

const packedText = (characters: number) =>
  w.packed(w.matrix('x', MX.char, [1, characters], w.element(16, Buffer.alloc(characters, 'a'))));

function packedCells(count: number): Buffer {
  const empty = w.element(MI.matrix, new Uint8Array(0));
  return w.packed(w.matrix('c', MX.cell, [1, count], Buffer.alloc(count * empty.length, empty)));
}

function packedDims(count: number): Buffer {
  const flags = w.element(MI.uint32, Uint8Array.of(MX.uint8, 0, 0, 0, 0, 0, 0, 0));
  const dims = w.element(MI.int32, Buffer.alloc(4 * count, Uint8Array.of(1, 0, 0, 0)));
  const name = w.small(MI.int8, Uint8Array.of(120));
  return w.packed(w.element(MI.matrix, Buffer.concat([flags, dims, name])));
}

function halves(count: number): Uint8Array {
  const entry = { dtype: 'F16', shape: [count], data_offsets: [0, 2 * count] };
  const head = rawFile(JSON.stringify({ t: entry }), []);
  return new Uint8Array(Buffer.concat([head, Buffer.alloc(2 * count)]));
}
