import type { Tensor2D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';

import type { Activity } from './activity.ts';
import { firstRows, tensorsOf } from './activity.ts';
import { ACTIVATIONS } from './equations/activations.ts';
import { errorNeurons } from './equations/errors.ts';
import { synapticChanges } from './equations/hebbian.ts';
import { lateralSynapses } from './equations/lateral.ts';
import { predict } from './equations/predict.ts';
import type { Wiring } from './equations/states.ts';
import { updateInput, updateState } from './equations/states.ts';
import { applyChanges } from './learn.ts';
import { summarise } from './measures/batch.ts';
import type { Model } from './model.ts';
import type { Executor, Settling, Update } from './settling.ts';

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

/** A settling episode in plain TensorFlow.js operations: the readable oracle, on every backend. */
export class OpByOpSettling implements Settling {
  steps = 0;
  /** What every neuron does now; valid until the next step. */
  activity: Activity;
  private readonly wiring: Wiring;
  private readonly mask: Tensor2D | null;
  /** The first rows of `activity` that were asked for. */
  private views: Activity[] = [];

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

  get rows(): number {
    return this.activity.z[0]!.shape[0];
  }

  /** One step: all layers at once, from the same errors. */
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
    this.forgetViews();
    this.steps++;
  }

  advance(count = 1): Promise<void> {
    for (let i = 0; i < count; i++) this.step();
    return Promise.resolve();
  }

  read(rows = this.rows): Promise<Activity> {
    if (rows >= this.rows) return Promise.resolve(this.activity);
    const view = firstRows(this.activity, rows);
    this.views.push(view);
    return Promise.resolve(view);
  }

  async learn(): Promise<Update> {
    const { model, activity } = this;
    const summary = await summarise(model, activity);
    const changes = synapticChanges(model, activity);
    const applied = await applyChanges(model, changes, this.rows);
    tf.dispose([...changes.values()]);
    return { ...summary, ...applied };
  }

  dispose(): void {
    this.forgetViews();
    tf.dispose(tensorsOf(this.activity));
    tf.dispose(this.wiring.feedback.filter((tensor) => tensor !== null));
    for (const synapses of this.wiring.lateral) synapses?.dispose();
    this.mask?.dispose();
  }

  private forgetViews(): void {
    for (const view of this.views) tf.dispose(tensorsOf(view));
    this.views = [];
  }
}

/** Computes in plain TensorFlow.js operations. */
export const opByOp: Executor = {
  title: 'op by op',
  overlaps: false,
  stride: 1,
  begin: (model, x, mask) => Promise.resolve(new OpByOpSettling(model, x, mask)),
};
