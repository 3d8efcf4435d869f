import type { Heap, Matrix } from './heap.ts';
import { strideOf } from './heap.ts';
import type { Place } from './kernels.ts';

/** The neurons of a batch in a heap, or of some of its rows; layer l at index l. */
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
}

/** The neurons of a batch, and who is to do its rows. */
interface TakenNeurons {
  readonly whole: Neurons;
  /** Its rows in blocks, in order, each with scratch of its own. */
  readonly parts: readonly Neurons[];
  dispose(): void;
}

/** The bytes that the neurons of so many images take. */
export const neuronBytes = (sizes: readonly number[], rows: number) =>
  sizes.reduce((sum, size) => sum + 4 * (size + 16) * (4 * rows + 1), 0) +
  16 * rows * (Math.max(...sizes) + 16);

/** Scratch for products of any number of rows. */
const scratchOf = ({ kernels }: Heap, depth: number) =>
  Math.max(kernels.productScratch(depth), kernels.rowScratch(depth));

/**
 * Takes the neurons of `rows` images from a heap: their states are zero, what follows from them is anything yet. Throws a RangeError where it has not so much.
 *
 * @param hands so many do the rows beside each other
 */
export function takeNeurons(
  heap: Heap,
  sizes: readonly number[],
  rows: number,
  hands = 1,
): TakenNeurons {
  const places: Place[] = [];
  const kept = (place: Place) => {
    places.push(place);
    return place;
  };
  const matrix = (count: number, size: number, blank = true): Matrix => {
    const taken = heap.matrix(count, size, blank);
    kept(taken.at);
    return taken;
  };
  const dispose = () => places.forEach((place) => heap.give(place));
  try {
    const [pixels] = sizes as [number];
    const layers = sizes.length - 1;
    const states = () => sizes.map((size) => matrix(rows, size, false));
    const predicted = () => sizes.slice(0, layers).map((size) => matrix(rows, size));
    // One place for all layers, as wide as the widest.
    const shared = () => {
      const widest = matrix(rows, Math.max(...sizes));
      return sizes.map((size) => ({ ...widest, cols: size, stride: strideOf(size) }));
    };
    const z = states();
    const scratch = () => kept(heap.room(scratchOf(heap, Math.max(...sizes))));
    const whole = {
      ...{ rows, z, scratch: scratch() },
      phi: [z[0]!, ...sizes.slice(1).map((size) => matrix(rows, size))],
      mu: predicted(),
      e: predicted(),
      ...{ mismatch: shared(), rivals: shared(), up: shared() },
      mask: matrix(rows, pixels),
      alive: sizes.map((size) => matrix(1, size)),
    };
    if (hands === 1) return { whole, parts: [whole], dispose };
    const start = (i: number) => Math.floor((i * rows) / hands);
    const parts = Array.from({ length: hands }, (_, i) =>
      someRows(whole, start(i), start(i + 1) - start(i), scratch()),
    );
    return { whole, parts, dispose };
  } catch (error) {
    dispose();
    throw error;
  }
}

/** The rows `from` … `from + rows − 1` of a batch. */
function someRows(whole: Neurons, from: number, rows: number, scratch: Place): Neurons {
  const cut = (matrix: Matrix, apart = matrix.stride): Matrix => ({
    ...{ ...matrix, rows },
    at: matrix.at + from * apart,
  });
  const each = (matrices: readonly Matrix[]) => matrices.map((matrix) => cut(matrix));
  // What all layers share is as wide as the widest: nobody meets the rows of another layer of somebody else.
  const widest = Math.max(...whole.up.map(({ stride }) => stride));
  const shared = (matrices: readonly Matrix[]) => matrices.map((matrix) => cut(matrix, widest));
  const { z, phi, mu, e, mismatch, rivals, up, mask, alive } = whole;
  return {
    ...{ rows, scratch, alive, mask: cut(mask) },
    ...{ z: each(z), phi: each(phi), mu: each(mu), e: each(e) },
    ...{ mismatch: shared(mismatch), rivals: shared(rivals), up: shared(up) },
  };
}
