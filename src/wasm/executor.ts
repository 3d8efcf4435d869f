import type { Model } from '../ngc/model.ts';
import { opByOp } from '../ngc/opByOp.ts';
import type { Executor } from '../ngc/settling.ts';
import { MOST_BYTES } from './heap.ts';
import type { KernelModule } from './kernels.ts';
import { learnFromSums, learnsHere } from './learn.ts';
import { OwnNetwork } from './network.ts';
import { neuronBytes } from './neurons.ts';
import { OwnSettling } from './settling.ts';

/** So many steps at once: for 200 images of the paper's networks, a tenth of a second. */
const STRIDE = 5;

/** Copies of a matrix, packed or not, and what an update needs beside them. */
const COPIES = 5;

/** The most images of a network that fit into so many bytes, 0 where it does not fit by itself. */
function mostRows({ parameters, config: { sizes } }: Model, bytes: number): number {
  const synapses = parameters.reduce((sum, { shape: [n, m] }) => sum + 4 * n * (m + 16), 0);
  const none = COPIES * synapses + neuronBytes(sizes, 0);
  const one = neuronBytes(sizes, 1) - neuronBytes(sizes, 0);
  return Math.max(0, Math.floor((bytes - none) / one));
}

const OP_BY_OP = 'it is computed op by op, more slowly';

/** Says beforehand what does not fit, and what would. */
const tooLarge = (rows: number, fitting: number) =>
  fitting === 0
    ? `This network is too large for the memory of the kernels: ${OP_BY_OP}. One of fewer neurons fits.`
    : `A batch of ${rows} images is too large for the memory of the kernels: ${OP_BY_OP}. Up to ${fitting} of this network fit.`;

const noMemory = (rows: number) =>
  `There is no memory left for the kernels to settle ${rows} images: ${OP_BY_OP}. A smaller batch takes less.`;

/**
 * Settles and learns by our own kernels on the main processor. What does not fit into their memory is computed op by op.
 *
 * @param onShort hears in a sentence for a person, once, that something does not fit, and what would
 * @param most bytes that their memory may grow to
 */
export function ownExecutor(
  module: KernelModule,
  onShort?: (sentence: string) => void,
  most = MOST_BYTES,
): Executor {
  const networks = new WeakMap<Model, OwnNetwork>();
  let told = false;
  const networkOf = (model: Model): OwnNetwork => {
    const known = networks.get(model) ?? new OwnNetwork(module, model);
    networks.set(model, known);
    return known;
  };
  const tell = (sentence: string) => {
    if (!told) onShort?.(sentence);
    told = true;
  };
  return {
    title: 'own kernels',
    overlaps: false,
    stride: STRIDE,
    async begin(model, x, beginning = {}) {
      const [rows] = x.shape;
      const fitting = mostRows(model, most);
      if (rows > fitting) tell(tooLarge(rows, fitting));
      else
        try {
          return await OwnSettling.begin(networkOf(model), x, beginning);
        } catch (error) {
          if (!(error instanceof RangeError)) throw error;
          tell(noMemory(rows));
        }
      return opByOp.begin(model, x, beginning);
    },
    learnFrom: (model, rows, sums) =>
      learnsHere(model) ? learnFromSums(networkOf(model), rows, sums) : null,
  };
}
