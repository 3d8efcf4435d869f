import type { Tensor2D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';

import { binariseValues } from '../data/dataset.ts';
import { SETTLED } from '../ngc/movement.ts';
import { unweighted } from '../ngc/gauge.ts';
import { imaginedStates } from '../ngc/sample.ts';
import type { Settling } from '../ngc/settling.ts';
import { generativeSynapses } from '../ngc/wiring.ts';
import { frameLayout } from '../protocol/frame.ts';
import type { Lesions } from '../protocol/condition.ts';
import { isIntact } from '../protocol/condition.ts';
import type { CompletionRule } from '../protocol/episode.ts';
import type { ImaginingAddress } from '../protocol/imaginings.ts';
import type { HandUpdate, Network } from './network.ts';
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

/** A live episode that does not settle rests when the same picture was looked at for so many steps: some networks never cease to tremble. */
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

/** Where an imagining begins: a draw from the prior, to be sent down. */
export interface Start {
  readonly address: ImaginingAddress;
  /** φ(z_L) [J_L]. */
  readonly topActivity: Float32Array;
}

/** Whether two drawings are the same picture, with the same hidden. */
export function isSame(one: Drawing, other: Drawing): boolean {
  const equal = (a: ArrayLike<number>, b: ArrayLike<number>) =>
    a.length === b.length && Array.prototype.every.call(a, (value, i) => value === b[i]);
  if (one === other) return true;
  const masks = one.mask && other.mask ? equal(one.mask, other.mask) : one.mask === other.mask;
  return masks && equal(one.pixels, other.pixels);
}

/** How a drawing is settled. */
export interface Manner {
  readonly lesions: Lesions;
  /** What becomes of hidden pixels. */
  readonly how: CompletionRule;
  /** Whether it goes on without end while the drawing changes. */
  readonly live: boolean;
  /** Where the states begin; null: at zero. */
  readonly start: Start | null;
}

/** z_l [1, J_l] of layer l at index l − 1. The caller disposes them. */
function startStates({ model }: Network, { topActivity }: Start): Tensor2D[] {
  return tf.tidy(() =>
    imaginedStates(
      generativeSynapses(model),
      model.config.activation,
      tf.tensor2d(topActivity, [1, topActivity.length]),
    ),
  );
}

/** Puts the states to where they begin. The caller disposes the settling. */
export function beginSettling(
  network: Network,
  drawing: Drawing,
  { lesions, how, live, start }: Manner,
): Promise<Settling> {
  const { model, executor } = network;
  const states = start && startStates(network, start);
  return withInput(drawing, (x, mask) =>
    executor.begin(model, x, {
      ...{ mask, how, states, lesions: cutsOf(lesions), enduring: live },
      onlyLooks: true, // but for a weight update by hand, which can wait
    }),
  ).finally(() => tf.dispose(states ?? []));
}

/**
 * The settling episode of the user's drawing on one network: completion where something is hidden. It is one
 * image that can be cut into, steered and redrawn while it settles.
 */
export class InputEpisode {
  /** Steps made before it went on beyond its end. */
  private before = 0;
  /** How far its next step moves the states. */
  private movement = 1;
  /** Step at which something last changed but the states. */
  private changedAt = 0;

  private constructor(
    private readonly network: Network,
    private readonly recorder: Recorder,
    private readonly settling: Settling,
    private lesions: Lesions,
    /** Whether it goes on without end while the drawing changes. */
    readonly live: boolean,
  ) {}

  /** Puts the states to where they begin and records step 0. */
  static async begin(
    network: Network,
    recorder: Recorder,
    drawing: Drawing,
    manner: Manner,
  ): Promise<InputEpisode> {
    const { model, version } = network;
    const { lesions, how, live, start } = manner;
    const settling = await beginSettling(network, drawing, manner);
    const episode = new InputEpisode(network, recorder, settling, lesions, live);
    const { input, mask } = drawing;
    const imagining = start?.address ?? null;
    recorder.begin({ kind: 'input', version, input, mask, how, imagining, live, lesions }, model);
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
    return this.live && (looked || this.movement < SETTLED || this.diverged);
  }

  /** Whether its numbers are no longer finite, as they may become without a leak: only a new episode helps. */
  get diverged(): boolean {
    return !Number.isFinite(this.movement);
  }

  /** Whether it has settled as long as an episode that is not live would have. */
  get reachedEnd(): boolean {
    return this.settling.steps >= this.end;
  }

  /** Once it has ended: so many more steps from where the states are. */
  goOn(more = this.network.model.config.steps): void {
    if (this.ended) this.before += this.settling.steps + more - this.end;
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
    this.recorder.tell({ input: drawing.input, mask: drawing.mask });
    await this.touched();
  }

  /** Something changed between two steps: the frame on show is out of date, and a rest is over. */
  async touched(): Promise<void> {
    this.changedAt = this.settling.steps;
    await this.record();
  }

  /** Learns from the drawing as it stands, once it has settled; the episode is then of the past. */
  learn(): Promise<HandUpdate> {
    const { network, settling } = this;
    return network.learnByHand(() => settling.learn());
  }

  dispose(): void {
    this.settling.dispose();
  }

  private async record(): Promise<void> {
    const { network, settling, recorder } = this;
    const measure = await network.gauge();
    const acting = this.lesions.precision ? unweighted(measure) : measure;
    const frame = await recorder.record(network.model, settling, acting);
    if (frame) {
      const { movement } = frameLayout(network.model.config.sizes);
      this.movement = frame[movement.offset]!;
    }
    recorder.tell({ steps: this.end, resting: this.resting });
  }
}
