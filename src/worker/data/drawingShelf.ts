import type { Dataset, Split } from '../../data/dataset.ts';
import { DRAWINGS, HEIGHT, PIXELS, WIDTH, createSplit } from '../../data/dataset.ts';
import { SPLIT_SEED, divided, pick } from '../../data/ownImages.ts';
import { MOST_SHIFT, MOST_TURN, VARIATIONS } from '../../data/variations.ts';
import { validationCount } from '../../lab/splits.ts';
import type { DrawingsReport, KeptDrawing } from '../../protocol/data.ts';
import { NgcError, printableText } from '../../shared/errors.ts';
import { grouped } from '../../shared/grouped.ts';
import type { Shelf } from '../../storage/shelf.ts';
import { hexOf } from '../../shared/bytes.ts';
import { record, text, whole } from '../../shared/checks.ts';

const FOLDER = 'drawings/';
const FILE = '.json';
const VERSION = 1;
/** A network learns from no fewer: of six one is held out for testing. */
export const LEAST_DRAWINGS = 6;
const MOST_DRAWINGS = 10_000;
const MOST_LABELS = 256;
const LONGEST_LABEL = 30;
/** What the dataset is called; with variations it is another one. */
const TITLE = 'My drawings';
const VARIED = `${TITLE}, shifted and turned`;

const fileOf = (id: string) => `${FOLDER}${id}${FILE}`;

/** A drawing as it is written: its pixels are two hexadecimal digits each. */
interface Written {
  readonly version: number;
  readonly label: string;
  readonly drawn: string;
  readonly pixels: string;
}

const checkWritten = record<Written>({
  version: whole(VERSION, VERSION),
  label: text(LONGEST_LABEL),
  drawn: text(40),
  pixels: text(2 * PIXELS),
});

/** The drawing in a file; null where it is none, or of another version. */
function read(id: string, bytes: Uint8Array | null): KeptDrawing | null {
  if (!bytes) return null;
  try {
    const { label, pixels } = checkWritten(
      JSON.parse(new TextDecoder().decode(bytes)),
      'a drawing',
    );
    if (!/^[\da-f]*$/.test(pixels) || pixels.length !== 2 * PIXELS) return null;
    const parsed = Uint8Array.from({ length: PIXELS }, (_, i) => parseInt(pixels.slice(2 * i, 2 * i + 2), 16)); // prettier-ignore
    return { id, label, pixels: parsed };
  } catch {
    return null;
  }
}

/** What a network sees of a drawing: two of which it sees the same are one. */
const seen = (pixels: Uint8Array): string => pixels.map((byte) => (byte > 127 ? 1 : 0)).join('');

/** Each but once: what a network sees the same must not be learnt from and measured on. */
const once = (drawings: readonly KeptDrawing[]): KeptDrawing[] => {
  const first = new Map<string, KeptDrawing>();
  for (const drawing of drawings) {
    const key = seen(drawing.pixels);
    if (!first.has(key)) first.set(key, drawing);
  }
  return [...first.values()];
};

/** Drawings that this browser keeps, a file each: pages that are open side by side lose none of each other's. */
export class DrawingShelf {
  private removed: { readonly id: string; readonly bytes: Uint8Array } | null = null;
  /** When the last one was drawn (ms): the next one is later, so that their order stays. */
  private last = 0;

  constructor(private readonly shelf: () => Promise<Shelf>) {}

  /** How many there are. */
  async count(): Promise<number> {
    return (await this.ids()).length;
  }

  /** Whether what is kept outlasts the page. */
  async lasts(): Promise<boolean> {
    return (await this.shelf()).place !== 'memory';
  }

  private async ids(): Promise<string[]> {
    const names = await (await this.shelf()).list(FOLDER);
    return names
      .filter((name) => name.endsWith(FILE))
      .map((name) => name.slice(FOLDER.length, -FILE.length));
  }

  /** All that can be read, the oldest first. */
  async report(): Promise<DrawingsReport> {
    const shelf = await this.shelf();
    const ids = await this.ids();
    const found = await Promise.all(ids.map(async (id) => read(id, await shelf.read(fileOf(id)))));
    const drawings = found.filter((drawing) => drawing !== null);
    const { train, test } = divided(once(drawings).length, null, SPLIT_SEED);
    const validation = validationCount(train.length);
    return {
      drawings,
      lasting: await this.lasts(),
      split: { train: train.length - validation, validation, test: test.length },
      seed: SPLIT_SEED,
      least: LEAST_DRAWINGS,
      variations: { count: VARIATIONS, shift: MOST_SHIFT, turn: MOST_TURN },
    };
  }

  /** Keeps a drawing. Refused where nothing is drawn, or the same one is kept. */
  async add(intensities: Float32Array, said: string): Promise<DrawingsReport> {
    const label = printableText(said.replace(/\s+/g, ' ').trim(), LONGEST_LABEL);
    if (said.trim() === '') throw new NgcError('usage', 'A drawing needs a label.');
    const pixels = Uint8Array.from(intensities, (value) => Math.round(255 * value));
    if (!pixels.some((byte) => byte > 127))
      throw new NgcError('usage', 'The canvas is empty: draw something first.');
    const { drawings } = await this.report();
    const twin = drawings.find((drawing) => seen(drawing.pixels) === seen(pixels));
    if (twin)
      throw new NgcError('usage', `This drawing is among yours already, as “${twin.label}”.`);
    if (drawings.length >= MOST_DRAWINGS)
      throw new NgcError('usage', `${grouped(MOST_DRAWINGS)} drawings are kept at most: delete some.`); // prettier-ignore
    const labels = new Set(drawings.map((drawing) => drawing.label));
    if (!labels.has(label) && labels.size >= MOST_LABELS)
      throw new NgcError('usage', `${MOST_LABELS} different labels are kept at most.`);
    this.last = Math.max(Date.now(), this.last + 1);
    const drawn = new Date(this.last).toISOString();
    // Names in the order of time; what is drawn at the same moment elsewhere has another one all the same.
    const id = `${drawn.replace(/\D/g, '')}-${crypto.randomUUID()}`;
    const written: Written = { version: VERSION, label, drawn, pixels: hexOf(pixels) };
    const bytes = new TextEncoder().encode(JSON.stringify(written));
    await (await this.shelf()).write(fileOf(id), bytes);
    return this.report();
  }

  /** Takes a drawing away, until another is; `restore` puts it back. */
  async remove(id: string): Promise<DrawingsReport> {
    const shelf = await this.shelf();
    const bytes = await shelf.read(fileOf(id));
    if (!bytes) throw new NgcError('file', 'This drawing is not here any more.');
    await shelf.remove(fileOf(id));
    this.removed = { id, bytes };
    return this.report();
  }

  async restore(): Promise<DrawingsReport> {
    const { removed } = this;
    if (!removed) throw new NgcError('usage', 'There is no drawing to bring back.');
    await (await this.shelf()).write(fileOf(removed.id), removed.bytes);
    this.removed = null;
    return this.report();
  }

  /**
   * The drawings as a dataset: a sixth of each label held out for testing, by a seed. Throws a data error where there are too few.
   * @param vary whether small variations of what is learnt from are learnt from too
   */
  async dataset(vary: boolean): Promise<Dataset> {
    const { drawings } = await this.report();
    const different = once(drawings);
    if (different.length < LEAST_DRAWINGS)
      throw new NgcError(
        'data',
        `${different.length} drawing${different.length === 1 ? ' is' : 's are'} too few to learn from: ${LEAST_DRAWINGS} are needed at least.`,
      );
    const collator = new Intl.Collator('en', { numeric: true });
    const classNames = [...new Set(different.map(({ label }) => label))].sort(collator.compare);
    const pixels = new Uint8Array(different.length * PIXELS);
    different.forEach((drawing, i) => pixels.set(drawing.pixels, i * PIXELS));
    const labels = Uint8Array.from(different, ({ label }) => classNames.indexOf(label));
    const parts = divided(different.length, labels, SPLIT_SEED);
    const split = (indices: Uint32Array): Split => {
      const picked = pick({ count: different.length, pixels, labels }, WIDTH, indices);
      return createSplit(picked.pixels, picked.labels, TITLE);
    };
    return {
      id: DRAWINGS,
      title: vary ? VARIED : TITLE,
      width: WIDTH,
      height: HEIGHT,
      classNames,
      train: split(parts.train),
      test: split(parts.test),
      source: 'drawn here',
      notices: [],
      ...(vary && { varied: true }),
    };
  }
}

/** Whether a dataset of drawings, by its title, has variations. */
export const isVaried = (title: string): boolean => title === VARIED;
