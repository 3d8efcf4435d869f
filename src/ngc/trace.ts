import type { Tensor2D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';

import type { FloatArray } from '../shared/arrays.ts';
import { errorEnergies } from './equations/discrepancy.ts';
import { synapticChanges } from './equations/hebbian.ts';
import { toFloatArray } from '../engine/floatArrays.ts';
import { learningSetting } from './learn.ts';
import { settle } from './settle.ts';
import type { Beginning, Running } from './settling.ts';

/** How a batch is settled that is traced. */
export type Traced = Pick<Beginning, 'how' | 'states'> & { readonly steps?: number | undefined };

/**
 * Settles a batch and writes down everything: `z1…zL`, `mu0…`, `e0…`, `x`, `energy [T, L]` (batch mean of ‖e_l‖² after each
 * step) and, without a mask, `dW*`, `dE*`, `dM*`, `dSigma*` (before the optimizer) and `next.*` (every parameter
 * after one update). The model must be fresh (no moments yet); that one update changes it.
 *
 * @param x [B, J0]; mask 1 = seen, [B, J0], or null
 */
export async function trace(
  running: Running,
  x: Tensor2D,
  mask: Tensor2D | null,
  { steps = running.model.config.steps, how = 'eq19', states = null }: Traced = {},
): Promise<Map<string, FloatArray>> {
  const { model } = running;
  const arrays = new Map<string, FloatArray>();
  const write = async (name: string, tensor: tf.Tensor) =>
    arrays.set(name, await toFloatArray(tensor));

  const energies: Tensor2D[] = [];
  const settling = await settle(running, x, {
    ...{ mask, steps, how, states },
    onStep: async (settled) => {
      const activity = await settled.read();
      const energy = errorEnergies(activity);
      energies.push(tf.tidy(() => tf.mean<Tensor2D>(energy, 0, true)));
      energy.dispose();
    },
  });
  const activity = await settling.read();
  for (let l = 1; l <= model.layers; l++) await write(`z${l}`, activity.z[l]!);
  for (let l = 0; l < model.layers; l++) {
    await write(`mu${l}`, activity.mu[l]!);
    await write(`e${l}`, activity.e[l]!);
  }
  await write('x', activity.z[0]!);
  const energy = tf.concat(energies, 0);
  await write('energy', energy);
  tf.dispose([energy, ...energies]);

  if (!mask) {
    for (const [name, delta] of synapticChanges(
      model.parameters,
      activity,
      learningSetting(model),
    )) {
      await write(`d${name}`, delta);
      delta.dispose();
    }
    await settling.learn();
    for (const { name } of model.parameters) await write(`next.${name}`, model.synapses.get(name));
  }
  settling.dispose();
  return arrays;
}
