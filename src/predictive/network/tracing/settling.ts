import type { Tensor2D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';

import { arraysOf } from '../../../engine/theta.ts';
import { changesOf } from '../changes.ts';
import type { Episode } from '../episode.ts';
import { isFree } from '../episode.ts';
import { equilibriumEnergies, isLinear } from '../equilibrium.ts';
import { release } from '../memory.ts';
import type { Network } from '../parameters.ts';
import { lastLayer } from '../parameters.ts';
import { isClassifying } from '../settings.ts';
import { forwardPass } from '../start.ts';
import { updated } from '../update.ts';
import { wire } from '../wiring.ts';
import { settleSoundly } from '../divergence.ts';
import type { TraceInput, Traced } from './input.ts';
import { arrayIn, matrix, write } from './input.ts';
import { EnergyNotes } from './profile.ts';

/** What the input file says of an episode, and its tensors, to be released. */
function episodeIn(network: Network, input: TraceInput): { episode: Episode; held: unknown } {
  const { system, sizes, steps, temperature } = network.settings;
  const last = lastLayer(network.settings);
  const [rows = 0] = input.x.shape;
  const classifying = isClassifying(system);
  const x = matrix(input.x);
  const y = classifying ? matrix(arrayIn(input, 'y', [rows, sizes[last]!])) : null;
  const start = new Map<number, Tensor2D>();
  for (let l = classifying ? 1 : 0; l < last; l++)
    if (input.tensors.has(`start${l}`))
      start.set(l, matrix(arrayIn(input, `start${l}`, [rows, sizes[l]!])));
  const count = input.steps ?? steps;
  const given = input.tensors.has('noise0') || input.tensors.has('noise1');
  const noise = (l: number, step: number) => {
    const n = sizes[l]!;
    const { data } = arrayIn(input, `noise${l}`, [count, rows, n]);
    return tf.tensor2d(data.subarray(step * rows * n, (step + 1) * rows * n), [rows, n]);
  };
  const episode: Episode = {
    rows,
    start,
    ...(y ? { input: x, output: y } : { output: x }),
    ...(temperature > 0 && given && { noise }),
  };
  return { episode, held: [x, y, [...start.values()]] };
}

/**
 * What a network does with a batch: `forward` (supervised) or `reconstruction`, `z*` that move, `muL`, `e*`, `energy`, `d*` before the
 * optimizer, `next.*`, and of a linear network with both ends held `equilibrium`.
 */
export async function settlingTrace(network: Network, input: TraceInput): Promise<Traced> {
  const traced: Traced = new Map();
  const { settings, theta } = network;
  const last = lastLayer(settings);
  const { episode, held } = episodeIn(network, input);
  const wiring = await wire(network);
  try {
    const notes = new EnergyNotes(wiring);
    const state = await settleSoundly(wiring, episode, {
      steps: input.steps,
      onStep: notes.onStep,
    });
    const changes = changesOf(wiring, episode, state);
    const next = await updated(settings, { theta, moments: {} }, changes, 1);
    const passed = forwardPass(wiring, episode.input ?? state.z[0]!);
    const name = episode.input ? 'forward' : 'reconstruction';
    await write(traced, name, tf.clone(passed[last]!));
    for (let l = 0; l <= last; l++)
      if (isFree(episode, l, last)) await write(traced, `z${l}`, tf.clone(state.z[l]!));
    await write(traced, `mu${last}`, tf.clone(state.predictions[last - 1]!.mu));
    for (let l = 1; l <= last; l++) await write(traced, `e${l}`, tf.clone(state.errors[l - 1]!));
    traced.set('energy', notes.array);
    for (const [key, array] of await arraysOf(changes)) traced.set(`d${key}`, array);
    for (const [key, array] of await arraysOf(next.theta)) traced.set(`next.${key}`, array);
    release([state, changes, next, passed]);
    const y = input.tensors.get('y');
    if (episode.input && y && isLinear(network)) {
      const data = await equilibriumEnergies(network, input.x, y);
      traced.set('equilibrium', { shape: [episode.rows], data });
    }
    return traced;
  } finally {
    wiring.dispose();
    release(held);
  }
}
