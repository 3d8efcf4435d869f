import type { Tensor1D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';

import type { Activity } from '../engine/activity.ts';
import { errorEnergies, totalDiscrepancy } from '../engine/equations/discrepancy.ts';
import type { Model } from '../engine/model.ts';
import type { Settling } from '../engine/settling.ts';
import { frameLayout } from '../protocol/frame.ts';
import type { EpisodeUpdate, Have } from '../protocol/messages.ts';

/** One frame, of one image, as protocol/frame.ts lays it out. */
async function frameOf(
  model: Model,
  row: Activity,
  logDets: readonly number[] | null,
): Promise<Float32Array> {
  const frame = tf.tidy(() => {
    const flat = (t: tf.Tensor): Tensor1D => tf.reshape(t, [-1]);
    return tf.concat1d([
      flat(row.z[0]!),
      ...row.mu.map(flat),
      ...row.phiZ.slice(1).map(flat),
      ...row.e.map(flat),
      flat(errorEnergies(row)),
      logDets ? totalDiscrepancy(model, row, logDets) : tf.tensor1d([NaN]),
    ]);
  });
  const data = Float32Array.from(await frame.data());
  frame.dispose();
  return data;
}

/** Keeps the frames of the newest settling episode until the page pulls them. */
export class Recorder {
  private id = 0;
  private frames: Float32Array[] = [];
  private stepOf: number[] = [];
  private about: Pick<EpisodeUpdate, 'kind' | 'sizes' | 'steps' | 'masked'> | null = null;

  /** Starts an episode; the page drops the frames of the last one when it sees the new id. */
  begin(kind: EpisodeUpdate['kind'], model: Model, masked: boolean): void {
    this.id++;
    this.frames = [];
    this.stepOf = [];
    this.about = { kind, sizes: model.config.sizes, steps: model.config.steps, masked };
  }

  /** Forgets the episode: nothing is being settled. */
  clear(): void {
    this.id++;
    this.frames = [];
    this.stepOf = [];
    this.about = null;
  }

  /** Adds a frame: what the first image of the episode does now. */
  async record(model: Model, settling: Settling, logDets: readonly number[] | null): Promise<void> {
    const { id } = this;
    const step = settling.steps;
    const frame = await frameOf(model, await settling.read(1), logDets);
    if (id !== this.id) return; // another episode began meanwhile
    this.frames.push(frame);
    this.stepOf.push(step);
  }

  /** What the page does not have yet. */
  since(have: Have): EpisodeUpdate | null {
    if (!this.about) return null;
    const from = have.episode === this.id ? have.frames : 0;
    const fresh = this.frames.slice(from);
    const { stride } = frameLayout(this.about.sizes);
    const frames = new Float32Array(fresh.length * stride);
    fresh.forEach((frame, i) => frames.set(frame, i * stride));
    return { ...this.about, id: this.id, stepOf: this.stepOf.slice(from), from, frames };
  }
}
