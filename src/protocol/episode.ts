import type { ModelConfig } from '../ngc/config/settings.ts';
import type { CompletionRule } from '../ngc/completion.ts';
import type { ImaginingAddress } from './imaginings.ts';
import type { Condition } from './condition.ts';

export { SETTLED } from '../ngc/movement.ts';
export type { CompletionRule } from '../ngc/completion.ts';
export { COMPLETIONS } from '../ngc/completion.ts';

/** What is settled: the user's drawing, or the first image of the batch that is being learnt. */
export type EpisodeKind = 'input' | 'training';

/**
 * The frames of one settling episode: steps 0 … T of one image. Frame 0 is the state before the first step.
 *
 * Steps rise from frame to frame. Where something changed between two steps (a lever, a lesion, the input of a live
 * episode) the state is recorded once more: a frame then takes the place of every frame held of its step or later ones.
 * A state that a lesion puts to zero is therefore not what the terms of the frame before it led to.
 * An episode that is live or goes on has more steps than T; frames of the oldest steps (before `firstStep`) are then
 * forgotten, so that memory stays bounded.
 */
export interface EpisodeUpdate {
  readonly id: number;
  readonly kind: EpisodeKind;
  readonly sizes: readonly number[];
  /** The settings it is settled with now. */
  readonly config: ModelConfig;
  /** `Snapshot.weightsVersion` of the synapses it is settled with. */
  readonly weightsVersion: number;
  /** The episode ends at this step: T, or more where it went on. A live one does not end. */
  readonly steps: number;
  /** Settling step of each frame carried here (fast training records only the last). */
  readonly stepOf: readonly number[];
  /** Under what the step after each of these frames is made. */
  readonly conditions: readonly Condition[];
  /** What each of these frames saw: the number that came with the picture (`setInput`, `liveInput`); 0 in episodes of training. */
  readonly inputs: readonly number[];
  /** Frames are numbered as they are made; this carries all from number `from` on that are still of use. */
  readonly from: number;
  /** `Have.frames` of the next pull. */
  readonly next: number;
  /** Step of the oldest frame that is kept. */
  readonly firstStep: number;
  readonly frames: Float32Array;
  readonly masked: boolean;
  /** What becomes of hidden pixels. */
  readonly how: CompletionRule;
  /** The imagining whose start it began from (`takeImagining`); null: its states began at zero. */
  readonly imagining: ImaginingAddress | null;
  /** Whether it goes on without end while the drawing changes (`liveInput`). */
  readonly live: boolean;
  /** Live, and waiting: its states have settled, or the same picture was looked at for long. */
  readonly resting: boolean;
}
