import type { Tensor1D, Tensor2D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';

import { toFloatArray } from '../../engine/floatArrays.ts';
import { of } from '../../engine/theta.ts';
import { NgcError } from '../../shared/errors.ts';
import type { Activation } from './activations.ts';
import { activation } from './activations.ts';
import { inverseOf } from './covariance.ts';
import { release } from './memory.ts';
import type { Network } from './parameters.ts';
import { lastLayer, layersOf } from './parameters.ts';
import type { NetworkSettings } from './settings.ts';

/** What predicts layer l from layer l − 1, ready to compute with. */
export interface Layer {
  /** W_l [n_{l−1}, n_l], and its transpose: products without transpose flags are ten times as fast on WASM. */
  readonly W: Tensor2D;
  readonly Wt: Tensor2D;
  /** b_l [n_l]. */
  readonly b: Tensor1D;
  /** P_l: one number for all neurons, one each [n_l], or a matrix [n_l, n_l]. */
  readonly P: number | Tensor1D | Tensor2D;
  /** log|Σ_l|. */
  readonly logDeterminant: number;
  /** What is applied to z_{l−1} before W_l (null: nothing), and to u_l after it: `placement` says which of them is f. */
  readonly inner: Activation | null;
  readonly outer: Activation;
  /** Whether mu_l also adds z_{l−1}. */
  readonly skip: boolean;
  /** What F_l is: a Gaussian's, or that of classes or pixels. */
  readonly output: NetworkSettings['output'];
}

/** A network as it is now, ready to compute with. Whoever wires disposes it; the network itself stays as it is. */
export interface Wiring {
  readonly settings: NetworkSettings;
  /** Layers 1 … L, the first at 0. */
  readonly layers: readonly Layer[];
  /** The mean of the prior of a free z_0 [n_0]; null: 0. */
  readonly b0: Tensor1D | null;
  dispose(): void;
}

/** Layer l, from 1 … L. */
export function layerAt({ layers }: Pick<Wiring, 'layers'>, l: number): Layer {
  const layer = layers[l - 1];
  if (!layer) throw new Error(`There is no layer ${l}.`);
  return layer;
}

/** P_l without the output's variance, and log|Σ_l|. Throws a "diverged" error where Σ_l has no inverse. */
async function precisionOf({ settings, theta }: Network, l: number) {
  if (settings.sigma === 'none') return PLAIN;
  const inverse = inverseOf(await toFloatArray(of(theta, `Sigma${l}`)));
  if (!inverse)
    throw new NgcError(
      'diverged',
      `Sigma${l} has no inverse any more; lower sigmaRate, or raise sigmaFloor.`,
    );
  const { shape, data } = inverse.precision;
  const P = shape.length === 1 ? tf.tensor1d(data) : tf.tensor2d(data, shape as [number, number]);
  return { P, logDeterminant: inverse.logDeterminant };
}

/** What precisions are where no covariance is learnt. */
const PLAIN: Pick<Layer, 'P' | 'logDeterminant'> = { P: 1, logDeterminant: 0 };

/** Makes a network ready to compute with: its transposes, its precisions P_l = Σ_l⁻¹, P_L also divided by k. */
export async function wire(network: Network): Promise<Wiring> {
  const layers = layersOf(network.settings);
  return joined(network, await Promise.all(layers.map((l) => precisionOf(network, l))));
}

/** The same at once, for forward passes alone: they need no precision, and here every one is 1. */
export const wireForward = (network: Network): Wiring => joined(network, []);

function joined(
  { settings, theta }: Network,
  precisions: readonly Pick<Layer, 'P' | 'logDeterminant'>[],
): Wiring {
  const last = lastLayer(settings);
  const layers = layersOf(settings).map((l): Layer => {
    const { P, logDeterminant } = precisions[l - 1] ?? PLAIN;
    const ends = l === last;
    const W = of(theta, `W${l}`) as Tensor2D;
    return {
      W: tf.clone(W),
      Wt: tf.transpose(W),
      b: tf.clone(of(theta, `b${l}`)) as Tensor1D,
      P: ends ? divided(P, settings.outputVariance) : P,
      logDeterminant,
      ...placed(settings, ends),
      skip: settings.skip && !ends && l > 1 && settings.sizes[l - 1] === settings.sizes[l],
      output: ends ? settings.output : 'gaussian',
    };
  });
  const b0 = theta['b0'] ? (tf.clone(theta['b0']) as Tensor1D) : null;
  return { settings, layers, b0, dispose: () => release([layers, b0]) };
}

/** P / k; of a tensor, in its place. */
function divided(P: Layer['P'], k: number): Layer['P'] {
  if (typeof P === 'number') return P / k;
  const quotient: Tensor1D | Tensor2D = tf.div(P, k);
  P.dispose();
  return quotient;
}

/** "outside": mu_l = f_l(W·z + b). "inside": mu_l = W·f(z) + b, and only the end still has an activation after that. */
function placed({ hidden, end, placement }: NetworkSettings, ends: boolean) {
  const f = activation(hidden);
  if (placement === 'inside') return { inner: f, outer: activation(ends ? end : 'identity') };
  return { inner: null, outer: ends ? activation(end) : f };
}
