import type { Tensor2D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';

import type { Activity } from './activity.ts';
import { firstRows, tensorsOf } from './activity.ts';
import type { ModelConfig } from './config/settings.ts';
import { ACTIVATIONS } from '../engine/activations.ts';
import { errorNeurons } from './equations/errors.ts';
import { synapticChanges } from './equations/hebbian.ts';
import { predict } from './equations/predict.ts';
import type { Wiring } from './equations/states.ts';
import { updateInput, updateState } from './equations/states.ts';
import { applyChanges } from './learn.ts';
import type { Lesions } from './lesions.ts';
import { summarise } from './batch.ts';
import type { Model } from './model.ts';
import type { Executor, Settling, Update } from './settling.ts';
import { connect, disposeWiring } from './wiring.ts';

/** Activity, predictions and errors that follow from states; `z[0]` is the input. Lesions as the wiring has them. */
function respond(model: Model, { lesions, alive }: Wiring, z: Tensor2D[]): Activity {
  const phi = ACTIVATIONS[model.config.activation];
  const phiZ = z.map((state, l): Tensor2D => {
    if (l === 0) return state;
    const active = alive?.[l];
    return active ? tf.mul(phi.apply(state), active) : phi.apply(state);
  });
  const predicted = predict(model, phiZ);
  const mu = lesions?.topDown
    ? predicted.map((mean, l) => (l === 0 ? mean : tf.zerosLike(mean)))
    : predicted;
  const e = errorNeurons(model, z, phiZ, mu, !lesions?.precision);
  return { z, phiZ, mu, e };
}

/** Whether two settings give the same lateral synapses. */
const sameStrengths = (a: ModelConfig, b: ModelConfig) =>
  a.lateralInhibition === b.lateralInhibition && a.selfExcitation === b.selfExcitation;

/**
 * A settling episode in plain TensorFlow.js operations: the readable oracle, on every backend. It takes changed settings
 * (β, leak, Laplace prior, lateral strengths) from its next step on, and can be meddled with while it runs.
 */
export class OpByOpSettling implements Settling {
  steps = 0;
  /** What every neuron does now; valid until the next step. */
  activity: Activity;
  private wires: Wiring;
  /** The settings the wiring was made with. */
  private wiredFor: ModelConfig;
  private mask: Tensor2D | null;
  /** The first rows of `activity` that were asked for. */
  private views: Activity[] = [];

  constructor(
    private readonly model: Model,
    x: Tensor2D,
    mask: Tensor2D | null = null,
    lesions: Lesions | null = null,
    /** Whether it is to go on far beyond T; states then leak more (`actingLeak`). */
    private readonly enduring = false,
  ) {
    this.mask = mask?.clone() ?? null;
    this.wires = connect(model, lesions, enduring);
    this.wiredFor = model.config;
    const [rows] = x.shape;
    this.activity = tf.tidy(() =>
      respond(model, this.wires, [
        mask ? tf.mul(x, mask) : tf.clone(x),
        ...model.config.sizes.slice(1).map((size) => tf.zeros<tf.Rank.R2>([rows, size])),
      ]),
    );
  }

  /** The synapses of the next step, with the settings as they are now. The episode's own. */
  get wiring(): Wiring {
    const { model, wires, wiredFor } = this;
    if (!sameStrengths(model.config, wiredFor)) this.rewire(wires.lesions ?? null);
    return this.wires;
  }

  get rows(): number {
    return this.activity.z[0]!.shape[0];
  }

  /** One step: all layers at once, from the same errors. */
  step(): void {
    const { model, wiring, mask, activity } = this;
    this.become(() => {
      const x = activity.z[0]!;
      return [
        mask ? updateInput(model.config.beta, x, activity.e[0]!, mask) : tf.clone(x),
        ...activity.z.slice(1).map((_, i) => updateState(model, wiring, activity, i + 1)),
      ];
    });
    this.steps++;
  }

  /** Cuts and silences from now on, or heals (null): states stay, what the network does changes at once. */
  lesion(lesions: Lesions | null): void {
    this.rewire(lesions);
    const { alive } = this.wires;
    this.become(() =>
      this.activity.z.map((state, l) => {
        const active = alive?.[l];
        return active ? tf.mul(state, active) : tf.clone(state);
      }),
    );
  }

  /**
   * Looks at another image from now on; the states carry on from where they are. Pixels that were hidden and still are
   * keep what was imagined of them; those hidden now start at 0 (Eq. 19).
   *
   * @param x [B, J0], as many rows as before; the caller keeps its own
   * @param mask 1 where a pixel is seen, [B, J0], or null
   */
  perceive(x: Tensor2D, mask: Tensor2D | null): void {
    const { activity, mask: before } = this;
    this.become(() => {
      const imagined = before ? tf.mul(activity.z[0]!, tf.sub(1, before)) : tf.zerosLike(x);
      const seen = mask
        ? tf.add<Tensor2D>(tf.mul(x, mask), tf.mul(imagined, tf.sub(1, mask)))
        : tf.clone(x);
      return [seen, ...activity.z.slice(1).map((state) => tf.clone(state))];
    });
    before?.dispose();
    this.mask = mask?.clone() ?? null;
  }

  /** Moves to new states, and what follows from them. */
  private become(states: () => Tensor2D[]): void {
    const { model, activity } = this;
    this.activity = tf.tidy(() => respond(model, this.wires, states()));
    tf.dispose(tensorsOf(activity));
    this.forgetViews();
  }

  private rewire(lesions: Lesions | null): void {
    disposeWiring(this.wires);
    this.wires = connect(this.model, lesions, this.enduring);
    this.wiredFor = this.model.config;
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
    disposeWiring(this.wires);
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
