import type { ModelConfig } from '../ngc/config/settings.ts';
import { parametersOf } from '../ngc/parameters.ts';
import type { FloatArray } from '../shared/arrays.ts';
import type { Heap, Matrix } from './heap.ts';
import { strideOf } from './heap.ts';
import type { Place } from './kernels.ts';
import { panelBytes } from './network.ts';

/** What an update needs of a heap while it lasts. */
export class Workshop {
  private readonly places: Place[] = [];
  private readonly panels: Place;
  private packed: Matrix | null = null;
  private readonly sum: Place;
  /** As many numbers as the widest matrix has rows or columns. */
  readonly factors: Place;
  /** For products. */
  readonly scratch: Place;

  constructor(
    private readonly heap: Heap,
    private readonly rows: number,
    config: ModelConfig,
  ) {
    const { sizes } = config;
    const widest = Math.max(...sizes);
    const matrices = parametersOf(config).map(({ shape: [rows, cols] }) => rows * strideOf(cols));
    this.sum = this.take(Math.max(...matrices));
    this.panels = this.take(panelBytes(rows, widest));
    this.factors = this.take(strideOf(widest));
    this.scratch = this.take(heap.kernels.productScratch(Math.max(widest, rows)));
  }

  take(bytes: number): Place {
    const place = this.heap.take(bytes);
    this.places.push(place);
    return place;
  }

  /** Aᵀ·B summed over the images, of neurons A [B, rows] and B [B, cols]: what synapses between them saw. Good until the next. */
  seen(post: Matrix, error: Matrix): Matrix {
    const { heap, rows, panels, scratch } = this;
    if (this.packed !== error) {
      heap.kernels.pack(rows, error.cols, error.at, error.stride, 4, panels);
      this.packed = error;
    }
    const sum = { at: this.sum, rows: post.cols, cols: error.cols, stride: error.stride };
    heap.kernels.product(sum.rows, rows, sum.cols, post.at, 4, post.stride, panels, sum.at, sum.stride, 0, scratch); // prettier-ignore
    return sum;
  }

  /** A sum that was made elsewhere. Good until the next. */
  given({ shape: [rows, cols], data }: FloatArray): Matrix {
    const sum = { at: this.sum, rows: rows!, cols: cols!, stride: strideOf(cols!) };
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

  dispose(): void {
    for (const place of this.places) this.heap.give(place);
  }
}
