import type { Budget } from '../shared/budget.ts';
import { printable, printableText } from '../shared/errors.ts';
import { grouped } from '../shared/grouped.ts';
import { dataError } from './dataError.ts';
import { budgetOf, concatenate } from './compression.ts';
import type { Layout } from './csvLayout.ts';
import { isNumber, layoutOf, LONGEST_LINE, text, unquoted } from './csvLayout.ts';
import { endOf, plainNumber, ZERO } from './csvNumbers.ts';
import { throwIfCancelled } from './load.ts';

/*
 * Pictures as a table: a row is a picture, a column a pixel, row by row (MNIST as it goes round as CSV). With a header or without;
 * with a column of labels, named "label" or "class", or else the first, or with none. Numbers go from 0 to 255, or from 0 to 1.
 *
 * The file is read as it comes, line by line, and never held whole: only the bytes of its pictures are.
 */

/** Pictures of a table; `labels` are indices into `classes`. */
export interface CsvPictures {
  readonly count: number;
  /** Pixels on a side. */
  readonly side: number;
  /** count·side·side bytes, 0 … 255. */
  readonly pixels: Uint8Array;
  readonly labels: Uint8Array | null;
}

export interface CsvOptions {
  /** Classes by what their column says; new ones are added, so that two files can share them. */
  readonly classes: Map<string, number>;
  readonly signal?: AbortSignal;
  /** Whether the file is packed; the stream is not. */
  readonly packed?: boolean;
  /** What this and whatever is opened with it may take; if not given, its own. */
  readonly budget?: Budget;
  /** Called with the bytes read so far; while it waits, nothing is read. */
  readonly onBytes?: (done: number) => Promise<void>;
}

const MOST_CLASSES = 256;
/** More lines than any set has pictures; and more text than their numbers take. What is packed can be small, and say much. */
const MOST_LINES = 1_000_000;
const MOST_TEXT = { plain: 1_000_000_000, packed: 256_000_000 } as const;
/** Pictures are gathered so many at a time. */
const BLOCK = 1024;

const SPACE = 32;
const NEWLINE = 10;
const RETURN = 13;

/**
 * Reads pictures from a stream of a CSV file, unpacked.
 * @throws NgcError('data') naming the row (the line of the file) and the column that is wrong; NgcError('cancelled').
 */
export async function readCsv(
  stream: ReadableStream<Uint8Array>,
  name: string,
  { classes, signal, onBytes, packed = false, budget = budgetOf(name) }: CsvOptions,
): Promise<CsvPictures> {
  const table = new Table(name, classes, budget);
  const mostText = MOST_TEXT[packed ? 'packed' : 'plain'];
  const reader = stream.getReader();
  let rest = new Uint8Array(0);
  let done = 0;
  try {
    for (;;) {
      throwIfCancelled(signal);
      const step = await reader.read();
      if (step.done) break;
      done += step.value.length;
      if (done > mostText)
        throw dataError(name, `more than ${grouped(mostText)} bytes of text are too many.`); // prettier-ignore
      const bytes = rest.length > 0 ? joined(rest, step.value) : step.value;
      let from = 0;
      for (let to; (to = bytes.indexOf(NEWLINE, from)) >= 0; from = to + 1)
        table.take(bytes.subarray(from, to));
      rest = bytes.slice(from);
      if (rest.length > LONGEST_LINE)
        throw dataError(name, `row ${table.line + 1} has no end; this is no table of numbers.`);
      await onBytes?.(done);
    }
  } finally {
    void reader.cancel().catch(() => undefined);
  }
  if (rest.length > 0) table.take(rest);
  return table.end();
}

function joined(a: Uint8Array, b: Uint8Array): Uint8Array<ArrayBuffer> {
  const both = new Uint8Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both;
}

class Table {
  /** Lines so far, the header and empty ones too. */
  line = 0;
  private layout: Layout | null = null;
  private count = 0;
  /** The pictures, by `BLOCK`: with numbers taken as 0 … 1 as long as none is above 1, then as 0 … 255. */
  private readonly blocks: Uint8Array[] = [];
  private areShares = true;
  private readonly labels: number[] = [];

  constructor(
    private readonly name: string,
    private readonly classes: Map<string, number>,
    private readonly budget: Budget,
  ) {}

  take(line: Uint8Array): void {
    if (++this.line > MOST_LINES)
      throw dataError(this.name, `more than ${grouped(MOST_LINES)} rows are too many.`);
    const end = line.at(-1) === RETURN ? line.length - 1 : line.length;
    let row = line.subarray(0, end);
    if (this.line === 1 && row[0] === 0xef && row[1] === 0xbb && row[2] === 0xbf) row = row.subarray(3); // prettier-ignore
    if (row.every((byte) => byte === SPACE)) return;
    if (!this.layout) {
      this.layout = layoutOf(row, this.name);
      if (this.layout.names) return;
    }
    this.picture(row, this.layout);
  }

  /** Reads a row of numbers. */
  private picture(row: Uint8Array, layout: Layout): void {
    const size = layout.side ** 2;
    const at = (this.count % BLOCK) * size;
    if (at === 0) {
      this.budget.tick();
      this.budget.take('bytes', BLOCK * size);
      this.blocks.push(new Uint8Array(BLOCK * size));
    }
    const block = this.blocks.at(-1)!;
    const { separator, columns, label } = layout;
    let column = 0;
    let pixel = 0;
    for (let from = 0; from <= row.length; column++) {
      let to = from + 1;
      let value = row[from]! - ZERO;
      // Nearly all fields are plain numbers, most of one digit: these are read in one go.
      let plain = row[to] === separator && value >= 0 && value <= 9;
      if (!plain) {
        const found = plainNumber(row, from, separator);
        plain = found !== null;
        value = found?.value ?? NaN;
        to = found?.end ?? endOf(row, from, separator);
      }
      if (column === label) this.label(row.subarray(from, to), column, layout);
      else if (column < columns) {
        if (!plain || value > 255) value = this.number(row.subarray(from, to), column, layout);
        if (value > 1 && this.areShares) this.takeAsBytes();
        // Most are paper, which is there already.
        if (value > 0) block[at + pixel] = Math.round(this.areShares ? 255 * value : value);
        pixel++;
      }
      from = to + 1;
    }
    if (column !== layout.columns)
      throw dataError(
        this.name,
        `row ${this.line} has ${column} columns, and the rows before have ${layout.columns}.`,
      );
    this.count++;
  }

  /** A number above 1 says that all are 0 … 255: those so far were 0 or 1, to the nearest. */
  private takeAsBytes(): void {
    this.areShares = false;
    for (const block of this.blocks)
      for (let i = 0; i < block.length; i++) block[i] = block[i]! > 127 ? 1 : 0;
  }

  /** A number that is no plain whole one from 0 to 255. */
  private number(field: Uint8Array, column: number, layout: Layout): number {
    const said = unquoted(text(field.subarray(0, 60)));
    const value = Number(said);
    if (said !== '' && value >= 0 && value <= 255) return value;
    throw dataError(
      this.name,
      `${this.place(column, layout)} is ${said === '' ? 'empty' : printable(said, 30)}; it must be a number from 0 to 255, or from 0 to 1.`,
    );
  }

  private label(field: Uint8Array, column: number, layout: Layout): void {
    const said = unquoted(text(field.subarray(0, 200)));
    if (said === '') throw dataError(this.name, `${this.place(column, layout)} is empty; it must be a label.`); // prettier-ignore
    const named = isNumber(said) ? String(Number(said)) : printableText(said, 40);
    let index = this.classes.get(named);
    if (index === undefined) {
      if (this.classes.size === MOST_CLASSES)
        throw dataError(
          this.name,
          `${this.place(column, layout)} is the ${MOST_CLASSES + 1}th label; ${MOST_CLASSES} at most can be told apart. Is that column a label?`,
        );
      this.classes.set(named, (index = this.classes.size));
    }
    this.labels.push(index);
  }

  private place(column: number, { names }: Layout): string {
    const called = names ? ` (${printableText(names[column] ?? '', 30)})` : '';
    return `row ${this.line}, column ${column + 1}${called}`;
  }

  end(): CsvPictures {
    if (!this.layout || this.count === 0)
      throw dataError(this.name, 'there are no rows of pixels in it.');
    const { side, label } = this.layout;
    const total = this.count * side ** 2;
    const { blocks } = this;
    const last = blocks.length - 1;
    blocks[last] = blocks[last]!.subarray(0, total - last * BLOCK * side ** 2);
    return {
      count: this.count,
      side,
      pixels: concatenate(blocks),
      labels: label < 0 ? null : Uint8Array.from(this.labels),
    };
  }
}
