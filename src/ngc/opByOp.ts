import type { Tensor2D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';

import type { Activity } from './activity.ts';
import { firstRows, tensorsOf } from './activity.ts';
import { summarise } from './summary.ts';
import type { ModelConfig } from './config/settings.ts';
import type { StateTerms } from './equations/states.ts';
import { updateInput } from './equations/states.ts';
import { learnFrom } from './learn.ts';
import type { Lesions } from './lesions.ts';
import { refuseLearning } from './lesions.ts';
import type { Model } from './model.ts';
import type { Circumstances } from './steering.ts';
import type { CompletionRule } from './completion.ts';
import type { Beginning, Executor, Settling, Update } from './settling.ts';
import { living, respond, stepStates, termsOf } from './step.ts';
import type { Wiring } from './wiring.ts';
import { connect, disposeWiring } from './wiring.ts';

/** A settling episode in plain TensorFlow.js operations, on every backend. */
export class OpByOpSettling implements Settling {
  steps = 0;
  /** What every neuron does now; valid until the next step. */
  activity: Activity;
  private circumstances: Circumstances;
  private wires: Wiring;
  /** What the wiring was made of. */
  private madeOf: { readonly config: ModelConfig; readonly revision: number };
  private mask: Tensor2D | null;
  private readonly how: CompletionRule;
  /** The first rows of `activity` that were asked for. */
  private views: Activity[] = [];

  constructor(
    private readonly model: Model,
    x: Tensor2D,
    { mask = null, lesions = null, enduring = false, how = 'eq19', states = null }: Beginning = {},
  ) {
    this.mask = mask?.clone() ?? null;
    this.how = how;
    this.circumstances = { lesions, enduring };
    this.wires = connect(model, this.circumstances);
    this.madeOf = { config: model.config, revision: model.synapses.revision };
    const [rows] = x.shape;
    const { alive } = this.wires;
    this.activity = tf.tidy(() =>
      respond(
        this.wires,
        [
          mask ? tf.mul(x, mask) : tf.clone(x),
          ...model.config.sizes.slice(1).map((size, i): Tensor2D => {
            const given = states?.[i];
            if (!given) return tf.zeros([rows, size]);
            return tf.clone(living(given, alive[i + 1]));
          }),
        ],
        this.silentMask,
      ),
    );
  }

  /** The network as it is for the next step: with the settings and synapses of now. */
  private get wiring(): Wiring {
    const { model, madeOf } = this;
    const { config, synapses } = model;
    if (madeOf.config !== config || madeOf.revision !== synapses.revision) {
      disposeWiring(this.wires);
      this.wires = connect(model, this.circumstances);
      this.madeOf = { config, revision: synapses.revision };
    }
    return this.wires;
  }

  /** The mask, where hidden pixels are what is predicted for them. */
  private get silentMask(): Tensor2D | null {
    return this.how === 'silent' ? this.mask : null;
  }

  get rows(): number {
    return this.activity.z[0]!.shape[0];
  }

  /** One step: all layers at once, from the same errors. */
  step(): void {
    const { wiring, mask, activity } = this;
    this.become(() => {
      const [x] = activity.z as [Tensor2D];
      return [
        mask && this.how === 'eq19'
          ? updateInput(wiring.steering.beta, x, activity.e[0]!, mask)
          : tf.clone(x),
        ...activity.z.slice(1).map((_, i) => stepStates(wiring, activity, i + 1)),
      ];
    });
    this.steps++;
  }

  lesion(lesions: Lesions | null): Promise<void> {
    this.circumstances = { ...this.circumstances, lesions };
    disposeWiring(this.wires);
    this.wires = connect(this.model, this.circumstances);
    const { alive } = this.wires;
    this.become(() =>
      this.activity.z.map((state, l) => {
        const active = alive[l];
        return active ? tf.mul(state, active) : tf.clone(state);
      }),
    );
    return Promise.resolve();
  }

  perceive(x: Tensor2D, mask: Tensor2D | null): Promise<void> {
    const { activity, mask: before } = this;
    this.mask = mask?.clone() ?? null;
    this.become(() => {
      const imagined = before ? tf.mul(activity.z[0]!, tf.sub(1, before)) : tf.zerosLike(x);
      const seen = mask
        ? tf.add<Tensor2D>(tf.mul(x, mask), tf.mul(imagined, tf.sub(1, mask)))
        : tf.clone(x);
      return [seen, ...activity.z.slice(1).map((state) => tf.clone(state))];
    });
    before?.dispose();
    return Promise.resolve();
  }

  /** Moves to new states, and what follows from them. */
  private become(states: () => Tensor2D[]): void {
    const { wiring, activity } = this;
    this.activity = tf.tidy(() => respond(wiring, states(), this.silentMask));
    tf.dispose(tensorsOf(activity));
    this.forgetViews();
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

  async terms(): Promise<StateTerms[]> {
    const { wiring } = this;
    const row = await this.read(1);
    return row.z.slice(1).map((_, i) => termsOf(wiring, row, i + 1));
  }

  async learn(): Promise<Update> {
    refuseLearning(this.circumstances.lesions ?? null);
    const { model, activity } = this;
    const summary = await summarise(model, activity);
    return { ...summary, ...(await learnFrom(model, activity)) };
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
  strideFor: () => 1,
  begin: (model, x, beginning) => Promise.resolve(new OpByOpSettling(model, x, beginning)),
};
