import type { Tensor2D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';

import { normal } from '../engine/noise.ts';
import type { Episode } from '../predictive/network/episode.ts';
import { release, tidied } from '../predictive/network/memory.ts';
import { advance } from '../predictive/network/settling.ts';
import { begin } from '../predictive/network/start.ts';
import type { State } from '../predictive/network/state.ts';
import { predictionAt, stateOf } from '../predictive/network/state.ts';
import type { Wiring } from '../predictive/network/wiring.ts';
import { deriveSeed } from '../shared/rng.ts';
import type { Spoilt } from './memories.ts';

/** Streams of the seed: where z_0 starts, and from here on the noise of each layer. */
const STREAMS = { start: 0, noise: 1 } as const;

/**
 * Many settlings of a decoder on what is seen of one picture: the first without noise, which comes to a likeliest answer, the others
 * with it, which sample all that fit (B9). What is hidden sends no error. It owns its tensors; wirings stay the caller's.
 */
export class Wanderers {
  /** 0 for the first, 1 for those with noise [1 + chains, 1]. */
  private readonly noisy: Tensor2D;
  private picture: Tensor2D | null = null;
  private seen: Tensor2D | null = null;
  private state: State | null = null;
  private isStale = false;

  /** @param chains how many go with noise, beside the first */
  constructor(
    chains: number,
    private readonly seed: number,
  ) {
    this.noisy = tf.tensor2d(Array.from({ length: 1 + chains }, (_, row) => [row === 0 ? 0 : 1]));
  }

  private get rows(): number {
    return this.noisy.shape[0];
  }

  /** From now on this picture [n_L] is seen, where it is held. All go on from where they are. */
  see({ pixels, held }: Spoilt): void {
    release([this.picture, this.seen]);
    const repeated = (row: Float32Array) => tf.tidy((): Tensor2D => tf.tile(tf.tensor2d(row, [1, row.length]), [this.rows, 1])); // prettier-ignore
    [this.picture, this.seen] = [repeated(pixels), repeated(held)];
    this.isStale = true;
  }

  /** The synapses are others from now on. */
  rewired(): void {
    this.isStale = true;
  }

  /** One step of all; answers what each takes the picture to be then [(1 + chains) · n_L]. */
  step(wiring: Wiring): Promise<Float32Array> {
    const from = this.now(wiring);
    this.state = advance(wiring, this.episode(wiring), from);
    release(from);
    return predictionAt(this.state, wiring.layers.length).mu.data<'float32'>();
  }

  dispose(): void {
    release([this.noisy, this.picture, this.seen, this.state]);
  }

  private episode({ settings: { sizes } }: Wiring): Episode & { readonly output: Tensor2D } {
    if (!this.picture || !this.seen) throw new Error('Nothing is seen yet.');
    const noise = (l: number, step: number): Tensor2D =>
      tf.mul(this.normal(STREAMS.noise + l, sizes[l]!, step), this.noisy);
    return { rows: this.rows, output: this.picture, seen: this.seen, noise };
  }

  private normal(stream: number, width: number, step = 0): Tensor2D {
    return normal(deriveSeed(deriveSeed(this.seed, stream), step), this.rows, width);
  }

  /** Where all are, under the synapses and the picture of now. */
  private now(wiring: Wiring): State {
    const { state, isStale } = this;
    this.isStale = false;
    if (!state) return this.begun(wiring);
    if (!isStale) return state;
    const { output, seen } = this.episode(wiring);
    const next = tidied(() => {
      const free = state.z.slice(0, -1).map((z): Tensor2D => tf.clone(z));
      return stateOf(wiring, [...free, tf.clone(output)], { step: state.step, seen });
    });
    release(state);
    return next;
  }

  /** Before the first step: z_0 anywhere that its prior has it, the first at its mean; the layers after it as they are predicted. */
  private begun(wiring: Wiring): State {
    const z0 = tidied((): Tensor2D => {
      const away: Tensor2D = tf.mul(this.normal(STREAMS.start, wiring.settings.sizes[0]!), this.noisy); // prettier-ignore
      return wiring.b0 ? tf.add(away, wiring.b0) : away;
    });
    const state = begin(wiring, { ...this.episode(wiring), start: new Map([[0, z0]]) });
    z0.dispose();
    return state;
  }
}
