import type { Tensor2D } from '@tensorflow/tfjs-core';

import { backpropagate } from './backprop.ts';
import { release } from './memory.ts';
import type { NetworkSettings } from './settings.ts';
import type { Learnt } from './update.ts';
import { updated } from './update.ts';
import { wire } from './wiring.ts';

/**
 * One update of the twin by backpropagation (B4): same synapses, same batch, same optimizer. Nothing of what `before` holds changes; the
 * caller owns what comes.
 *
 * @param step the number of this update, from 1
 * @returns what it learnt, and the mean loss over the batch before, nats
 */
export async function learnByBackprop(
  settings: NetworkSettings,
  before: Learnt,
  { input, output }: { readonly input: Tensor2D; readonly output: Tensor2D },
  step: number,
): Promise<{ readonly learnt: Learnt; readonly loss: number }> {
  const wiring = await wire({ settings, theta: before.theta });
  const { loss, deltas, changes } = backpropagate(wiring, input, output);
  try {
    const learnt = await updated(settings, before, changes, step);
    return { learnt, loss: (await loss.data())[0]! };
  } finally {
    release([loss, deltas, changes]);
    wiring.dispose();
  }
}
