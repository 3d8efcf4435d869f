import type { Tensor2D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';

import type { Imaginings } from '../engine/imaginings.ts';
import type {
  Completion,
  CompletionOptions,
  GenerativeModel,
  LearningReport,
  Looked,
  Perception,
  Watched,
} from '../engine/model.ts';
import type { FloatArray } from '../shared/arrays.ts';
import { stepsToLearn } from './config/episodes.ts';
import { gaugeOf } from './gauge.ts';
import { totalDiscrepancy } from './equations/discrepancy.ts';
import type { Model } from './model.ts';
import { optimizerArrays } from './optimizerState.ts';
import { imagine } from './imagine.ts';
import { project } from './sample.ts';
import { settle } from './settle.ts';
import type { Beginning, Executor, Running, Settling } from './settling.ts';
import { COMPLETIONS, completionRule } from './completion.ts';
import { generativeSynapses } from './wiring.ts';

/** A network of neural generative coding as a model of images, with what computes for it. It owns the network. */
export class NgcImageModel implements GenerativeModel, Running {
  private lastUpdate: Promise<unknown> = Promise.resolve();

  constructor(
    readonly model: Model,
    readonly executor: Executor,
  ) {}

  get title(): string {
    return this.model.definition.title;
  }

  get config(): Model['config'] {
    return this.model.config;
  }

  get pixels(): number {
    return this.config.sizes[0]!;
  }

  get latentWidth(): number {
    return this.config.sizes.at(-1)!;
  }

  get latentName(): string {
    return `phi${this.model.layers}`;
  }

  get overlaps(): boolean {
    return this.executor.overlaps;
  }

  get imagesSeen(): number {
    return this.model.imagesSeen;
  }

  get updates(): number {
    return this.model.updates;
  }

  get learnsBriefly(): boolean {
    return stepsToLearn(this.config) !== this.config.steps;
  }

  async perceive(x: Tensor2D, { asLearnt, ...watched }: Looked = {}): Promise<Perception> {
    const measure = await gaugeOf(this.model);
    const steps = asLearnt ? stepsToLearn(this.config) : this.config.steps;
    const settled = await this.settled(x, { steps, onlyLooks: true }, watched);
    try {
      const activity = await settled.read();
      const { mu, phiZ } = activity;
      const kept = {
        predicted: tf.clone(mu[0]!),
        latents: tf.clone(phiZ.at(-1)!),
        activity: phiZ.slice(1).map((phi) => tf.clone(phi)),
        discrepancy: totalDiscrepancy(activity, measure),
      };
      const { predicted, latents, discrepancy } = kept;
      const dispose = () => tf.dispose([predicted, latents, ...kept.activity, discrepancy]);
      return { ...kept, dispose };
    } finally {
      settled.dispose();
    }
  }

  readonly completions = { all: COMPLETIONS, paper: 'eq19' } as const;

  async complete(
    x: Tensor2D,
    mask: Tensor2D,
    options: CompletionOptions = {},
  ): Promise<Completion> {
    const { steps } = options;
    const how = completionRule(options.how ?? COMPLETIONS[0]);
    const settled = await this.settled(x, { mask, how, steps, onlyLooks: true }, options);
    try {
      const { z, mu } = await settled.read();
      const [picture, predicted] = [tf.clone(z[0]!), tf.clone(mu[0]!)];
      const more = new Map(z.slice(1).map((states, i) => [`z${i + 1}`, tf.clone(states)] as const));
      const dispose = () => tf.dispose([picture, predicted, ...more.values()]);
      return { picture, predicted, more, dispose };
    } finally {
      settled.dispose();
    }
  }

  imagine(
    x: Tensor2D,
    mask: Tensor2D,
    latents: Tensor2D,
    { steps = this.model.config.steps, onProgress }: Omit<CompletionOptions, 'how'> = {},
  ): Promise<Imaginings> {
    return imagine(this, x, mask, latents, {
      steps,
      ...(onProgress && { onStep: (settling) => onProgress(settling.steps / steps) }),
    });
  }

  decode(latents: Tensor2D): Tensor2D {
    const { model } = this;
    return project(generativeSynapses(model), model.config.activation, latents);
  }

  async learn(x: Tensor2D, watched: Watched = {}): Promise<{ report: Promise<LearningReport> }> {
    const steps = stepsToLearn(this.config);
    let settled = await this.settled(x, { steps }, watched);
    const before = this.lastUpdate;
    this.lastUpdate = Promise.resolve();
    try {
      // Batches overlap by their settling only: the update before must be over, and have gone well.
      await before;
    } catch (error) {
      settled.dispose();
      throw error;
    }
    if (settled.outdated) {
      settled.dispose();
      settled = await this.settled(x, { steps }, watched);
    }
    const batch = settled;
    // From here to the return nothing waits: whoever begins the next batch finds this update on its way.
    const report = batch.learn().finally(() => batch.dispose());
    this.lastUpdate = report;
    report.catch(() => undefined); // heard of by whoever awaits the report
    if (!this.overlaps) await report;
    return { report };
  }

  parameters(): Promise<Map<string, FloatArray>> {
    return this.model.toArrays();
  }

  optimizerState(): Promise<Map<string, FloatArray>> {
    return optimizerArrays(this.model);
  }

  dispose(): void {
    this.model.dispose();
  }

  /** Settles a batch to its end. The caller disposes it. */
  private settled(
    x: Tensor2D,
    beginning: Beginning & { readonly steps?: number | undefined },
    { onProgress }: Watched,
  ): Promise<Settling> {
    const steps = beginning.steps ?? this.model.config.steps;
    return settle(this, x, {
      ...beginning,
      ...(onProgress && { onStep: (settling) => onProgress(settling.steps / steps) }),
      stride: this.executor.strideFor(x.shape[0]),
    });
  }
}
