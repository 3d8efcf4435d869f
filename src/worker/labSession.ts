import type { Budget, Cell } from '../experiments/experiment.ts';
import { BUDGETS } from '../experiments/experiment.ts';
import { cellsOf } from '../experiments/cells.ts';
import { experimentOf } from '../experiments/experiments.ts';
import type { CellResult, Curve } from '../experiments/result.ts';
import type {
  DrawReport,
  Kept,
  LabRequestOf,
  LabRequestType,
  LabResults,
  LabRun,
  LabSnapshot,
  LookReport,
  SideModel,
} from '../protocol/lab.ts';
import { RULE_CHOICES } from '../protocol/lab.ts';
import type { BackendChoice, DatasetId } from '../protocol/reports.ts';
import { DATASETS } from '../protocol/reports.ts';
import { NgcError, printable } from '../shared/errors.ts';
import type { Shelf } from '../storage/shelf.ts';
import type { Check } from '../shared/checks.ts';
import {
  flags,
  intensities,
  list,
  oneOf,
  optional,
  orNull,
  plain,
  record,
  text,
  whole,
  yesOrNo,
} from '../shared/checks.ts';
import { address } from './checks.ts';
import { keptResults, putBack, removeKept } from './labKept.ts';

/** What is run, and who hears of it. */
export interface RunnerJob {
  readonly cells: readonly Cell[];
  readonly budget: Budget;
  readonly backend: BackendChoice;
  /** Whether it computes without workers beside it. */
  readonly alone: boolean;
  readonly base: string;
  /** The datasets whose public mirrors may be asked. */
  readonly mirrors: readonly DatasetId[];
  readonly shelf: Shelf;
  readonly signal: AbortSignal;
  onBegin(key: string): void;
  onProgress(label: string, fraction: number): void;
  onCurve(curve: Curve): void;
  onResult(result: CellResult): void;
  onMissing(key: string, reason: string): void;
  tell(sentence: string): void;
}

/** Runs cells to their ends. Rejects with a "cancelled" error once the signal is aborted. */
export type Runner = (job: RunnerJob) => Promise<void>;

interface Parts {
  shelf(): Promise<Shelf>;
  runner(): Promise<Runner>;
  /** Models set to one drawing, of those beside the page and on the shelf. */
  side(base: string, shelf: Shelf, backend: BackendChoice): Promise<Side>;
}

/** Answers what is asked of models that are set side by side. */
export interface Side {
  readonly models: readonly SideModel[];
  look(fields: FieldsOf<'look'>): Promise<LookReport>;
  draw(fields: FieldsOf<'draw'>): Promise<DrawReport>;
}

type FieldsOf<T extends LabRequestType> = Omit<LabRequestOf<T>, 'type'>;
type Answers = {
  readonly [T in LabRequestType]: (fields: FieldsOf<T>) => LabResults[T] | Promise<LabResults[T]>;
};
type Mutable<T> = { -readonly [K in keyof T]: T[K] };

const name = text(200);
const backend = oneOf<BackendChoice>(['auto', 'webgpu', 'wasm', 'cpu']);
const PIXELS = 28 * 28;
const CHECKS: { readonly [T in LabRequestType]: Check<FieldsOf<T>> } = {
  open: record({ base: address }),
  run: record<FieldsOf<'run'>>({
    experiment: name,
    budget: oneOf(BUDGETS),
    cells: list(name, 10_000),
    backend,
    alone: optional(yesOrNo),
    mirrors: list(oneOf<DatasetId>(DATASETS), DATASETS.length),
  }),
  stop: record({}),
  pull: record({ have: whole(0, 1_000_000) }),
  remove: record({ experiment: name }),
  restore: record({}),
  model: record({ name }),
  models: record({ backend }),
  look: record<FieldsOf<'look'>>({
    model: name,
    pixels: intensities(PIXELS),
    mask: orNull(flags(PIXELS)),
    rule: oneOf(RULE_CHOICES),
  }),
  draw: record<FieldsOf<'draw'>>({ model: name, count: whole(1, 100), seed: whole(0, 2 ** 31) }),
};

const isKnown = (type: unknown): type is LabRequestType =>
  typeof type === 'string' && Object.hasOwn(CHECKS, type);

/** The Lab's side of the page: what was run here, and what runs now. */
export class LabSession {
  private opened: Promise<Shelf> | null = null;
  private base = '';
  private run: Mutable<LabRun> | null = null;
  private side: Promise<Side> | null = null;
  private stopper: AbortController | null = null;
  /** Finished since the Lab was opened, for pages that pull. */
  private readonly finished: CellResult[] = [];
  private notices: string[] = [];
  private removed: Awaited<ReturnType<typeof removeKept>> = [];

  constructor(private readonly parts: Parts) {}

  /** Answers one request. Rejects with a usage error where it is none of the protocol's. */
  async handle(request: unknown): Promise<LabResults[LabRequestType]> {
    const { type, ...fields } = plain(request, 'A request');
    if (!isKnown(type))
      throw new NgcError('usage', `There is no request of type ${printable(type)}.`);
    return this.answer(type, fields);
  }

  private answer<T extends LabRequestType>(type: T, fields: unknown) {
    return this.answers[type](CHECKS[type](fields, type));
  }

  private readonly answers: Answers = {
    open: ({ base }) => this.open(base),
    run: (fields) => this.start(fields),
    stop: () => {
      this.stopper?.abort();
      return null;
    },
    pull: ({ have }) => this.snapshot(have),
    remove: async ({ experiment }) => {
      if (this.run?.experiment === experiment)
        throw new NgcError('usage', 'Stop the run first: it is of this experiment.');
      this.removed = await removeKept(await this.shelf(), experiment);
      return { results: this.removed.filter(({ name: file }) => file.startsWith('cells/')).length };
    },
    restore: async () => {
      const shelf = await this.shelf();
      await putBack(shelf, this.removed);
      const files = new Set(this.removed.map(({ name: file }) => file));
      this.removed = [];
      const all = await keptResults(shelf, () => undefined);
      return { results: all.filter(({ experiment }) => [...files].some((file) => file.startsWith(`cells/${experiment}/`))) }; // prettier-ignore
    },
    model: async ({ name: file }) => {
      const bytes = await (await this.shelf()).read(file);
      if (!bytes) throw new NgcError('file', 'The model of this cell is not here any more: run the cell again.'); // prettier-ignore
      return { bytes: Uint8Array.from(bytes).buffer };
    },
    models: async ({ backend: choice }) => {
      if (this.base === '') throw new NgcError('usage', 'Open the Lab first.');
      this.side = this.parts.side(this.base, await this.shelf(), choice);
      return { models: (await this.side).models };
    },
    look: async (fields) => (await this.compared()).look(fields),
    draw: async (fields) => (await this.compared()).draw(fields),
  };

  private async compared(): Promise<Side> {
    if (!this.side) throw new NgcError('usage', 'Ask which models there are first.');
    return this.side;
  }

  private shelf(): Promise<Shelf> {
    return (this.opened ??= this.parts.shelf());
  }

  private async open(base: string): Promise<Kept> {
    this.base = base;
    const shelf = await this.shelf();
    const results = await keptResults(shelf, (sentence) => this.notices.push(sentence));
    return { place: shelf.place, lasting: shelf.place !== 'memory', results };
  }

  private snapshot(have: number): LabSnapshot {
    const { notices } = this;
    this.notices = [];
    return { run: this.run && { ...this.run }, results: this.finished.slice(have), notices };
  }

  private async start({
    experiment: id,
    budget,
    cells: keys,
    backend,
    alone = false,
    mirrors,
  }: FieldsOf<'run'>): Promise<null> {
    if (this.run) throw new NgcError('usage', 'Something runs already: stop it first.');
    const wanted = new Set(keys);
    const cells = cellsOf(experimentOf(id), budget).filter(({ key }) => wanted.has(key));
    if (cells.length === 0) throw new NgcError('usage', 'There is no such cell to run.');
    const stopper = (this.stopper = new AbortController());
    const run: Mutable<LabRun> = (this.run = {
      experiment: id,
      budget,
      cells: cells.map(({ key }) => key),
      ...{ done: 0, cell: null, failed: [] },
    });
    let began = 0;
    const change = (told: Partial<NonNullable<LabRun['cell']>>) => {
      const seconds = (performance.now() - began) / 1000;
      if (run.cell) run.cell = { ...run.cell, ...told, seconds };
    };
    try {
      const runner = await this.parts.runner();
      await runner({
        ...{ cells, budget, backend, alone, mirrors, base: this.base, shelf: await this.shelf() },
        signal: stopper.signal,
        onBegin(key) {
          began = performance.now();
          run.cell = { key, label: '', fraction: null, seconds: 0, curve: null };
        },
        onProgress: (label, fraction) => change({ label, fraction }),
        onCurve: (curve) => change({ curve }),
        onResult: (result) => {
          this.finished.push(result);
          run.done++;
          run.cell = null;
        },
        onMissing: (key, reason) => (run.failed = [...run.failed, { key, reason }]),
        tell: (sentence) => this.notices.push(sentence),
      });
      return null;
    } finally {
      this.run = null;
      this.stopper = null;
    }
  }
}
