import type { ModelConfig } from '../ngc/config/settings.ts';
import { parametersOf, preciseLayers } from '../ngc/parameters.ts';
import type { FloatArray } from '../shared/arrays.ts';
import { panelBytes } from './factors.ts';
import type { Heap, Matrix } from './heap.ts';
import { strideOf } from './heap.ts';
import type { Place } from './kernels.ts';

/** Places that an update needs in a heap while it lasts. */
export interface Room {
  /** For the largest sum of what synapses saw, and for one transposed. */
  readonly sum: Place;
  readonly turned: Place;
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
  const sum = () => heap.room(Math.max(...sums));
  return {
    sum: sum(),
    turned: sum(),
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

  /**
   * Aᵀ·B summed over the images, of neurons A [B, rows] and B [B, cols]: what synapses between them saw. Good until the next.
   *
   * @param above of A with itself what is on and above the diagonal; below it anything
   */
  seen(post: Matrix, error: Matrix, above = false): Matrix {
    const { kernels } = this.heap;
    const { panels, scratch, sum: at } = this.room;
    const { rows, cols, stride } = error;
    if (this.packed !== error) {
      kernels.pack(rows, cols, error.at, stride, 4, panels);
      this.packed = error;
    }
    kernels.product(post.cols, rows, cols, post.at, 4, post.stride, panels, at, stride, 0, Number(above), scratch); // prettier-ignore
    return { at, rows: post.cols, cols, stride };
  }

  /** A sum transposed: what synapses saw that lead the other way. Good until the next of these. */
  turned({ at, rows, cols, stride }: Matrix): Matrix {
    const turned = { at: this.room.turned, rows: cols, cols: rows, stride: strideOf(rows) };
    this.heap.kernels.transpose(rows, cols, at, stride, turned.at, turned.stride);
    return turned;
  }

  /** A sum that was made elsewhere. Good until the next. */
  given({ shape: [rows, cols], data }: FloatArray): Matrix {
    const sum = { at: this.room.sum, rows: rows!, cols: cols!, stride: strideOf(cols!) };
    // What fills up a row is zero.
    this.heap.view(sum.at, (sum.rows * sum.stride) / 4).fill(0);
    this.heap.write(sum, data);
    return sum;
  }
}
