import type { Tensor2D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';

import { binariseValues } from '../data/dataset.ts';
import { unweighted } from '../ngc/gauge.ts';
import type { Settling } from '../ngc/settling.ts';
import { frameLayout } from '../protocol/frame.ts';
import type { Lesions } from '../protocol/condition.ts';
import { isIntact } from '../protocol/condition.ts';
import type { Network } from './network.ts';
import type { Recorder } from './recorder.ts';

/** What the drawing canvas holds. */
export interface Drawing {
  /** 784 intensities in 0 … 1. */
  readonly pixels: Float32Array;
  /** 1 = seen; null: nothing is hidden. */
  readonly mask: Uint8Array | null;
  /** The page's number of it. */
  readonly input: number;
}

/** A live episode rests after so many steps in which nothing moved … */
const STILL_STEPS = 4;
/** … by more than this times β; a settled network's activities change less. */
const STILL = 0.02;
/** It rests too when the same picture was looked at for so many steps: some networks never cease to tremble. */
const LONGEST_LOOK = 300;

/** Gives the drawing to `use` as tensors [1, J0], and frees them. */
export async function withInput<T>(
  { pixels, mask }: Pick<Drawing, 'pixels' | 'mask'>,
  use: (x: Tensor2D, mask: Tensor2D | null) => Promise<T>,
): Promise<T> {
  const shape: [number, number] = [1, pixels.length];
  const x = tf.tensor2d(binariseValues(pixels), shape);
  const seen = mask ? tf.tensor2d(Float32Array.from(mask), shape) : null;
  try {
    return await use(x, seen);
  } finally {
    x.dispose();
    seen?.dispose();
  }
}

/** What the engine calls lesions: null where there are none. */
export const cutsOf = (lesions: Lesions): Lesions | null => (isIntact(lesions) ? null : lesions);

/**
 * The settling episode of the user's drawing on one network: completion where something is hidden (Eq. 19). It is one
 * image that can be cut into, steered and redrawn while it settles.
 */
export class InputEpisode {
  /** Steps made before it went on beyond its end. */
  private before = 0;
  private still = 0;
  /** Step at which something last changed but the states. */
  private changedAt = 0;
  private last: Float32Array | null = null;

  private constructor(
    private readonly network: Network,
    private readonly recorder: Recorder,
    private readonly settling: Settling,
    private lesions: Lesions,
    /** Whether it goes on without end while the drawing changes. */
    readonly live: boolean,
  ) {}

  /** Puts the states to zero and records step 0. */
  static async begin(
    network: Network,
    recorder: Recorder,
    drawing: Drawing,
    lesions: Lesions,
    live: boolean,
  ): Promise<InputEpisode> {
    const { model, executor, version } = network;
    const settling = await withInput(drawing, (x, mask) =>
      executor.begin(model, x, {
        ...{ mask, lesions: cutsOf(lesions), enduring: live },
        onlyLooks: true, // but for a weight update by hand, which can wait
      }),
    );
    const episode = new InputEpisode(network, recorder, settling, lesions, live);
    const { input, mask } = drawing;
    const masked = mask !== null;
    recorder.begin({ kind: 'input', version, input, masked, live, lesions }, model);
    await episode.record();
    return episode;
  }

  /** The step it ends at, unless it is live. */
  private get end(): number {
    return this.before + this.network.model.config.steps;
  }

  get ended(): boolean {
    return !this.live && this.settling.steps >= this.end;
  }

  /** Whether it is live and has come to rest. */
  get resting(): boolean {
    const looked = this.settling.steps - this.changedAt >= LONGEST_LOOK;
    return this.live && (looked || this.still >= STILL_STEPS || this.diverged);
  }

  /** Whether its numbers are no longer finite, as they may become without a leak: only a new episode helps. */
  get diverged(): boolean {
    return this.last !== null && !Number.isFinite(this.last[this.energyAt]);
  }

  /** Where a frame says how strong the errors of the top error neurons are. */
  private get energyAt(): number {
    const { energy } = frameLayout(this.network.model.config.sizes);
    return energy.offset + energy.length - 1;
  }

  /** Whether it has settled as long as an episode that is not live would have. */
  get settled(): boolean {
    return this.settling.steps >= this.end;
  }

  /** Once it has ended: T more steps from where the states are. */
  goOn(): void {
    if (this.ended) this.before = this.settling.steps;
    this.recorder.tell({ steps: this.end });
  }

  async step(): Promise<void> {
    await this.settling.advance();
    await this.record();
  }

  async lesion(lesions: Lesions): Promise<void> {
    this.lesions = lesions;
    await this.settling.lesion(cutsOf(lesions));
    this.recorder.tell({ lesions });
    await this.touched();
  }

  async perceive(drawing: Drawing): Promise<void> {
    await withInput(drawing, (x, mask) => this.settling.perceive(x, mask));
    this.recorder.tell({ input: drawing.input, masked: drawing.mask !== null });
    await this.touched();
  }

  /** Something changed between two steps: the frame on show is out of date, and a rest is over. */
  async touched(): Promise<void> {
    this.last = null;
    this.still = 0;
    this.changedAt = this.settling.steps;
    await this.record();
  }

  /** Learns from the drawing as it stands, once it has settled; the episode is then of the past. */
  async learn(): Promise<readonly string[]> {
    const { network, settling } = this;
    const update = await settling.learn();
    network.observe(update, { latents: false });
    return update.warnings;
  }

  dispose(): void {
    this.settling.dispose();
  }

  private async record(): Promise<void> {
    const { network, settling, recorder } = this;
    const measure = await network.gauge();
    const acting = this.lesions.precision ? unweighted(measure) : measure;
    const frame = await recorder.record(network.model, settling, acting);
    if (this.live && frame) this.watch(frame);
    recorder.tell({ steps: this.end, resting: this.resting });
  }

  /** Counts the steps in which no activity moved; what the state of a silent neuron does is no movement. */
  private watch(frame: Float32Array): void {
    const { last } = this;
    this.last = frame;
    if (!last) return;
    const { sizes, beta, laplace } = this.network.model.config;
    const { input, states } = frameLayout(sizes);
    // The Laplace prior keeps a neuron at zero trembling by its own strength.
    const limit = beta * (STILL + 2 * laplace);
    const moves = [input, ...states].some(({ offset, length }) => {
      for (let i = offset; i < offset + length; i++)
        if (Math.abs(frame[i]! - last[i]!) > limit) return true;
      return false;
    });
    this.still = moves ? 0 : this.still + 1;
  }
}
