import type { Tensor1D, Tensor2D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';

import type { EnergyModel, Code, LearningReport, Lesson } from '../../engine/model.ts';
import { arraysOf } from '../../engine/theta.ts';
import type { FloatArray } from '../../shared/arrays.ts';
import { deriveSeed } from '../../shared/rng.ts';
import { backpropOperations, predictiveOperations } from './costs.ts';
import type { Episode } from './episode.ts';
import { learnFrom } from './learning.ts';
import { release, tidied } from './memory.ts';
import type { Network } from './parameters.ts';
import type { NetworkSettings } from './settings.ts';
import { isClassifying } from './settings.ts';
import type { TraceInput, Traced } from './tracing/input.ts';
import { traceNetwork } from './tracing/trace.ts';
import type { Learnt } from './update.ts';
import type { Wiring } from './wiring.ts';
import { wire, wireForward } from './wiring.ts';

/** What a network begins with; all its own from now on. */
export interface Beginning extends Learnt {
  /** What the noise and the random starts of its batches follow from. */
  readonly seed: number;
  readonly imagesSeen: number;
  /** Updates that the moments remember. */
  readonly updates: number;
}

/** Streams of a model's seed: parameters have the first ones. */
const LEARNING = 1000;

/** A predictive-coding network as a model of images: parameters, moments, counts, and how a batch is learnt from. */
export abstract class PredictiveNetwork implements EnergyModel {
  readonly title = 'predictive-coding network';
  readonly lossName = 'free energy';
  readonly shades = 'grey';
  readonly overlaps = false;
  imagesSeen: number;
  updates: number;
  private learnt: Learnt;
  private readonly seed: number;

  constructor(
    public config: NetworkSettings,
    { theta, moments, seed, imagesSeen, updates }: Beginning,
  ) {
    this.learnt = { theta, moments };
    this.seed = seed;
    this.imagesSeen = imagesSeen;
    this.updates = updates;
  }

  abstract readonly pixels: number;
  abstract readonly latentWidth: number;
  abstract readonly latentName: string;
  abstract perceive(x: Tensor2D): Promise<Code>;
  abstract surprises(x: Tensor2D): Promise<Tensor1D>;

  /** What it settles on to learn from a batch, and what to release afterwards beside x. */
  protected abstract episodeOf(x: Tensor2D, lesson: Lesson): { episode: Episode; held: unknown };

  get operations(): number {
    const { sizes, steps, learn, system } = this.config;
    if (learn === 'backprop') return backpropOperations(sizes);
    return predictiveOperations({ sizes, steps, held: isClassifying(system) ? 'both' : 'output' });
  }

  /** The network as it is now. */
  get network(): Network {
    return { settings: this.config, theta: this.learnt.theta };
  }

  async learn(x: Tensor2D, lesson: Lesson = {}): Promise<{ report: Promise<LearningReport> }> {
    const { episode: plain, held } = this.episodeOf(x, lesson);
    const seed = deriveSeed(deriveSeed(this.seed, LEARNING), this.imagesSeen);
    const before = this.learnt;
    try {
      const { learnt, updates, energy } = await learnFrom(
        this.config,
        before,
        { ...plain, seed },
        this.updates,
        lesson.onProgress,
      );
      this.learnt = learnt;
      release(before);
      this.imagesSeen += x.shape[0];
      this.updates += updates;
      return { report: Promise.resolve({ bce: energy.after, sparsity: [], warnings: [] }) };
    } finally {
      release(held);
    }
  }

  /** Has the network wired while `work` is done with it. */
  protected async wired<T>(work: (wiring: Wiring) => Promise<T>): Promise<T> {
    const wiring = await wire(this.network);
    try {
      return await work(wiring);
    } finally {
      wiring.dispose();
    }
  }

  /** The same for what only predicts forwards, at once. */
  protected forwards<T>(work: (wiring: Wiring) => T): T {
    const wiring = wireForward(this.network);
    try {
      return tidied(() => work(wiring));
    } finally {
      wiring.dispose();
    }
  }

  trace(input: TraceInput): Promise<Traced> {
    return traceNetwork(this.network, input);
  }

  parameters(): Promise<Map<string, FloatArray>> {
    return arraysOf(this.learnt.theta);
  }

  optimizerState(): Promise<Map<string, FloatArray>> {
    return arraysOf(this.learnt.moments);
  }

  dispose(): void {
    tf.dispose([this.learnt.theta, this.learnt.moments]);
  }
}
