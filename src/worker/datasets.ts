import { browserCaches } from '../data/browserCache.ts';
import { rowDecoder } from '../data/browserImage.ts';
import type { BrowserIo } from '../data/browserReaders.ts';
import { browserReaders, mayBeHad } from '../data/browserReaders.ts';
import type { Dataset, DatasetId, Split } from '../data/dataset.ts';
import { CATALOGUE } from '../data/catalogue.ts';
import { DATASET_IDS, intensities } from '../data/dataset.ts';
import type { FiledDatasetId, LoadOptions } from '../data/load.ts';
import { loadDataset } from '../data/load.ts';
import { mirrorOf } from '../data/mirrors.ts';
import { loadSynthetic } from '../data/synthetic.ts';
import { withVariations } from '../data/variations.ts';
import { holdOut } from '../lab/splits.ts';
import type { MirrorOffer } from '../protocol/data.ts';
import type { DatasetId as NamedSet, DatasetReport, ExampleReport } from '../protocol/reports.ts';
import type { RunCard } from '../protocol/runs.ts';
import { messageOf, NgcError } from '../shared/errors.ts';
import type { Rng } from '../shared/rng.ts';
import { createRng } from '../shared/rng.ts';
import type { DrawingShelf } from './data/drawingShelf.ts';
import { isVaried } from './data/drawingShelf.ts';
import type { OwnSets } from './data/ownSets.ts';
import { yieldToMessages } from './pacing.ts';
import type { Task } from './progress.ts';

function reportOf({ id, title, source, train, test, classNames, own }: Dataset): DatasetReport {
  return {
    dataset: id,
    title,
    source,
    trainImages: train.count,
    testImages: test.count,
    classNames,
    ...(own !== undefined && { own }),
  };
}

/** Variations of what is learnt from are drawn by this. */
const VARIATION_SEED = 1;

/** The dataset the page works with, and the ways to get another. */
export class DatasetShelf {
  current: Dataset | null = null;
  /** The address of the page's folder; data lie under it. */
  base = '';
  private readonly rng: Rng = createRng(1);
  /** Those that cannot be had without the user's help. */
  missing: readonly DatasetId[] = [];
  /** Those whose public mirrors the user lets the page ask. */
  mirrors: readonly FiledDatasetId[] = [];
  /** Where the dataset that was asked for last could be fetched from. */
  offer: MirrorOffer | null = null;
  private looked = false;
  private arriving: Promise<unknown> = Promise.resolve();
  private cut: { readonly of: Dataset; readonly train: Split; readonly validation: Split } | null =
    null;

  constructor(
    private readonly task: Task,
    private readonly notify: (text: string) => void,
    private readonly drawings: DrawingShelf,
    private readonly sets: OwnSets,
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
      // Only now: what is measured on must not be a variation of what is learnt from.
      const train = data.varied ? withVariations(rest, VARIATION_SEED) : rest;
      this.cut = { of: data, train, validation };
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
   * synthetic digits take its place, and the user is told, or offered to fetch it.
   */
  select(id: NamedSet, vary = false): Promise<DatasetReport> {
    const report = this.arrive(this.loadOrReplace(id, vary));
    void this.arriving.then(() => this.look());
    return report;
  }

  /** Takes a dataset that is had otherwise. */
  take(dataset: Promise<Dataset>): Promise<DatasetReport> {
    return this.arrive(dataset.then((taken) => this.use(taken)));
  }

  /** Has the images in use that a run learns from, or others where they are not here. */
  async find({ id, title, images }: RunCard['dataset']): Promise<DatasetReport> {
    const kept = await this.sets.report();
    const own = kept.find((set) => set.title === title && set.learnt === images);
    return own ? this.take(this.sets.open(own.id)) : this.select(id, isVaried(title));
  }

  private arrive(report: Promise<DatasetReport>): Promise<DatasetReport> {
    this.arriving = Promise.allSettled([this.arriving, report]);
    return report;
  }

  /** Resolves when no dataset is on its way any more, whether it came or not. */
  async arrived(): Promise<void> {
    await this.arriving;
  }

  private async loadOrReplace(id: NamedSet, vary: boolean): Promise<DatasetReport> {
    this.offer = null;
    try {
      const report = this.use(await this.load(id, vary));
      this.missing = this.missing.filter((other) => other !== id);
      return report;
    } catch (error) {
      this.offer = this.offerOf(id, error);
      const gone = error instanceof NgcError && error.kind === 'data' && id !== 'drawings';
      if (gone && !this.offer && !this.missing.includes(id)) this.missing = [...this.missing, id];
      if (this.current || id === 'synthetic') throw error;
      // An offer says by itself what is missing.
      if (!this.offer)
        this.notify(`${messageOf(error)} Until then the page uses its built-in synthetic digits.`);
      return this.use(await this.load('synthetic'));
    }
  }

  /** What a user can say yes to, where a dataset is not here and its mirror was not asked. */
  private offerOf(id: NamedSet, error: unknown): MirrorOffer | null {
    if (id === 'synthetic' || id === 'drawings' || this.mirrors.includes(id)) return null;
    const mirror = mirrorOf(id);
    if (!mirror || !(error instanceof NgcError) || error.kind !== 'data') return null;
    return { dataset: id, title: CATALOGUE[id].title, ...mirror };
  }

  private load(id: NamedSet, vary = false): Promise<Dataset> {
    return this.task.run('loading', 'Loading the data', (signal) => {
      const options: LoadOptions = {
        signal,
        onProgress: ({ label, fraction }) => this.task.report(label, fraction),
      };
      if (id === 'synthetic') return loadSynthetic({ ...options, pause: yieldToMessages });
      if (id === 'drawings') return this.drawings.dataset(vary);
      return loadDataset(id, browserReaders(this.io), options);
    });
  }

  /** A published set was kept, or is no longer: it can be had again, or not without help. */
  async lookAgain(id: DatasetId): Promise<void> {
    if (id === 'synthetic') return;
    const had = await mayBeHad(this.io, id);
    const others = this.missing.filter((other) => other !== id);
    this.missing = had ? others : [...others, id];
  }

  get io(): BrowserIo {
    const address = () => this.base;
    return {
      fetch: (input: RequestInfo | URL, init?: RequestInit) => fetch(input, init),
      caches: browserCaches(),
      // Asked for when something is fetched, and not before.
      get base() {
        const base = address();
        if (base === '') throw new NgcError('usage', 'Start the engine first.');
        return base;
      },
      decodeRows: rowDecoder(),
      mayAskMirror: (id) => this.mirrors.includes(id),
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

  private use(dataset: Dataset): DatasetReport {
    this.current = dataset;
    this.tell(dataset);
    return reportOf(dataset);
  }

  /** Says what a user should know of a dataset. */
  tell({ notices }: Dataset): void {
    for (const notice of notices) this.notify(notice);
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
