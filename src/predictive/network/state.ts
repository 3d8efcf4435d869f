import type { Scalar, Tensor1D, Tensor2D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';

import type { Prediction } from './equations.ts';
import { energyOf, errorOf, predict } from './equations.ts';
import type { Wiring } from './wiring.ts';
import { layerAt } from './wiring.ts';

/** A network between two steps: what every neuron does. It owns its tensors; whoever has it releases it (memory.ts). */
export interface State {
  /** Steps made so far. */
  readonly step: number;
  /** z_0 … z_L [B, n_l]. */
  readonly z: readonly Tensor2D[];
  /** v_0 … v_L [B, n_l]; empty where there is no momentum. */
  readonly velocity: readonly Tensor2D[];
  /** What is predicted of layers 1 … L, the first at 0. */
  readonly predictions: readonly Prediction[];
  /** e_1 … e_L [B, n_l], the first at 0. */
  readonly errors: readonly Tensor2D[];
  /** 1 where a neuron of z_L sends an error [B, n_L]; null: all do. */
  readonly seen: Tensor2D | null;
}

/** The prediction of layer l, from 1 … L. */
export const predictionAt = ({ predictions }: State, l: number): Prediction => predictions[l - 1]!;

/** e_l, from 1 … L. */
export const errorAt = ({ errors }: State, l: number): Tensor2D => errors[l - 1]!;

/**
 * The state in which layers do what `z` says. Belongs in a tidy.
 *
 * @param first mu_1, where it is known already because z_0 is held
 * @param seen 1 where a neuron of z_L sends an error [B, n_L]; absent: all do
 */
export function stateOf(
  wiring: Wiring,
  z: readonly Tensor2D[],
  {
    step = 0,
    velocity = [],
    first,
    seen,
  }: {
    step?: number;
    velocity?: readonly Tensor2D[];
    first?: Prediction | undefined;
    seen?: Tensor2D | null | undefined;
  } = {},
): State {
  const predictions = wiring.layers.map((layer, i) =>
    i === 0 && first ? cloned(first) : predict(layer, z[i]!),
  );
  const errors = wiring.layers.map((layer, i) => errorOf(layer, z[i + 1]!, predictions[i]!.mu));
  const top = errors.length - 1;
  if (seen) errors[top] = tf.mul(errors[top]!, seen);
  return { step, z, velocity, predictions, errors, seen: seen ? tf.clone(seen) : null };
}

/** The same neurons under other synapses: what is predicted of them anew. Belongs in a tidy. */
export const restated = (wiring: Wiring, { step, z, velocity, seen }: State): State =>
  stateOf(wiring, z, { step, velocity, seen });

const cloned = ({ a, u, mu }: Prediction): Prediction => ({
  a: tf.clone(a),
  u: tf.clone(u),
  mu: tf.clone(mu),
});

/** z_0 − b_0 [B, n_0]. */
export const fromPrior = ({ b0 }: Wiring, z0: Tensor2D): Tensor2D =>
  b0 ? tf.sub(z0, b0) : tf.clone(z0);

/**
 * F of each image, layer by layer [B, L + 1], without log|Σ|: column 0 is the prior of z_0, ½ λ_0 ‖z_0 − b_0‖², column l is F_l. The
 * caller disposes it.
 */
export function energies(wiring: Wiring, state: State): Tensor2D {
  return tf.tidy(() => {
    const { z, predictions, errors, seen } = state;
    const { priorPrecision } = wiring.settings;
    const away = fromPrior(wiring, z[0]!);
    const prior: Tensor1D = tf.mul(tf.sum(tf.square(away), 1), priorPrecision / 2);
    const top = predictions.length - 1;
    const layers = predictions.map((prediction, i) =>
      energyOf(layerAt(wiring, i + 1), z[i + 1]!, prediction, errors[i]!, i === top ? seen : null),
    );
    return tf.stack([prior, ...layers], 1) as Tensor2D;
  });
}

/** ½ Σ log|Σ_l|: what F has whatever the states. */
export const volumeOf = ({ layers }: Wiring): number =>
  layers.reduce((sum, { logDeterminant }) => sum + logDeterminant / 2, 0);

/** F of each image [B]: all its layers, and ½ Σ log|Σ_l|. The caller disposes it. */
export function freeEnergies(wiring: Wiring, state: State): Tensor1D {
  return tf.tidy(() => tf.add(tf.sum(energies(wiring, state), 1), volumeOf(wiring)));
}

/** The mean over the batch of F, without ½ Σ log|Σ_l|. The caller disposes it. */
export const meanEnergy = (wiring: Wiring, state: State): Scalar =>
  tf.tidy(() => tf.mean(tf.sum(energies(wiring, state), 1)));

/** The mean over the batch of F, layer by layer: L + 1 numbers. */
export async function energyProfile(wiring: Wiring, state: State): Promise<Float32Array> {
  const means = tf.tidy(() => tf.mean(energies(wiring, state), 0));
  const values = await means.data<'float32'>();
  means.dispose();
  return Float32Array.from(values);
}
