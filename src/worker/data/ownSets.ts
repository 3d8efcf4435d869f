import type { Dataset, Split } from '../../data/dataset.ts';
import { DATASET_IDS, HEIGHT, PIXELS, WIDTH, createSplit } from '../../data/dataset.ts';
import { fileError } from '../../io/fileError.ts';
import { holdOut } from '../../lab/splits.ts';
import type { OwnSet } from '../../protocol/data.ts';
import { NgcError } from '../../shared/errors.ts';
import type { Shelf } from '../../storage/shelf.ts';
import { list, oneOf, record, text, whole, yesOrNo } from '../../shared/checks.ts';

/*
 * Images of a person's own that this browser keeps: a file each, as they are learnt from, and beside it a card for the list.
 *
 *   4 bytes   length of the header, little-endian
 *   header    JSON: title, classes, how many images to train and to test, whether they have labels
 *   bytes     train pixels, train labels, test pixels, test labels; 784 a picture, a label each where there are any
 */

const SETS = 'sets/';
const CARDS = 'set-cards/';
const FILE = '.images';
const CARD = '.json';
const setOf = (id: string) => `${SETS}${id}${FILE}`;
const cardOf = (id: string) => `${CARDS}${id}${CARD}`;
const VERSION = 1;
const LENGTH = 4;

interface Header {
  readonly version: number;
  readonly id: (typeof DATASET_IDS)[number];
  readonly title: string;
  readonly classNames: readonly string[];
  readonly train: number;
  readonly test: number;
  readonly labelled: boolean;
}

const count = whole(0, Number.MAX_SAFE_INTEGER);
const checkHeader = record<Header>({
  version: whole(VERSION, VERSION),
  id: oneOf(DATASET_IDS),
  title: text(400),
  classNames: list(text(400), 256),
  train: count,
  test: count,
  labelled: yesOrNo,
});
const checkCard = record<OwnSet>({
  id: text(64),
  title: text(400),
  images: count,
  classes: count,
  learnt: count,
  bytes: count,
  saved: text(40),
});

const encoded = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));

/** A dataset of a person's own as the bytes of a file. */
export function encodeSet({ id, title, classNames, train, test }: Dataset): Uint8Array {
  const header = encoded({
    ...{ version: VERSION, id, title, classNames },
    ...{ train: train.count, test: test.count, labelled: train.labels !== null },
  });
  const none = new Uint8Array(0);
  const length = new Uint8Array(LENGTH);
  new DataView(length.buffer).setUint32(0, header.length, true);
  const pieces = [length, header, train.pixels, train.labels ?? none, test.pixels, test.labels ?? none]; // prettier-ignore
  const bytes = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.length;
  }
  return bytes;
}

/** The dataset in such a file. Throws a file error where it is none, or cut off. */
export function decodeSet(bytes: Uint8Array, own: string): Dataset {
  const broken = () => fileError('The kept images', 'are broken: open their files again.');
  try {
    const length = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(
      0,
      true,
    );
    const said: unknown = JSON.parse(
      new TextDecoder().decode(bytes.subarray(LENGTH, LENGTH + length)),
    );
    const { id, title, classNames, train, test, labelled } = checkHeader(said, 'a header');
    let at = LENGTH + length;
    const take = (size: number) => bytes.subarray(at, (at += size));
    const split = (images: number): Split => {
      const pixels = take(images * PIXELS);
      const labels = labelled ? take(images) : null;
      if (pixels.length !== images * PIXELS) throw broken();
      return createSplit(pixels, labels, title);
    };
    const parts = { train: split(train), test: split(test) };
    return { ...parts, id, title, classNames, width: WIDTH, height: HEIGHT, source: 'your files', notices: [], own }; // prettier-ignore
  } catch {
    throw broken();
  }
}

export class OwnSets {
  private removed: { readonly bytes: Uint8Array; readonly card: OwnSet } | null = null;

  constructor(private readonly shelf: () => Promise<Shelf>) {}

  /** All of them, the one kept last first. What cannot be read is left where it is. */
  async report(): Promise<readonly OwnSet[]> {
    const shelf = await this.shelf();
    const names = await shelf.list(CARDS);
    const cards = await Promise.all(
      names.map(async (name) => {
        try {
          return checkCard(
            JSON.parse(new TextDecoder().decode((await shelf.read(name))!)),
            'a card',
          );
        } catch {
          return null;
        }
      }),
    );
    return cards.filter((card) => card !== null).sort((a, b) => b.saved.localeCompare(a.saved));
  }

  /** Keeps a dataset; returns it as it is kept. */
  async keep(dataset: Dataset): Promise<Dataset> {
    const { title, train, test, classNames } = dataset;
    const id = crypto.randomUUID();
    const bytes = encodeSet(dataset);
    await this.write(bytes, {
      ...{ id, title, images: train.count + test.count, classes: classNames.length },
      learnt: holdOut(train).rest.count,
      bytes: bytes.length,
      saved: new Date().toISOString(),
    });
    return { ...dataset, own: id };
  }

  /** The file first: a card without one would tell of what is not there. */
  private async write(bytes: Uint8Array, card: OwnSet): Promise<void> {
    const shelf = await this.shelf();
    await shelf.write(setOf(card.id), bytes);
    await shelf.write(cardOf(card.id), encoded(card));
  }

  /** A kept set. Throws a file error where there is none any more. */
  async open(id: string): Promise<Dataset> {
    const bytes = await (await this.shelf()).read(setOf(id));
    if (!bytes) throw new NgcError('file', 'These images are not here any more.');
    return decodeSet(bytes, id);
  }

  /** Takes a set away, until another is; `restore` puts it back. */
  async remove(id: string): Promise<void> {
    const shelf = await this.shelf();
    const card = (await this.report()).find((other) => other.id === id);
    const bytes = await shelf.read(setOf(id));
    await shelf.remove(cardOf(id));
    await shelf.remove(setOf(id));
    if (card && bytes) this.removed = { bytes, card };
  }

  async restore(): Promise<void> {
    const { removed } = this;
    if (!removed) throw new NgcError('usage', 'There are no images to bring back.');
    await this.write(removed.bytes, removed.card);
    this.removed = null;
  }
}
