import type { ModelConfig } from '../ngc/config/settings.ts';
import { parametersOf } from '../ngc/parameters.ts';
import type { Heap, Matrix } from './heap.ts';
import { strideOf } from './heap.ts';
import type { Place } from './kernels.ts';
import type { Neurons } from './neurons.ts';
import { panelBytes } from './network.ts';

/** What an update needs of a heap while it lasts. */
export class Workshop {
  private readonly places: Place[] = [];
  private readonly panels: Place;
  private packed: Matrix | null = null;
  private readonly sum: Place;
  /** As many numbers as the widest matrix has rows or columns. */
  readonly factors: Place;

  constructor(
    private readonly heap: Heap,
    private readonly neurons: Neurons,
    config: ModelConfig,
  ) {
    const { sizes } = config;
    const widest = Math.max(...sizes);
    const matrices = parametersOf(config).map(({ shape: [rows, cols] }) => rows * strideOf(cols));
    this.sum = this.take(Math.max(...matrices));
    this.panels = this.take(panelBytes(neurons.rows, widest));
    this.factors = this.take(strideOf(widest));
  }

  take(bytes: number): Place {
    const place = this.heap.take(bytes);
    this.places.push(place);
    return place;
  }

  /** Aᵀ·B summed over the images, of neurons A [B, rows] and B [B, cols]: what synapses between them saw. Good until the next. */
  seen(post: Matrix, error: Matrix): Matrix {
    const { heap, neurons, panels } = this;
    const { rows, scratch } = neurons;
    if (this.packed !== error) {
      heap.kernels.pack(rows, error.cols, error.at, error.stride, 4, panels);
      this.packed = error;
    }
    const sum = { at: this.sum, rows: post.cols, cols: error.cols, stride: error.stride };
    heap.kernels.product(sum.rows, rows, sum.cols, post.at, 4, post.stride, panels, sum.at, sum.stride, 0, scratch); // prettier-ignore
    return sum;
  }

  dispose(): void {
    for (const place of this.places) this.heap.give(place);
  }
}
