import * as tf from '@tensorflow/tfjs-core';

import { lateralSynapses } from './equations/lateral.ts';
import type { Wiring } from './equations/states.ts';
import type { Lesions } from './lesions.ts';
import { aliveNeurons } from './lesions.ts';
import type { Model } from './model.ts';

/**
 * The synapses that carry messages to the states, made ready for many settling steps, less what the lesions cut.
 * The strengths of lateral synapses are those of the settings now. The caller frees it with `disposeWiring`.
 */
export function connect(model: Model, lesions: Lesions | null = null, enduring = false): Wiring {
  const layers = Array.from({ length: model.layers + 1 }, (_, l) => l);
  return {
    feedback: layers.map((l) =>
      l === 0 || lesions?.errorSynapses
        ? null
        : model.definition.feedback === 'transpose'
          ? tf.transpose(model.W(l))
          : tf.clone(model.E(l)),
    ),
    lateral: layers.map((l) => (l === 0 || lesions?.lateral ? null : lateralSynapses(model, l))),
    lesions,
    enduring,
    alive: aliveNeurons(model.config.sizes, lesions),
  };
}

export function disposeWiring({ feedback, lateral, alive }: Wiring): void {
  for (const tensor of [...feedback, ...(alive ?? [])]) tensor?.dispose();
  for (const synapses of lateral) synapses?.dispose();
}
