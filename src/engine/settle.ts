import type { Tensor2D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';

import type { Activity } from './activity.ts';
import { tensorsOf } from './activity.ts';
import { ACTIVATIONS } from './equations/activations.ts';
import { errorNeurons } from './equations/errors.ts';
import { lateralSynapses } from './equations/lateral.ts';
import { predict } from './equations/predict.ts';
import type { Wiring } from './equations/states.ts';
import { updateInput, updateState } from './equations/states.ts';
import type { Model } from './model.ts';

/** Predictions and errors that follow from states; `z[0]` is the input. */
function respond(model: Model, z: Tensor2D[]): Activity {
  const phi = ACTIVATIONS[model.config.activation];
  const phiZ = z.map((state, l) => (l === 0 ? state : phi.apply(state)));
  const mu = predict(model, phiZ);
  const e = errorNeurons(model, z, phiZ, mu);
  return { z, phiZ, mu, e };
}

function connect(model: Model): Wiring {
  const layers = Array.from({ length: model.layers + 1 }, (_, l) => l);
  return {
    feedback: layers.map((l) =>
      l === 0
        ? null
        : model.definition.feedback === 'transpose'
          ? tf.transpose(model.W(l))
          : tf.clone(model.E(l)),
    ),
    lateral: layers.map((l) => (l === 0 ? null : lateralSynapses(model, l))),
  };
}

/**
 * One settling episode: the states start at zero and are corrected step by step (the paper's Algorithm 1).
 * It owns its tensors: `activity` is valid until the next `step` or `dispose`.
 */
export class Settling {
  /** Steps made so far. */
  steps = 0;
  activity: Activity;
  private readonly wiring: Wiring;
  private readonly mask: Tensor2D | null;

  /**
   * @param x the images [B, J0]; copied, the caller keeps its own
   * @param mask 1 where a pixel is seen, [B, J0]; hidden pixels start at 0 and are imagined (Eq. 19). Null: all seen.
   */
  constructor(
    private readonly model: Model,
    x: Tensor2D,
    mask: Tensor2D | null = null,
  ) {
    this.mask = mask?.clone() ?? null;
    this.wiring = connect(model);
    const [rows] = x.shape;
    this.activity = tf.tidy(() =>
      respond(model, [
        mask ? tf.mul(x, mask) : tf.clone(x),
        ...model.config.sizes.slice(1).map((size) => tf.zeros<tf.Rank.R2>([rows, size])),
      ]),
    );
  }

  /** States, then predictions, then errors: all layers at once, from the same errors (Eqs. 11–15, 1, 9, 10). */
  step(): void {
    const { model, wiring, mask, activity } = this;
    this.activity = tf.tidy(() => {
      const x = activity.z[0]!;
      return respond(model, [
        mask ? updateInput(model.config.beta, x, activity.e[0]!, mask) : tf.clone(x),
        ...activity.z.slice(1).map((_, i) => updateState(model, wiring, activity, i + 1)),
      ]);
    });
    tf.dispose(tensorsOf(activity));
    this.steps++;
  }

  dispose(): void {
    tf.dispose(tensorsOf(this.activity));
    tf.dispose(this.wiring.feedback.filter((tensor) => tensor !== null));
    for (const synapses of this.wiring.lateral) synapses?.dispose();
    this.mask?.dispose();
  }
}

/**
 * Settles a batch to its end: `steps` steps (default the model's T). The caller disposes the result.
 * `onStep` may return a promise, to let other work in between steps.
 */
export async function settle(
  model: Model,
  x: Tensor2D,
  options: {
    mask?: Tensor2D | null;
    steps?: number;
    onStep?: (settling: Settling) => void | Promise<void>;
  } = {},
): Promise<Settling> {
  const settling = new Settling(model, x, options.mask ?? null);
  const steps = options.steps ?? model.config.steps;
  try {
    while (settling.steps < steps) {
      settling.step();
      await options.onStep?.(settling);
    }
  } catch (error) {
    settling.dispose();
    throw error;
  }
  return settling;
}
