import type { KernelModule, Kernels, Place } from './kernels.ts';
import { instantiate } from './kernels.ts';

const PAGE = 65536;
/** Nothing of ours lies in the first page: a place is never 0. */
const START = PAGE;
/** What a module can address. */
export const MOST_BYTES = 4 * 2 ** 30 - PAGE;
/** Kernels write whole vectors: nobody's neighbour is nearer. */
const ALIGNED = 64;

interface Gap {
  at: Place;
  bytes: number;
}

/** Numbers [rows, cols] in a heap, row by row, `stride` bytes apart: rows are filled up to whole panels of 16 columns. */
export interface Matrix {
  readonly at: Place;
  readonly rows: number;
  readonly cols: number;
  readonly stride: number;
}

/** Bytes from one row of so many columns to the next. */
export const strideOf = (cols: number) => 4 * 16 * Math.ceil(cols / 16);

/** The memory of the kernels, and its parts that are in use. */
export class Heap {
  readonly kernels: Kernels;
  private readonly gaps: Gap[] = [];
  private readonly taken = new Map<Place, number>();
  private end = START;

  /** @param memory what it lies in; who was handed that of another thread takes nothing of it */
  constructor(
    readonly module: KernelModule,
    readonly memory = new WebAssembly.Memory({ initial: 1, maximum: 65536 }),
  ) {
    this.kernels = instantiate(module, memory);
  }

  /** Takes zeros. Throws a RangeError where there is not so much memory. */
  take(bytes: number): Place {
    const at = this.room(bytes);
    new Uint8Array(this.memory.buffer, at, this.taken.get(at)).fill(0);
    return at;
  }

  /** Takes what holds anything yet. Throws a RangeError where there is not so much memory. */
  room(bytes: number): Place {
    const wanted = ALIGNED * Math.ceil(Math.max(bytes, 1) / ALIGNED);
    const at = this.fromGap(wanted) ?? this.fromEnd(wanted);
    this.taken.set(at, wanted);
    return at;
  }

  /** Takes a matrix of zeros; `blank`: of anything. */
  matrix(rows: number, cols: number, blank = false): Matrix {
    const stride = strideOf(cols);
    const bytes = rows * stride;
    return { at: blank ? this.room(bytes) : this.take(bytes), rows, cols, stride };
  }

  /** Bytes that are in use. */
  get inUse(): number {
    return [...this.taken.values()].reduce((sum, bytes) => sum + bytes, 0);
  }

  /** Gives back what was taken. */
  give(at: Place): void {
    const bytes = this.taken.get(at);
    if (bytes === undefined) return;
    this.taken.delete(at);
    const next = this.gaps.findIndex((gap) => gap.at > at);
    const index = next < 0 ? this.gaps.length : next;
    this.gaps.splice(index, 0, { at, bytes });
    this.join(index);
    this.join(index - 1);
  }

  /** Numbers from a place on; good until something is taken. */
  view(at: Place, length: number): Float32Array {
    return new Float32Array(this.memory.buffer, at, length);
  }

  /** Writes numbers, row by row. */
  write({ at, rows, cols, stride }: Matrix, values: ArrayLike<number>): void {
    const view = this.view(at, (rows * stride) / 4);
    if (cols * 4 === stride) return view.set(values);
    const source = values instanceof Float32Array ? values : Float32Array.from(values);
    for (let i = 0; i < rows; i++)
      view.set(source.subarray(i * cols, (i + 1) * cols), (i * stride) / 4);
  }

  /** A copy of the first rows. */
  read(matrix: Matrix, rows = matrix.rows): Float32Array<ArrayBuffer> {
    return this.readInto(new Float32Array(rows * matrix.cols), matrix, rows);
  }

  /** The same, into an array of that length. */
  readInto(
    values: Float32Array<ArrayBuffer>,
    { at, rows: all, cols, stride }: Matrix,
    rows = all,
  ): Float32Array<ArrayBuffer> {
    const view = this.view(at, (rows * stride) / 4);
    if (cols * 4 === stride) values.set(view);
    else
      for (let i = 0; i < rows; i++)
        values.set(view.subarray((i * stride) / 4, (i * stride) / 4 + cols), i * cols);
    return values;
  }

  private fromGap(bytes: number): Place | null {
    const index = this.gaps.findIndex((gap) => gap.bytes >= bytes);
    const gap = this.gaps[index];
    if (!gap) return null;
    const { at } = gap;
    gap.at += bytes;
    gap.bytes -= bytes;
    if (gap.bytes === 0) this.gaps.splice(index, 1);
    return at;
  }

  private fromEnd(bytes: number): Place {
    const at = this.end;
    const missing = at + bytes - this.memory.buffer.byteLength;
    if (missing > 0) this.memory.grow(Math.ceil(missing / PAGE));
    this.end += bytes;
    return at;
  }

  /** Makes one gap of two that touch. */
  private join(index: number): void {
    const [gap, next] = [this.gaps[index], this.gaps[index + 1]];
    if (!gap || !next || gap.at + gap.bytes !== next.at) return;
    gap.bytes += next.bytes;
    this.gaps.splice(index + 1, 1);
  }
}
