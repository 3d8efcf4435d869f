import type { Tensor2D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';

import { tidied } from '../../src/predictive/network/memory.ts';
import { begin } from '../../src/predictive/network/start.ts';
import { freeEnergies, stateOf } from '../../src/predictive/network/state.ts';
import type { Wiring } from '../../src/predictive/network/wiring.ts';
import { wire } from '../../src/predictive/network/wiring.ts';
import { heldEpisode, pictureEpisode, smallNetwork } from './predictive.ts';

export const sum = (values: ArrayLike<number>) => Array.from(values).reduce((a, b) => a + b, 0);

/** Σ over the batch of F at states z. */
export async function totalEnergy(wiring: Wiring, z: readonly Tensor2D[]): Promise<number> {
  const each = tidied(() => freeEnergies(wiring, stateOf(wiring, z)));
  const total = sum(await each.data());
  each.dispose();
  return total;
}

/** How far numbers are moved to see how F changes: F is in float32, of about 1, so slopes are good to about 1e-4. */
export const STEP = 1e-2;
export const CLOSE = 3e-3;

/** (F(value + h) − F(value − h)) / 2h for each of the first numbers of a tensor, which `energyAt` puts in place. */
export async function differences<T extends tf.Tensor>(
  tensor: T,
  energyAt: (moved: T) => Promise<number>,
): Promise<number[]> {
  const data = await tensor.data();
  const found: number[] = [];
  for (let i = 0; i < data.length; i++) {
    const at = async (far: number) => {
      const values = Float32Array.from(data);
      values[i]! += far;
      const moved = tf.tensor(values, tensor.shape) as T;
      const energy = await energyAt(moved);
      moved.dispose();
      return energy;
    };
    found.push(((await at(STEP)) - (await at(-STEP))) / (2 * STEP));
  }
  return found;
}

/** A network that has not come to rest: everything moves. */
export async function unsettled(settings: Readonly<Record<string, unknown>>) {
  const network = smallNetwork({ init: 'random', initSd: 0.7, ...settings });
  const episode = network.settings.system === 'compress' ? pictureEpisode(network) : heldEpisode(network); // prettier-ignore
  const wiring = await wire(network);
  return { network, episode, wiring, state: begin(wiring, { ...episode, seed: 4 }) };
}
