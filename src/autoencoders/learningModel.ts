import type { NamedTensorMap, Tensor1D, Tensor2D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';

import type { LearningReport, Lesson } from '../engine/model.ts';
import type { FloatArray } from '../shared/arrays.ts';
import { NgcError } from '../shared/errors.ts';
import type { AnyConfig } from './config/settings.ts';
import type { Batch } from './losses.ts';
import type { Step } from './descent.ts';
import { descend } from './descent.ts';
import { noiseOf } from './noise.ts';
import type { Phase } from './phases.ts';
import type { Theta } from '../engine/theta.ts';
import { arraysOf } from '../engine/theta.ts';

/** What a model begins with. */
export interface Beginning {
  /** Its own from now on. */
  readonly theta: Theta;
  /** The optimizer's moments, by the names that `momentNames` gives; its own from now on. */
  readonly moments: Theta;
  /** What the noise of its batches follows from. */
  readonly seed: number;
  readonly imagesSeen: number;
  /** Updates that the moments remember. */
  readonly updates: number;
}

/** The value of the first term, shares and everything that tells whether numbers are finite, read from the device at once. */
function factsOf({ slopes, lengths }: Step): Tensor1D {
  const shares = slopes.flatMap((slope) => slope.shares);
  const terms = slopes.flatMap((slope) => Object.values(slope.terms));
  const facts: Tensor1D = tf.reshape(tf.stack([...shares, ...terms, ...lengths]), [-1]);
  return facts;
}

/** What learning by backpropagation has in common, whatever is learnt: parameters, moments, counts, and how a batch is learnt from. */
export abstract class LearningModel<C extends AnyConfig> {
  readonly overlaps = false;
  imagesSeen: number;
  updates: number;
  /** θ as it is now. */
  readonly theta: NamedTensorMap;
  private readonly moments: NamedTensorMap;
  private readonly seed: number;

  constructor(
    public config: C,
    { theta, moments, seed, imagesSeen, updates }: Beginning,
  ) {
    this.theta = { ...theta };
    this.moments = { ...moments };
    this.seed = seed;
    this.imagesSeen = imagesSeen;
    this.updates = updates;
  }

  get pixels(): number {
    return this.config.sizes[0]!;
  }

  /** L: layers above the pixels. */
  get layers(): number {
    return this.config.sizes.length - 1;
  }

  abstract readonly phases: readonly [Phase, ...Phase[]];

  /** The classes of a batch as a tensor [B, C], where the model learns from them. Throws a data error where they are missing. */
  abstract classesOf(lesson: Lesson): Tensor2D | null;

  /** Whether its learning takes noise. */
  protected abstract readonly noisy: boolean;

  async learn(x: Tensor2D, lesson: Lesson = {}): Promise<{ report: Promise<LearningReport> }> {
    await lesson.onProgress?.(0);
    const { theta, moments, facts, shares } = this.stepped(x, lesson);
    const values = await facts.data();
    facts.dispose();
    if (!values.every(Number.isFinite)) {
      tf.dispose([theta, moments]);
      throw new NgcError(
        'diverged',
        `Training diverged after ${this.imagesSeen} images: the numbers are no longer finite. Lower the learning rate.`,
      );
    }
    replace(this.theta, theta);
    replace(this.moments, moments);
    this.imagesSeen += x.shape[0];
    this.updates++;
    const sparsity = [...values.slice(0, shares)];
    const report = { bce: values[shares]!, sparsity, warnings: [] };
    return { report: Promise.resolve(report) };
  }

  /** Parameters and moments after the next batch, and its facts: `shares` shares of active neurons, then the main term of the loss. */
  private stepped(x: Tensor2D, lesson: Lesson) {
    const { config, imagesSeen, seed, theta, moments } = this;
    let shares = 0;
    const made = tf.tidy(() => {
      const batch: Batch = {
        x,
        noise: this.noisy ? noiseOf(seed, imagesSeen, x.shape[0], config.sizes.at(-1)!) : null,
        classes: this.classesOf(lesson),
      };
      const step = descend(this.phases, config, { theta, moments }, batch, this.updates + 1);
      shares = step.slopes.flatMap((slope) => slope.shares).length;
      return { theta: step.theta, moments: step.moments, facts: factsOf(step) };
    });
    return { ...made, shares };
  }

  parameters(): Promise<Map<string, FloatArray>> {
    return arraysOf(this.theta);
  }

  optimizerState(): Promise<Map<string, FloatArray>> {
    return arraysOf(this.moments);
  }

  dispose(): void {
    tf.dispose([this.theta, this.moments]);
  }
}

/** Puts tensors in the place of those of their names, which are freed. */
function replace(all: NamedTensorMap, by: NamedTensorMap): void {
  for (const [name, tensor] of Object.entries(by)) {
    all[name]?.dispose();
    all[name] = tensor;
  }
}
