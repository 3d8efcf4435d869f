import type { Tensor2D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';

import type { ActivationName } from '../engine/activations.ts';
import type { ErrorTarget } from './equations/errors.ts';
import type { LateralSynapses } from './equations/lateral.ts';
import { lateralSynapses } from './equations/lateral.ts';
import type { GenerativeSynapses } from './equations/predict.ts';
import { aliveOf } from './lesions.ts';
import type { Model } from './model.ts';
import type { Circumstances, Steering } from './steering.ts';
import { actingSteering } from './steering.ts';

/** A network made ready for many settling steps op by op, less what the lesions cut. Arrays have layer l at index l. */
export interface Wiring extends GenerativeSynapses {
  /** φ. */
  readonly activation: ActivationName;
  readonly target: ErrorTarget;
  /** Whether hidden layers are predicted: else mu_l = 0 for l ≥ 1. */
  readonly topDown: boolean;
  /** P_l [J_l, J_l]; null: the identity. */
  readonly precisions: readonly (Tensor2D | null)[];
  /** [J_{l−1}, J_l]: carries e_{l−1} up to layer l. E_l (type 2) or W_lᵀ (type 1); null where it is cut. */
  readonly feedback: readonly (Tensor2D | null)[];
  /** Whether what comes up is multiplied with φ′(z_l) (type 1). */
  readonly gated: boolean;
  readonly lateral: readonly (LateralSynapses | null)[];
  /** 0 at silent neurons [1, J_l]; null where a layer has none. */
  readonly alive: readonly (Tensor2D | null)[];
  /** The settings as they act. */
  readonly steering: Steering;
}

/** A matrix for each layer 1 … L at its index, where there is one. */
function perLayer<T>(layers: number, make: (l: number) => T): (T | null)[] {
  return Array.from({ length: layers + 1 }, (_, l) => (l === 0 ? null : make(l)));
}

/** The generative synapses of a network; they stay its store's. */
export function generativeSynapses(model: Model): GenerativeSynapses {
  const { layers, definition, config } = model;
  return {
    W: perLayer(layers, (l) => model.W(l)),
    M: perLayer(layers, (l) => (definition.auxiliary && l >= 2 ? model.M(l) : null)),
    meanActivation: config.meanActivation,
  };
}

/**
 * The network as it is now. Its generative synapses and precisions stay the store's: the wiring is good until they change. The
 * caller frees it with `disposeWiring`.
 */
export function connect(model: Model, circumstances: Circumstances = {}): Wiring {
  const { config, definition, layers } = model;
  const lesions = circumstances.lesions ?? undefined;
  const gated = definition.feedback === 'transpose';
  return {
    ...generativeSynapses(model),
    activation: config.activation,
    target: definition.target,
    topDown: !lesions?.topDown,
    precisions: perLayer(layers, (l) => (lesions?.precision ? null : model.precision(l))),
    feedback: perLayer(layers, (l) => {
      if (lesions?.errorSynapses) return null;
      return gated ? tf.transpose(model.W(l)) : tf.clone(model.E(l));
    }),
    gated,
    lateral: perLayer(layers, (l) =>
      lesions?.lateral ? null : lateralSynapses(config, l, model.lateralMatrix(l)),
    ),
    alive: config.sizes.map((size, l) => {
      const alive = aliveOf(size, l, lesions);
      return alive && tf.tensor2d(alive, [1, size]);
    }),
    steering: actingSteering(config, circumstances),
  };
}

export function disposeWiring({ feedback, lateral, alive }: Wiring): void {
  for (const tensor of [...feedback, ...alive]) tensor?.dispose();
  for (const synapses of lateral) synapses?.dispose();
}
