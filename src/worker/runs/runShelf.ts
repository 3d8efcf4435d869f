import type { ModelFile } from '../../io/modelFile.ts';
import { decodeModel, encodeModel } from '../../io/modelFile.ts';
import { fileError } from '../../io/fileError.ts';
import { parseConfig } from '../../ngc/config/parse.ts';
import type { ComparedCurve, ComparedRun, RunCard, RunsReport } from '../../protocol/runs.ts';
import type { Moment } from '../../protocol/learning.ts';
import type { HistoryPoint } from '../../protocol/snapshot.ts';
import { NgcError, printableText } from '../../shared/errors.ts';
import { storageRoom } from '../../storage/room.ts';
import type { Release, Shelf } from '../../storage/shelf.ts';
import { PAST, readPast } from '../learning/past.ts';
import type { RunRecord } from './record.ts';
import { checkCard, readRecord, RECORD, writeRecord } from './record.ts';

const FILES = 'runs/';
const CARDS = 'cards/';
const FILE = '.safetensors';
const CARD = '.json';

const fileOf = (id: string) => `${FILES}${id}${FILE}`;
const cardOf = (id: string) => `${CARDS}${id}${CARD}`;
/** Whoever closes a page gives back what it held a moment later: so often, and so long apart (ms), it is asked again. */
const ASKED_AGAIN = 8;
const ASK_EVERY = 150;

/** A run that was taken off the shelf. */
interface Removed {
  readonly bytes: Uint8Array;
  readonly card: RunCard;
}

/** The record in a run's file. Throws a file error where it has none, or a broken one. */
const recordIn = (bytes: Uint8Array, name: string): RunRecord =>
  recordOf(decodeModel(bytes, name), name);

function recordOf({ card }: ModelFile, name: string): RunRecord {
  const said = card?.[RECORD];
  if (said === undefined) throw fileError(name, 'is a model, but holds no run.');
  return readRecord(said, name);
}

/** The record in a run's file, and the moments of its past: none in one that was kept before there were any. Throws as `recordIn` does. */
export function historyIn(
  bytes: Uint8Array,
  name: string,
): { readonly record: RunRecord; readonly past: Moment[] } {
  const file = decodeModel(bytes, name);
  const said = file.card?.[PAST];
  return { record: recordOf(file, name), past: said === undefined ? [] : readPast(said, name) };
}

/** Whether a model file holds a run, whole or not, and whether it carries a digest. */
export function lookInto(
  bytes: ArrayBuffer,
  name: string,
): { readonly holdsRun: boolean; readonly sealed: boolean } {
  const { card, sealed } = decodeModel(bytes, name);
  return { holdsRun: card?.[RECORD] !== undefined, sealed };
}

/** A run's file with another card; everything else of it stays. */
function recarded(bytes: Uint8Array, name: string, change: Partial<RunRecord['card']>): Uint8Array {
  const file = decodeModel(bytes, name);
  const record = recordOf(file, name);
  const said = writeRecord({ ...record, card: { ...record.card, ...change } });
  return encodeModel({ ...file, card: { ...file.card, [RECORD]: said } });
}

/**
 * The runs that a browser keeps: each a file, which is a checkpoint with its record, and beside it a card for the list. The file is
 * written first: a card that is behind, or missing, tells of an older moment of the same run, and is made anew from the file.
 */
export class RunShelf {
  private opened: Promise<Shelf> | null = null;
  private readonly claims = new Map<string, Release>();
  private removed: Removed | null = null;
  /** What changes a card begins with what the one before it left. */
  private changing: Promise<unknown> = Promise.resolve();

  constructor(private readonly open: () => Promise<Shelf>) {}

  private shelf(): Promise<Shelf> {
    return (this.opened ??= this.open());
  }

  /** Whether what is kept outlasts the page. */
  async lasts(): Promise<boolean> {
    return (await this.shelf()).place !== 'memory';
  }

  /** All runs, the one kept last first. What cannot be read is left where it is. */
  async report(): Promise<RunsReport> {
    const shelf = await this.shelf();
    const ids = (await shelf.list(FILES))
      .filter((name) => name.endsWith(FILE))
      .map((name) => name.slice(FILES.length, -FILE.length));
    const cards = await Promise.all(ids.map((id) => this.card(id).catch(() => null)));
    const runs = cards.filter((card) => card !== null);
    runs.sort((a, b) => b.saved.localeCompare(a.saved));
    return { runs, lasting: await this.lasts(), storage: await storageRoom() };
  }

  /** The card of a run, from its file where it has none. Null where there is no such run. */
  async card(id: string): Promise<RunCard | null> {
    const beside = await this.cardBeside(id);
    if (beside) return beside;
    const bytes = await (await this.shelf()).read(fileOf(id));
    return bytes && { ...recordIn(bytes, fileOf(id)).card, bytes: bytes.length };
  }

  /** The card beside the file of a run. Null where there is none, or it is cut off or of another version: the file knows. */
  private async cardBeside(id: string): Promise<RunCard | null> {
    const bytes = await (await this.shelf()).read(cardOf(id));
    try {
      return bytes && checkCard(JSON.parse(new TextDecoder().decode(bytes)), 'a card');
    } catch {
      return null;
    }
  }

  /** Keeps a run as it is now, under the name that it has been given meanwhile. Returns its card. */
  keep(bytes: Uint8Array, card: RunCard): Promise<RunCard> {
    return this.inTurn(async () => {
      const shelf = await this.shelf();
      await shelf.write(fileOf(card.id), bytes);
      const { name } = (await this.cardBeside(card.id)) ?? card;
      return this.writeCard({ ...card, name });
    });
  }

  private inTurn<T>(change: () => Promise<T>): Promise<T> {
    const changed = this.changing.then(change);
    this.changing = changed.catch(() => undefined);
    return changed;
  }

  private async writeCard(card: RunCard): Promise<RunCard> {
    const bytes = new TextEncoder().encode(JSON.stringify(card));
    await (await this.shelf()).write(cardOf(card.id), bytes);
    return card;
  }

  /** A run's file as it was kept, and its card, which knows its name. Throws a file error where there is none. */
  async file(id: string): Promise<{ readonly bytes: Uint8Array; readonly card: RunCard }> {
    const bytes = await (await this.shelf()).read(fileOf(id));
    const card = bytes && (await this.card(id));
    if (!bytes || !card) throw new NgcError('file', 'This run is not here any more.');
    return { bytes, card };
  }

  /** A run's file to be taken away: with the name that it has now. */
  async exported(id: string): Promise<{ readonly bytes: Uint8Array; readonly card: RunCard }> {
    const { bytes, card } = await this.file(id);
    return { bytes: recarded(bytes, card.name, { name: card.name }), card };
  }

  /** What runs are made of, and their curves. Those that cannot be read are left out. */
  async compare(ids: readonly string[]): Promise<readonly ComparedRun[]> {
    const found = await Promise.all(ids.map((id) => this.compared(id).catch(() => null)));
    return found.filter((run) => run !== null);
  }

  private async compared(id: string): Promise<ComparedRun> {
    const { bytes, card } = await this.file(id);
    const file = decodeModel(bytes, card.name);
    const { history } = recordOf(file, card.name);
    // Batches and measurements are thinned apart: there are many of the ones and few of the others.
    const points = [...thinned(history.filter(isBatch)), ...thinned(history.filter((p) => !isBatch(p)))]; // prettier-ignore
    points.sort((a, b) => a.imagesSeen - b.imagesSeen);
    const curveOf = (name: Exclude<ComparedCurve, 'weightChange'>) =>
      points.map((point) => point[name]);
    const lengthOf = ({ weightChanges }: HistoryPoint) => weightChanges.length === 0 ? null : Math.hypot(...weightChanges); // prettier-ignore
    return {
      card,
      config: parseConfig(file.config),
      images: points.map(({ imagesSeen }) => imagesSeen),
      curves: {
        validationBce: curveOf('validationBce'),
        trainBce: curveOf('trainBce'),
        discrepancy: curveOf('discrepancy'),
        mmse: curveOf('mmse'),
        weightChange: points.map(lengthOf),
      },
    };
  }

  rename(id: string, name: string): Promise<RunCard> {
    return this.inTurn(async () => {
      const card = await this.card(id);
      if (!card) throw new NgcError('file', 'This run is not here any more.');
      const given = printableText(name.replace(/\s+/g, ' ').trim(), 100);
      return this.writeCard({ ...card, name: given || card.name });
    });
  }

  /** A copy under a name of its own, which goes its own way from here. */
  async duplicate(id: string): Promise<RunCard> {
    const { bytes, card } = await this.file(id);
    const { runs } = await this.report();
    return this.adopt(bytes, { name: freeName(`${card.name}, copy`, runs), underway: false });
  }

  /** Takes in a run's file from elsewhere, as a run of its own. Throws a file error where it holds no run. */
  async adopt(bytes: Uint8Array, change: Partial<RunRecord['card']> = {}): Promise<RunCard> {
    const id = crypto.randomUUID();
    const fresh = recarded(bytes, 'The run', { ...change, id, saved: new Date().toISOString() });
    return this.keep(fresh, { ...recordIn(fresh, 'The run').card, bytes: fresh.length });
  }

  /** Takes a run off the shelf, until another is; `restore` puts it back. Refused where another page is at it. */
  async remove(id: string): Promise<void> {
    if (!(await this.claim(id))) throw inUse();
    const { bytes, card } = await this.file(id);
    const shelf = await this.shelf();
    await shelf.remove(cardOf(id));
    await shelf.remove(fileOf(id));
    this.removed = { bytes, card };
    await this.release(id);
  }

  async restore(): Promise<void> {
    const { removed } = this;
    if (!removed) throw new NgcError('usage', 'There is no run to bring back.');
    await this.keep(removed.bytes, removed.card);
    this.removed = null;
  }

  /** Makes a run this page's; false where another page has it. */
  async claim(id: string): Promise<boolean> {
    if (this.claims.has(id)) return true;
    const shelf = await this.shelf();
    for (let asked = 0; asked < ASKED_AGAIN; asked++) {
      const release = await shelf.claim(fileOf(id));
      if (release) {
        this.claims.set(id, release);
        return true;
      }
      await new Promise((resolve) => setTimeout(resolve, ASK_EVERY));
    }
    return false;
  }

  async release(id: string): Promise<void> {
    const release = this.claims.get(id);
    this.claims.delete(id);
    await release?.();
  }
}

/** What is said of a run that another page is at. */
export const inUse = () =>
  new NgcError(
    'usage',
    'This run is open in another tab: go on there, or duplicate it and go on with the copy.',
  );

const isBatch = ({ trainBce }: HistoryPoint) => trainBce !== null;
/** Charts that compare show no more points of a curve. */
const MOST_POINTS = 400;

/** Every n-th point and the last, by their place in the run: runs of one make keep the same ones. */
function thinned<T>(points: readonly T[]): readonly T[] {
  const every = Math.ceil(points.length / MOST_POINTS);
  return points.filter((_, i) => i % every === 0 || i === points.length - 1);
}

/** A name that no run has yet: "X", "X 2", "X 3" … */
export function freeName(name: string, runs: readonly Pick<RunCard, 'name'>[]): string {
  const taken = new Set(runs.map((run) => run.name));
  for (let n = 1; ; n++) {
    const candidate = n === 1 ? name : `${name} ${n}`;
    if (!taken.has(candidate)) return candidate;
  }
}
