import type { Heap, Matrix } from './heap.ts';
import { strideOf } from './heap.ts';
import type { Place } from './kernels.ts';

/** The neurons of a batch in a heap; layer l at index l. */
export interface Neurons {
  readonly rows: number;
  /** z_l [B, J_l]. */
  readonly z: readonly Matrix[];
  /** φ(z_l) [B, J_l]; of the input, the input. */
  readonly phi: readonly Matrix[];
  /** mu_l [B, J_l], l < L. */
  readonly mu: readonly Matrix[];
  /** e_l [B, J_l], l < L. */
  readonly e: readonly Matrix[];
  /** target_l − mu_l, φ(z_l)·V_l and what comes up to a layer: of one layer at a time. */
  readonly mismatch: readonly Matrix[];
  readonly rivals: readonly Matrix[];
  readonly up: readonly Matrix[];
  /** [B, J0]: 1 where a pixel is seen. */
  readonly mask: Matrix;
  /** [1, J_l]: 0 at silent neurons. */
  readonly alive: readonly Matrix[];
  readonly scratch: Place;
  dispose(): void;
}

/** The bytes that the neurons of so many images take. */
export const neuronBytes = (sizes: readonly number[], rows: number) =>
  sizes.reduce((sum, size) => sum + 4 * (size + 16) * (4 * rows + 1), 0) +
  16 * rows * (Math.max(...sizes) + 16);

/** Scratch for products of any number of rows. */
const scratchOf = ({ kernels }: Heap, depth: number) =>
  Math.max(kernels.productScratch(depth), kernels.rowScratch(depth));

/** Takes the neurons of `rows` images from a heap, all zero. Throws a RangeError where it has not so much. */
export function takeNeurons(heap: Heap, sizes: readonly number[], rows: number): Neurons {
  const places: Place[] = [];
  const matrix = (count: number, size: number): Matrix => {
    const taken = heap.matrix(count, size);
    places.push(taken.at);
    return taken;
  };
  const dispose = () => places.forEach((place) => heap.give(place));
  try {
    const [pixels] = sizes as [number];
    const layers = sizes.length - 1;
    const every = () => sizes.map((size) => matrix(rows, size));
    const predicted = () => sizes.slice(0, layers).map((size) => matrix(rows, size));
    // One place for all layers, as wide as the widest.
    const shared = () => {
      const widest = matrix(rows, Math.max(...sizes));
      return sizes.map((size) => ({ ...widest, cols: size, stride: strideOf(size) }));
    };
    const z = every();
    const scratch = heap.take(scratchOf(heap, Math.max(...sizes)));
    places.push(scratch);
    return {
      ...{ rows, z, scratch, dispose },
      phi: [z[0]!, ...sizes.slice(1).map((size) => matrix(rows, size))],
      mu: predicted(),
      e: predicted(),
      ...{ mismatch: shared(), rivals: shared(), up: shared() },
      mask: matrix(rows, pixels),
      alive: sizes.map((size) => matrix(1, size)),
    };
  } catch (error) {
    dispose();
    throw error;
  }
}
