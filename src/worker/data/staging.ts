import type { NamedBytes } from '../../data/assemble.ts';
import { evenOverClasses } from '../../data/batches.ts';
import type { Dataset } from '../../data/dataset.ts';
import { PIXELS } from '../../data/dataset.ts';
import { dataError } from '../../data/dataError.ts';
import { MOST_FILES, ownFromFiles, tooManyFiles } from '../../data/dropped.ts';
import { ownFromImages } from '../../data/droppedImages.ts';
import { isTable, ownFromTables } from '../../data/droppedTables.ts';
import { changedPictures } from '../../data/imageChange.ts';
import { asDataError } from '../../data/load.ts';
import type { OwnImages, Pictures } from '../../data/ownImages.ts';
import { SPLIT_SEED, datasetOf, partsOf, pick } from '../../data/ownImages.ts';
import { validationCount } from '../../lab/splits.ts';
import type { ImageChange, LookReport, StagedReport } from '../../protocol/data.ts';
import { LIMITS } from '../../shared/budget.ts';
import { NgcError, printableList, printableText } from '../../shared/errors.ts';
import { grouped } from '../../shared/grouped.ts';
import { isImage, picturesOf } from '../images.ts';
import { yieldToMessages } from '../pacing.ts';
import type { Task } from '../progress.ts';

/** So many images are looked at before a set is used. */
const LOOKED_AT = 60;

interface Staged {
  readonly own: OwnImages;
  readonly report: StagedReport;
  /** Those that are looked at. */
  readonly looked: Pictures;
}

/** What a file holds. Throws a data error that names it where it cannot be read any more. */
async function bytesOf(file: File): Promise<NamedBytes> {
  try {
    return { name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) };
  } catch (error) {
    throw asDataError(error, `${printableText(file.name)} could not be read`);
  }
}

/** Files are read whole: none that is larger than anything it could hold. */
const MOST_BYTES = 2 * LIMITS.bytes;

/** What files hold; of too many files, or too large ones, nothing is read. */
function contentsOf(files: readonly File[]): Promise<NamedBytes[]> {
  if (files.length > MOST_FILES) throw tooManyFiles(files.map(({ name }) => name));
  const large = files.find(({ size }) => size > MOST_BYTES);
  if (large) throw dataError(large.name, `is larger than ${grouped(MOST_BYTES)} bytes, which nothing here needs.`); // prettier-ignore
  return Promise.all(files.map(bytesOf));
}

/** Images that a person opened, and looks at before they are used: one set at a time. */
export class Staging {
  private staged: Staged | null = null;
  private last = 0;

  constructor(
    private readonly task: Task,
    private readonly notify: (text: string) => void,
  ) {}

  /** Reads files; what was staged before stays until they are read. */
  async stage(files: readonly File[], folders: readonly string[]): Promise<StagedReport> {
    const own = await this.read(files, folders);
    const { train, test } = partsOf(own);
    const report: StagedReport = {
      staged: ++this.last,
      title: own.title,
      count: train.count + test.count,
      classes: classesOf(own, [train, test]),
      labelsFrom: own.labelsFrom,
      train: train.count - validationCount(train.count),
      validation: validationCount(train.count),
      test: test.count,
      seed: own.test ? null : SPLIT_SEED,
      usual: own.usual,
    };
    const chosen = evenOverClasses(train, LOOKED_AT, SPLIT_SEED).sort();
    this.staged = { own, report, looked: pick(train, own.side, chosen) };
    this.notify(sentenceOf(own, train.count, test.count));
    return report;
  }

  private async read(files: readonly File[], folders: readonly string[]): Promise<OwnImages> {
    const { task, notify } = this;
    if (files.length > 0 && files.every(isImage))
      return ownFromImages(await picturesOf(files, folders, task, notify));
    const label = 'Reading your files';
    return task.run('loading', label, async (signal) => {
      if (!files.some(({ name }) => isTable(name))) return ownFromFiles(await contentsOf(files));
      if (!files.every(({ name }) => isTable(name)))
        throw new NgcError(
          'data',
          `${printableList(
            files.map(({ name }) => name),
            4,
          )}: open tables of pixels by themselves.`,
        );
      const onProgress = ({ label: what, fraction }: { label: string; fraction: number | null }) =>
        task.report(what, fraction);
      try {
        return await ownFromTables(files, { signal, onProgress }, yieldToMessages);
      } catch (error) {
        throw asDataError(
          error,
          `${printableList(files.map(({ name }) => name))} could not be read`,
        );
      }
    });
  }

  private get(id: number): Staged {
    if (this.staged?.report.staged !== id)
      throw new NgcError('usage', 'These images were let go: open their files again.');
    return this.staged;
  }

  /** Some of the images that will be learnt from, changed. */
  look(id: number, change: ImageChange): LookReport {
    const { own, looked } = this.get(id);
    const pixels = changedPictures(looked.pixels, own.side, change).slice();
    const inked = Array.from(
      { length: looked.count },
      (_, i) =>
      pixels.subarray(i * PIXELS, (i + 1) * PIXELS).reduce((sum, byte) => sum + (byte > 127 ? 1 : 0), 0), // prettier-ignore
    );
    return {
      pixels,
      labels: looked.labels,
      blank: inked.filter((count) => count === 0).length,
      full: inked.filter((count) => count === PIXELS).length,
    };
  }

  /** The dataset that they become. */
  dataset(id: number, change: ImageChange): Dataset {
    return datasetOf(this.get(id).own, change);
  }

  letGo(): void {
    this.staged = null;
  }
}

/** How many there are of each class; none where there are no labels. */
function classesOf({ classNames }: OwnImages, parts: readonly Pictures[]) {
  const counts = classNames.map(() => 0);
  for (const { labels } of parts) labels?.forEach((label) => counts[label]!++);
  return classNames.map((name, i) => ({ name, count: counts[i]! }));
}

function sentenceOf(
  { files, labelsFrom, classNames, test }: OwnImages,
  train: number,
  tested: number,
): string {
  // prettier-ignore
  const images = files === 1 ? 'one image' : `${files} images`;
  const held = test
    ? `${tested} to test on, as the files say`
    : `${tested} held out for testing, drawn by seed ${SPLIT_SEED}`;
  const labelled =
    labelsFrom === 'folders'
      ? ` The folders ${printableList(classNames, 4)} are their labels.`
      : '';
  const where = labelsFrom === 'folders' || labelsFrom === null ? images : files === 1 ? 'one file' : `${files} files`; // prettier-ignore
  return `${train + tested} pictures in ${where}: ${train} to learn from, ${held}.${labelled}`;
}
