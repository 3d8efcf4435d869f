import { gzipSync } from 'node:zlib';

import { describe, expect, it } from 'vitest';

import { readCsv } from '../../src/data/csv.ts';
import { ownFromTables } from '../../src/data/droppedTables.ts';
import { datasetOf } from '../../src/data/ownImages.ts';
import { expectNgcError } from './files.ts';

/* Pictures as a table. What must come out is computed here from numbers that were written down, never by the reader. */

/** The text as a stream in pieces of so many bytes. */
function streamOf(text: string, piece = 7): ReadableStream<Uint8Array> {
  const bytes = new TextEncoder().encode(text);
  let at = 0;
  return new ReadableStream({
    pull(controller) {
      if (at >= bytes.length) return controller.close();
      controller.enqueue(bytes.slice(at, (at += piece)));
    },
  });
}

const read = (text: string, piece?: number, classes = new Map<string, number>()) =>
  readCsv(streamOf(text, piece), 'a.csv', { classes });
/** Pictures of 2×2. */
const FOUR = '0,255,7,128\n1,2,3,4\n';

describe('a table of pixels', () => {
  it.each([1, 2, 3, 7, 1000])('is read whole in pieces of %i bytes', async (piece) => {
    const table = await read(FOUR, piece);
    expect(table).toEqual({
      ...{ count: 2, side: 2, labels: null },
      pixels: Uint8Array.of(0, 255, 7, 128, 1, 2, 3, 4),
    });
  });

  it.each([
    ['a header of names', `p1,p2,p3,p4\n${FOUR}`],
    ['a header of numbers', `0,1,2,3\n${FOUR}`],
    ['no newline at its end', FOUR.trimEnd()],
    ['line ends of Windows', FOUR.replaceAll('\n', '\r\n')],
    ['empty lines', `\n${FOUR}\n  \n`],
    ['a byte order mark', `\ufeff${FOUR}`],
    ['semicolons', FOUR.replaceAll(',', ';')],
    ['tabs', FOUR.replaceAll(',', '\t')],
    ['quotes and spaces', '"0", 255,"7" , 128\n1,2,3,4'],
    ['decimals', '0.2,254.9,7.0,128\n1,2,3,4e0'],
  ])('may have %s', async (_, text) => {
    expect((await read(text)).pixels).toEqual(Uint8Array.of(0, 255, 7, 128, 1, 2, 3, 4));
  });

  it('has numbers from 0 to 1 where none is above 1; one above makes all of them bytes', async () => {
    expect((await read('0,1,0.5,0.25\n0.1,0,0,0')).pixels).toEqual(Uint8Array.of(0, 255, 128, 64, 26, 0, 0, 0)); // prettier-ignore
    expect((await read('0,1,0.5,0.25\n0.1,0,0,2')).pixels).toEqual(Uint8Array.of(0, 1, 1, 0, 0, 0, 0, 2)); // prettier-ignore
  });

  it('takes what it has read so far as bytes, once a number is above 1', async () => {
    const { pixels } = await read('0.49,0.5,0.51,1\n0,0.002,1,2\n');
    expect([...pixels]).toEqual([0, 1, 1, 1, 0, 0, 1, 2]);
  });

  it('reads numbers of any length alike', async () => {
    const { pixels } = await read(`.5,0.${'0'.repeat(30)}1,1e0,0.75000000000000000000\n0,1,1.,0\n`);
    expect([...pixels]).toEqual([128, 0, 255, 191, 0, 255, 255, 0]);
  });

  it('keeps every picture of many, in order', async () => {
    const rows = Array.from({ length: 2500 }, (_, i) => [i % 256, 255, (i * 7) % 256, i >> 8]);
    const { count, pixels } = await read(rows.map((row) => row.join()).join('\n'), 4096);
    expect(count).toBe(2500);
    expect(pixels).toEqual(Uint8Array.from(rows.flat()));
  });

  it.each([
    ['first, without a name', '5,0,0,0,0\n3,0,0,0,0\n5,1,1,1,9'],
    ['first, named', 'label,a,b,c,d\n5,0,0,0,0\n3,0,0,0,0\n5,1,1,1,9'],
    ['named, and last', 'a,b,c,d,Label\n0,0,0,0,5\n0,0,0,0,3\n1,1,1,9,5'],
    ['named before numbered columns', 'label,0,1,2,3\n5,0,0,0,0\n3,0,0,0,0\n5,1,1,1,9'],
  ])('has its column of labels %s', async (_, text) => {
    const classes = new Map<string, number>();
    const { labels, pixels, side } = await read(text, 5, classes);
    expect([...classes]).toEqual([
      ['5', 0],
      ['3', 1],
    ]);
    expect(labels).toEqual(Uint8Array.of(0, 1, 0));
    expect(side).toBe(2);
    expect(pixels.subarray(8)).toEqual(Uint8Array.of(1, 1, 1, 9));
  });

  it('has words as labels', async () => {
    const classes = new Map<string, number>();
    await read('cat,0,0,0,0\n"a dog",0,0,0,9', 5, classes);
    expect([...classes.keys()]).toEqual(['cat', 'a dog']);
  });

  it.each<[string, string, (string | RegExp)[]]>([
    ['a word among numbers', 'a,b,c,d\n1,2,3,4\n1,x,3,4', ['row 3', 'column 2 (b)', '"x"']],
    ['a word in the first row', '1,2,x,4\n1,2,3,4', ['row 1', 'column 3', '"x"']],
    ['an empty field', '1,2,3,4\n1,,3,4', ['row 2', 'column 2', 'empty']],
    ['a number above 255', '1,2,3,4\n1,2,3,256', ['row 2', 'column 4', '256', '0 to 255']],
    ['a number below 0', '-1,2,3,4', ['row 1', 'column 1', '-1']],
    ['infinity', '1,2,3,Infinity\n', ['row 1']],
    ['a short row', '1,2,3,4\n1,2,3', ['row 2 has 3 columns', 'before have 4']],
    ['a long row', '1,2,3,4\n1,2,3,4,5', ['row 2 has 5 columns']],
    ['a label that is missing', '5,0,0,0,0\n,0,0,0,0', ['row 2', 'column 1', 'label']],
    ['columns of no square', '1,2,3\n', ['3 columns', '784 columns for 28×28']],
    ['one column', '1\n2\n', ['1 column;']],
    ['nothing', '', ['no rows']],
    ['a header alone', 'label,a,b,c,d\n', ['no rows']],
    ['bytes of something else', '\0\u0001\u0002,\0', ['no table']],
    ['a line without end', '1,'.repeat(600_000), ['row 1 has no end']],
    [
      'too many labels',
      Array.from({ length: 257 }, (_, i) => `${i},0,0,0,0`).join('\n'),
      ['row 257, column 1', '256'],
    ],
  ])('is refused in a sentence that says where: %s', async (_, text, parts) => {
    await expectNgcError(() => read(text, 65_536), 'data', 'a.csv', ...parts);
  });

  it('stops when it is cancelled', async () => {
    const stop = new AbortController();
    const onBytes = async () => stop.abort();
    const reading = readCsv(streamOf(FOUR, 3), 'a.csv', { classes: new Map(), signal: stop.signal, onBytes }); // prettier-ignore
    await expect(reading).rejects.toMatchObject({ kind: 'cancelled' });
  });
});

describe('files of tables', () => {
  const own = (...files: File[]) => ownFromTables(files, {}, async () => undefined);
  /** MNIST as it goes round as CSV. */
  const mnist = (labels: readonly number[]) =>
    [
      `label,${Array.from({ length: 784 }, (_, i) => `${1 + Math.floor(i / 28)}x${1 + (i % 28)}`).join()}`,
      ...labels.map((label) => [label, ...Array.from({ length: 784 }, (_, i) => (i + label) % 256)].join()), // prettier-ignore
    ].join('\n');

  it('may be one: 28×28, a sixth held out, classes by their numbers', async () => {
    const images = await own(new File([mnist([9, 10, 2, 9, 10, 2])], 'train.csv'));
    expect([images.side, images.labelsFrom, images.test]).toEqual([28, 'column', null]);
    expect(images.classNames).toEqual(['2', '9', '10']);
    expect(images.train.labels).toEqual(Uint8Array.of(1, 2, 0, 1, 2, 0));
    expect(images.train.pixels[784 + 3]).toBe(13);
    expect(images.usual).toEqual({ threshold: null, invert: false, centre: false });
    const { train, test } = datasetOf(images, images.usual);
    expect([train.count, test.count]).toEqual([5, 1]);
  });

  it('may be two, packed too, with classes in common', async () => {
    const packed = new Uint8Array(gzipSync(mnist([1, 0])));
    const images = await own(
      new File([mnist([7])], 'my_test.csv'),
      new File([packed], 'my_train.csv.gz'),
    );
    expect([images.train.count, images.test?.count]).toEqual([2, 1]);
    expect(images.classNames).toEqual(['0', '1', '7']);
    expect([images.train.labels, images.test?.labels]).toEqual([Uint8Array.of(1, 0), Uint8Array.of(2)]); // prettier-ignore
  });

  it('of another size become 28×28', async () => {
    const images = await own(new File(['0,255,0,0\n0,0,255,255'], 'small.csv'));
    const { train } = datasetOf(images, { threshold: null, invert: false, centre: false });
    const corners = [0, 27, 27 * 28, 783].map((i) => train.pixels[i]);
    expect([
      [0, 255, 0, 0],
      [0, 0, 255, 255],
    ]).toContainEqual(corners);
  });

  it('are refused where they do not go together, or are too few', async () => {
    const table = (name: string, text: string) => new File([text], name);
    await expectNgcError(() => own(table('a.csv', FOUR), table('b.csv', FOUR)), 'data', 'train', 'test'); // prettier-ignore
    await expectNgcError(
      () => own(table('train.csv', FOUR), table('test.csv', '1,0,0,0,0\n')),
      'data',
      'other columns',
    );
    await expectNgcError(() => own(table('a.csv', '9,2,3,4')), 'data', 'too few');
  });
});
