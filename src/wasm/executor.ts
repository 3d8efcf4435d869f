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

/**
 * Settles and learns by our own kernels on the main processor. What does not fit into their memory is computed op by op.
 *
 * @param onShort hears in a sentence for a person, once, that something does not fit
 */
export function ownExecutor(module: KernelModule, onShort?: (sentence: string) => void): Executor {
  const networks = new WeakMap<Model, OwnNetwork>();
  let told = false;
  const networkOf = (model: Model): OwnNetwork => {
    const known = networks.get(model) ?? new OwnNetwork(module, model);
    networks.set(model, known);
    return known;
  };
  const fits = (model: Model, rows: number) => {
    const synapses = model.parameters.reduce((sum, { shape: [n, m] }) => sum + 4 * n * (m + 16), 0);
    return COPIES * synapses + neuronBytes(model.config.sizes, rows) < MOST_BYTES;
  };
  const tooLarge = () => {
    if (!told)
      onShort?.(
        'The memory of the kernels does not take a batch of this size on this network: it is computed op by op, more slowly. A smaller batch, or fewer neurons, would fit.',
      );
    told = true;
  };
  return {
    title: 'own kernels',
    overlaps: false,
    stride: STRIDE,
    async begin(model, x, beginning = {}) {
      if (fits(model, x.shape[0]))
        try {
          return await OwnSettling.begin(networkOf(model), x, beginning);
        } catch (error) {
          if (!(error instanceof RangeError)) throw error;
        }
      tooLarge();
      return opByOp.begin(model, x, beginning);
    },
    learnFrom: (model, rows, sums) =>
      learnsHere(model) ? learnFromSums(networkOf(model), rows, sums) : null,
  };
}
