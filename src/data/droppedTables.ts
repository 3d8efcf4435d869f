import { printableList } from '../shared/errors.ts';
import { budgetOf, isGzip } from './compression.ts';
import type { CsvOptions, CsvPictures } from './csv.ts';
import { readCsv } from './csv.ts';
import { dataError } from './dataError.ts';
import { WIDTH } from './dataset.ts';
import { halfOf } from './dropped.ts';
import type { LoadOptions } from './load.ts';
import type { OwnImages } from './ownImages.ts';

/** Whether a file's name says that it is a table of pixels, packed or not. */
export const isTable = (name: string): boolean => /\.(csv|tsv)(\.gz)?$/i.test(name);

/**
 * Pictures from one table of pixels, or from two, one of which says "train" and the other "test".
 * @param pause waits between two pieces of a file, so that the caller hears others
 * @throws NgcError('data') naming file, row and column of what is wrong.
 */
export async function ownFromTables(
  files: readonly File[],
  { onProgress, signal }: LoadOptions,
  pause: () => Promise<void>,
): Promise<OwnImages> {
  const title = printableList(
    files.map(({ name }) => name),
    4,
  );
  const halves = files.map(({ name }) => halfOf(name));
  const [only, second] = files;
  if (
    !only ||
    files.length > 2 ||
    (second && !(halves.includes('train') && halves.includes('test')))
  )
    throw dataError(
      title,
      'open one table of pixels, or two with “train” in the name of one and “test” in the other’s.',
    );
  const classes = new Map<string, number>();
  const budget = budgetOf(title);
  const total = files.reduce((sum, { size }) => sum + size, 0);
  let before = 0;
  const tables: CsvPictures[] = [];
  for (const file of files) {
    const packed = isGzip(new Uint8Array(await file.slice(0, 2).arrayBuffer()));
    const onBytes = async (done: number) => {
      onProgress?.({
        label: `Reading ${title}`,
        fraction: packed ? null : (before + done) / total,
      });
      await pause();
    };
    const options: CsvOptions = { classes, onBytes, packed, budget, ...(signal && { signal }) };
    const stream = packed ? unpacked(file) : file.stream();
    tables.push(await readCsv(stream, file.name, options));
    before += file.size;
  }
  const train = tables[halves.indexOf('train')] ?? tables[0]!;
  const test = second ? tables[halves.indexOf('test')]! : null;
  if (test && (test.side !== train.side || (test.labels === null) !== (train.labels === null)))
    throw dataError(title, 'the two tables have other columns; both need the same.');
  if (!test && train.count < 2)
    throw dataError(title, 'one picture is too few to learn from; at least two are needed.');
  const { classNames, renumbered } = inOrder(classes);
  const sorted = ({ count, pixels, labels }: CsvPictures) => ({
    ...{ count, pixels },
    labels: labels && labels.map((label) => renumbered[label]!),
  });
  return {
    id: 'mnist',
    title,
    side: train.side,
    train: sorted(train),
    test: test && sorted(test),
    classNames,
    labelsFrom: train.labels && 'column',
    files: files.length,
    usual: { threshold: null, invert: false, centre: train.side !== WIDTH },
  };
}

const unpacked = (file: File): ReadableStream<Uint8Array> =>
  file.stream().pipeThrough(new DecompressionStream('gzip'));

/** Classes in order, numbers by their value, and the place of each in it. */
function inOrder(classes: ReadonlyMap<string, number>) {
  const collator = new Intl.Collator('en', { numeric: true });
  const classNames = [...classes.keys()].sort(collator.compare);
  const renumbered = new Uint8Array(classes.size);
  classNames.forEach((name, i) => (renumbered[classes.get(name)!] = i));
  return { classNames, renumbered };
}
