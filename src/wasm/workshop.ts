import type { ModelConfig } from '../ngc/config/settings.ts';
import { parametersOf, preciseLayers } from '../ngc/parameters.ts';
import type { FloatArray } from '../shared/arrays.ts';
import { panelBytes } from './factors.ts';
import type { Heap, Matrix } from './heap.ts';
import { strideOf } from './heap.ts';
import type { Place } from './kernels.ts';

/** Places that an update needs in a heap while it lasts. */
export interface Room {
  /** For the largest sum of what synapses saw. */
  readonly sum: Place;
  readonly panels: Place;
  /** As many numbers as the widest matrix has rows or columns. */
  readonly factors: Place;
  /** For products. */
  readonly scratch: Place;
  /** Of the largest covariance: two packed, then three row by row. */
  readonly packed: readonly [Place, Place];
  readonly square: readonly [Place, Place, Place];
}

/** Takes it from a heap. Throws a RangeError where there is not so much memory. */
export function takeRoom(heap: Heap, rows: number, config: ModelConfig): Room {
  const { sizes } = config;
  const widest = Math.max(...sizes);
  const largest = Math.max(0, ...preciseLayers(config).map(({ size }) => size));
  const packed = () => heap.room(panelBytes(largest, largest));
  const square = () => heap.room(largest * strideOf(largest));
  const sums = parametersOf(config).map(({ shape: [height, cols] }) => height * strideOf(cols));
  return {
    sum: heap.room(Math.max(...sums)),
    panels: heap.room(panelBytes(rows, widest)),
    factors: heap.room(strideOf(widest)),
    scratch: heap.room(heap.kernels.productScratch(Math.max(widest, rows))),
    packed: [packed(), packed()],
    square: [square(), square(), square()],
  };
}

export function giveRoom(heap: Heap, { packed, square, ...places }: Room): void {
  for (const place of [...Object.values(places), ...packed, ...square]) heap.give(place);
}

/** What an update needs of a heap, at work. */
export class Workshop {
  private packed: Matrix | null = null;

  constructor(
    private readonly heap: Heap,
    readonly room: Room,
  ) {}

  /** Aᵀ·B summed over the images, of neurons A [B, rows] and B [B, cols]: what synapses between them saw. Good until the next. */
  seen(post: Matrix, error: Matrix): Matrix {
    const { heap, room } = this;
    const { rows } = error;
    if (this.packed !== error) {
      heap.kernels.pack(rows, error.cols, error.at, error.stride, 4, room.panels);
      this.packed = error;
    }
    const sum = { at: room.sum, rows: post.cols, cols: error.cols, stride: error.stride };
    heap.kernels.product(sum.rows, rows, sum.cols, post.at, 4, post.stride, room.panels, sum.at, sum.stride, 0, room.scratch); // prettier-ignore
    return sum;
  }

  /** A sum that was made elsewhere. Good until the next. */
  given({ shape: [rows, cols], data }: FloatArray): Matrix {
    const sum = { at: this.room.sum, rows: rows!, cols: cols!, stride: strideOf(cols!) };
    // What fills up a row is zero.
    this.heap.view(sum.at, (sum.rows * sum.stride) / 4).fill(0);
    this.heap.write(sum, data);
    return sum;
  }

  /** The same, transposed. */
  transposed({ shape: [cols, rows], data }: FloatArray): Matrix {
    const turned = new Float32Array(data.length);
    for (let i = 0; i < rows!; i++)
      for (let j = 0; j < cols!; j++) turned[i * cols! + j] = data[j * rows! + i]!;
    return this.given({ shape: [rows!, cols!], data: turned });
  }
}
