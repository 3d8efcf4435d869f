import * as tf from '@tensorflow/tfjs-core';

import type { Settling } from '../engine/settling.ts';
import { binariseValues } from '../data/dataset.ts';
import type { Network } from './network.ts';
import type { Recorder } from './recorder.ts';

/** What the drawing canvas holds. */
export interface Drawing {
  /** 784 intensities in 0 … 1. */
  readonly pixels: Float32Array;
  /** 1 = seen; null: nothing is hidden. */
  readonly mask: Uint8Array | null;
}

/** The settling episode of the user's drawing on one network: completion where something is hidden (Eq. 19). */
export class InputEpisode {
  private constructor(
    private readonly network: Network,
    private readonly recorder: Recorder,
    private readonly settling: Settling,
  ) {}

  /** Puts the states to zero and records step 0. */
  static async begin(
    network: Network,
    recorder: Recorder,
    drawing: Drawing,
  ): Promise<InputEpisode> {
    const { model } = network;
    const shape: [number, number] = [1, drawing.pixels.length];
    const x = tf.tensor2d(binariseValues(drawing.pixels), shape);
    const mask = drawing.mask ? tf.tensor2d(Float32Array.from(drawing.mask), shape) : null;
    const episode = new InputEpisode(network, recorder, await model.executor.begin(model, x, mask));
    x.dispose();
    mask?.dispose();
    recorder.begin('input', model, drawing.mask !== null);
    await episode.record();
    return episode;
  }

  get ended(): boolean {
    return this.settling.steps >= this.network.model.config.steps;
  }

  async step(): Promise<void> {
    await this.settling.advance();
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
    const logDets = await network.logDeterminants();
    await recorder.record(network.model, settling, logDets);
  }
}
