import type { Tensor2D } from '@tensorflow/tfjs-core';

import type { Model } from '../ngc/model.ts';
import { opByOp } from '../ngc/opByOp.ts';
import type { Beginning, Executor, Settling } from '../ngc/settling.ts';
import { apartAfterUpdate, apartFromPlain, PARITY } from './agreement.ts';
import { Heap, MOST_BYTES } from './heap.ts';
import type { KernelModule } from './kernels.ts';
import { learnFromSums, learnsHere } from './learn.ts';
import { OwnNetwork } from './network.ts';
import { neuronBytes } from './neurons.ts';
import { OwnSettling } from './settling.ts';
import type { Hands } from './tasks.ts';

/** So many steps at once: of the paper's networks, a tenth of a second at most. Each time others are let in costs a little. */
const MOST_STEPS = 50;
const IMAGE_STEPS = 1000;
export const strideFor = (rows: number): number =>
  Math.max(1, Math.min(MOST_STEPS, Math.floor(IMAGE_STEPS / rows)));

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

const wrong = (apart: number) =>
  `Our own kernels compute other numbers here than plain operations do (apart by ${apart.toPrecision(2)}): everything is computed op by op from now on, more slowly.`;

/** Settles and learns by our own kernels on the main processor. */
export interface OwnExecutor extends Executor {
  /** Begins an episode that hands share; their memory has to be that of this executor. */
  beginBy(hands: Hands, model: Model, x: Tensor2D, beginning: Beginning): Promise<Settling>;
}

interface OwnOptions {
  /** Hears in a sentence for a person, once of each, that something does not fit and what would, or that the kernels are wrong. */
  tell?: ((sentence: string) => void) | undefined;
  /** Bytes that the memory of a network may grow to. */
  readonly most?: number;
  /** Makes the memory of a network; default: nobody shares it. */
  memory?: () => WebAssembly.Memory;
}

/**
 * Settles and learns by our own kernels on the main processor. What does not fit into their memory is computed op by op. Once a network,
 * before anything is learnt from it, they are held against plain operations in a step, and once in all in an update; where they are apart,
 * nothing is computed by them any more.
 */
export function ownExecutor(
  module: KernelModule,
  { tell, most = MOST_BYTES, memory }: OwnOptions = {},
): OwnExecutor {
  const networks = new WeakMap<Model, OwnNetwork>();
  const compared = new WeakSet<Model>();
  let updateIsCompared = false;
  let told = false;
  let distrusted = false;
  const networkOf = (model: Model): OwnNetwork => {
    const known = networks.get(model) ?? new OwnNetwork(new Heap(module, memory?.()), model);
    networks.set(model, known);
    return known;
  };
  const tellShort = (sentence: string) => {
    if (!told) tell?.(sentence);
    told = true;
  };
  const judge = (apart: number) => {
    if (apart <= PARITY || distrusted) return;
    distrusted = true;
    tell?.(wrong(apart));
  };
  /** Whether the kernels may compute for a network: they are compared the first time that it is asked. */
  const mayCompute = async (model: Model): Promise<boolean> => {
    if (distrusted || compared.has(model)) return !distrusted;
    const apart = await apartFromPlain(networkOf(model));
    if (apart === null) return true;
    compared.add(model);
    judge(apart);
    return !distrusted;
  };
  /** The same for what is to learn: the first that does is compared in an update. */
  const mayLearn = async (model: Model): Promise<boolean> => {
    if (!(await mayCompute(model)) || !learnsHere(model) || updateIsCompared) return !distrusted;
    updateIsCompared = true;
    try {
      judge(await apartAfterUpdate(networkOf(model), memory?.()));
    } catch (error) {
      // There is no memory for it: nothing is known then.
      if (!(error instanceof RangeError)) throw error;
    }
    return !distrusted;
  };
  const begin = async (
    hands: Hands | null,
    model: Model,
    x: Tensor2D,
    beginning: Beginning,
  ): Promise<Settling> => {
    const [rows] = x.shape;
    const fitting = mostRows(model, most);
    // The first picture of a network does not wait for the comparison.
    const first = !networks.has(model) && beginning.onlyLooks;
    if (rows > fitting) tellShort(tooLarge(rows, fitting));
    else
      try {
        if (first ? !distrusted : await (beginning.onlyLooks ? mayCompute : mayLearn)(model))
          return await OwnSettling.begin(networkOf(model), x, beginning, hands);
      } catch (error) {
        if (!(error instanceof RangeError)) throw error;
        tellShort(noMemory(rows));
      }
    return opByOp.begin(model, x, beginning);
  };
  return {
    get title() {
      return distrusted ? opByOp.title : 'own kernels';
    },
    overlaps: false,
    strideFor,
    begin: (model, x, beginning = {}) => begin(null, model, x, beginning),
    beginBy: begin,
    async learnFrom(model, rows, sums) {
      if (!learnsHere(model) || !(await mayLearn(model))) return null;
      return learnFromSums(networkOf(model), rows, sums);
    },
  };
}
