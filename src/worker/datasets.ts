import type { NamedBytes } from '../data/assemble.ts';
import { rowDecoder } from '../data/browserImage.ts';
import type { BrowserIo } from '../data/browserReaders.ts';
import { browserReaders, mayBeHad } from '../data/browserReaders.ts';
import type { Dataset, DatasetId, Split } from '../data/dataset.ts';
import { DATASET_IDS, intensities } from '../data/dataset.ts';
import { datasetFromFiles } from '../data/dropped.ts';
import { datasetFromImages } from '../data/droppedImages.ts';
import type { LoadOptions } from '../data/load.ts';
import { asDataError, loadDataset } from '../data/load.ts';
import { loadSynthetic } from '../data/synthetic.ts';
import { holdOut } from '../lab/splits.ts';
import type { DatasetReport, ExampleReport } from '../protocol/reports.ts';
import type { RunCard } from '../protocol/runs.ts';
import { messageOf, NgcError, printableText } from '../shared/errors.ts';
import type { Rng } from '../shared/rng.ts';
import { createRng } from '../shared/rng.ts';
import { isImage, picturesOf } from './images.ts';
import { yieldToMessages } from './pacing.ts';
import type { Task } from './progress.ts';

function reportOf({ id, title, source, train, test, classNames }: Dataset): DatasetReport {
  return {
    dataset: id,
    title,
    source,
    trainImages: train.count,
    testImages: test.count,
    classNames,
  };
}

/** What a file holds. Throws a data error that names it where it cannot be read any more. */
async function bytesOf(file: File): Promise<NamedBytes> {
  try {
    return { name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) };
  } catch (error) {
    throw asDataError(error, `${printableText(file.name)} could not be read`);
  }
}

/** The dataset the page works with, and the ways to get another. */
export class DatasetShelf {
  current: Dataset | null = null;
  /** The address of the page's folder; data lie under it. */
  base = '';
  private readonly rng: Rng = createRng(1);
  /** Those that cannot be had without the user's help. */
  missing: readonly DatasetId[] = [];
  private looked = false;
  private arriving: Promise<unknown> = Promise.resolve();
  private cut: { readonly of: Dataset; readonly train: Split; readonly validation: Split } | null =
    null;

  constructor(
    private readonly task: Task,
    private readonly notify: (text: string) => void,
  ) {}

  get loaded(): Dataset {
    if (!this.current) throw new NgcError('data', 'No dataset is loaded yet: choose one.');
    return this.current;
  }

  /** What is learnt from, and what is held out of it to measure on meanwhile; the test images are for the last number. */
  get learning(): { readonly train: Split; readonly validation: Split } {
    const data = this.loaded;
    if (this.cut?.of !== data) {
      const { rest, validation } = holdOut(data.train);
      this.cut = { of: data, train: rest, validation };
    }
    return this.cut;
  }

  /** Whether images are those that are learnt from now. */
  isLearntFrom(train: Split): boolean {
    return this.current !== null && this.cut?.of === this.current && this.cut.train === train;
  }

  /** Whether the images in use are those that a run learns from. */
  are({ id, title, images }: RunCard['dataset']): boolean {
    const { current } = this;
    return current?.id === id && current.title === title && this.learning.train.count === images;
  }

  /** The report of the dataset in use. Throws where there is none. */
  get reported(): DatasetReport {
    return reportOf(this.loaded);
  }

  get report(): DatasetReport | null {
    return this.current && reportOf(this.current);
  }

  /**
   * Loads a dataset by name. One that cannot be had leaves the one in use; at the very start, when there is none, the
   * synthetic digits take its place, and the user is told.
   */
  select(id: DatasetId): Promise<DatasetReport> {
    const report = this.arrive(this.loadOrReplace(id));
    void this.arriving.then(() => this.look());
    return report;
  }

  private arrive(report: Promise<DatasetReport>): Promise<DatasetReport> {
    this.arriving = Promise.allSettled([this.arriving, report]);
    return report;
  }

  /** Resolves when no dataset is on its way any more, whether it came or not. */
  async arrived(): Promise<void> {
    await this.arriving;
  }

  private async loadOrReplace(id: DatasetId): Promise<DatasetReport> {
    try {
      const report = this.use(await this.load(id));
      this.missing = this.missing.filter((other) => other !== id);
      return report;
    } catch (error) {
      const gone = error instanceof NgcError && error.kind === 'data';
      if (gone && !this.missing.includes(id)) this.missing = [...this.missing, id];
      if (this.current || id === 'synthetic') throw error;
      this.notify(`${messageOf(error)} Until then the page uses its built-in synthetic digits.`);
      return this.use(await this.load('synthetic'));
    }
  }

  private load(id: DatasetId): Promise<Dataset> {
    return this.task.run('loading', 'Loading the data', (signal) => {
      const options: LoadOptions = {
        signal,
        onProgress: ({ label, fraction }) => this.task.report(label, fraction),
      };
      if (id === 'synthetic') return loadSynthetic({ ...options, pause: yieldToMessages });
      return loadDataset(id, browserReaders(this.io), options);
    });
  }

  private get io(): BrowserIo {
    return {
      fetch: (input: RequestInfo | URL, init?: RequestInit) => fetch(input, init),
      caches: 'caches' in globalThis ? caches : null,
      base: this.base,
      decodeRows: rowDecoder(),
    };
  }

  /** Looks once, when the first data have come, which other sets are missing. */
  private async look(): Promise<void> {
    if (this.looked) return;
    this.looked = true;
    for (const id of DATASET_IDS)
      if (id !== 'synthetic' && !this.missing.includes(id) && !(await mayBeHad(this.io, id)))
        this.missing = [...this.missing, id];
  }

  /** Reads files the user dropped. */
  open(files: readonly File[], folders: readonly string[] = []): Promise<DatasetReport> {
    return this.arrive(this.read(files, folders));
  }

  private async read(files: readonly File[], folders: readonly string[]): Promise<DatasetReport> {
    if (files.length > 0 && files.every(isImage)) {
      const pictures = await picturesOf(files, folders, this.task, this.notify);
      return this.use(datasetFromImages(pictures));
    }
    const named = await Promise.all(files.map(bytesOf));
    return this.use(await datasetFromFiles(named));
  }

  private use(dataset: Dataset): DatasetReport {
    this.current = dataset;
    for (const notice of dataset.notices) this.notify(notice);
    return reportOf(dataset);
  }

  /** A random image of the test part, of a class or any. */
  example(label?: number): ExampleReport {
    const { test } = this.loaded;
    const { labels } = test;
    const candidates = Array.from({ length: test.count }, (_, i) => i).filter(
      (i) => label === undefined || labels?.[i] === label,
    );
    const index = candidates[this.rng.below(candidates.length)];
    if (index === undefined)
      throw new NgcError('data', `The dataset has no images of class ${label}.`);
    return { pixels: intensities(test, index), label: labels?.[index] ?? -1, index };
  }
}
