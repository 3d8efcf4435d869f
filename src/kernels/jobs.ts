import { JOB_WORDS } from './product.ts';
import type { Tile } from './tiles.ts';
import { tilesOf } from './tiles.ts';

/** Where a matrix lies in its buffer: its first entry, and how far its rows and columns are apart. */
export interface Matrix {
  readonly offset: number;
  readonly row: number;
  readonly col: number;
}

/** A matrix that lies row by row. */
export function rowMajor(offset: number, cols: number): Matrix {
  return { offset, row: cols, col: 1 };
}

export function transposed({ offset, row, col }: Matrix): Matrix {
  return { offset, row: col, col: row };
}

/** One term sign·A·B of a product; `depth` is what is summed over. */
export interface Segment {
  readonly a: Matrix;
  readonly b: Matrix;
  readonly depth: number;
  readonly sign?: -1;
}

/** One product of a dispatch, [rows, cols]; `words` and `flags` are what the kernel's `finish` reads as o0 … o5. */
export interface Job {
  readonly rows: number;
  readonly cols: number;
  readonly segments: readonly Segment[];
  readonly words: readonly number[];
  readonly flags?: number;
}

/** The most segments a job may have, and words. */
const SEGMENTS = (JOB_WORDS - 3) / 2;
const WORDS = 6;

const bits = (value: number) => new Uint32Array(Float32Array.of(value).buffer)[0]!;

/** The table that a product kernel reads, and how many workgroups it asks for. */
export function jobTable(jobs: readonly Job[], tile: Tile): { data: Uint32Array; groups: number } {
  const data = new Uint32Array(jobs.length * JOB_WORDS * 4);
  let groups = 0;
  jobs.forEach((job, index) => {
    const { rows, cols, segments, words, flags = 0 } = job;
    if (segments.length > SEGMENTS || words.length > WORDS) throw new Error('job too large');
    const o = [...words, ...new Array<number>(WORDS - words.length).fill(0)];
    const across = Math.ceil(cols / tile.cols);
    const at = index * JOB_WORDS * 4;
    data.set([groups, across, rows, cols], at);
    data.set([segments.length, ...o.slice(0, 3), ...o.slice(3), flags], at + 4);
    segments.forEach(({ a, b, depth, sign = 1 }, s) =>
      data.set(
        [a.offset, a.row, a.col, depth, b.offset, b.row, b.col, bits(sign)],
        at + 12 + 8 * s,
      ),
    );
    groups += tilesOf(tile, job);
  });
  return { data, groups };
}
