import type { ModelConfig } from '../ngc/config/settings.ts';
import type { CompletionRule } from './episode.ts';
import type { RunCard } from './runs.ts';

/*
 * Kept runs on one and the same picture: what each of their networks makes of it, step by step, beside whatever else the page does.
 */

/** More steps than this are not told of, however long the run's network would settle. */
export const MOST_TOLD_STEPS = 500;

/** A picture that a run's network is to look at. */
export interface RunLook {
  /** The run, as it was kept last. */
  readonly id: string;
  /** 784 intensities in 0 … 1. */
  readonly pixels: Float32Array;
  /** 1 = seen; null: nothing is hidden. */
  readonly mask: Uint8Array | null;
  /** What becomes of hidden pixels. */
  readonly how: CompletionRule;
}

/** What a run's network did with a picture at steps 0 … `steps`, from states at zero. */
export interface RunSettled {
  /** The run as it was when this was kept of it. */
  readonly card: RunCard;
  readonly config: ModelConfig;
  readonly steps: number;
  /** (steps + 1)·J0: the picture with what is imagined of it; where nothing is hidden, what is predicted. */
  readonly pictures: Float32Array;
  /** φ(z_l) at each step, (steps + 1)·J_l of layer l at index l − 1. */
  readonly activity: readonly Float32Array[];
  /** ρ_1 … ρ_L at each step: share of neurons with φ(z) > 1e-6. */
  readonly active: readonly (readonly number[])[];
  /** BCE of the pixels that are seen at each step, nats: how far the prediction mu_0 is from them. */
  readonly seenBce: readonly number[];
  /** The same of the pixels that are hidden, against what was drawn there; null where nothing is hidden. */
  readonly hiddenBce: readonly number[] | null;
  /** Total discrepancy ψ at each step, nats. */
  readonly discrepancy: readonly number[];
}

export type RunsBesideRequest =
  /**
   * Settles a picture on the network that a run holds, as it was kept last, beside everything else: nothing that is on show, and no
   * training, is touched. Several are answered one after the other. Fails with kind "file" where the run is not here any more, and with
   * kind "cancelled" by `endRunLooks`.
   */
  | ({ readonly type: 'settleRun' } & RunLook)
  /** Ends what `settleRun` has under way or waiting. */
  | { readonly type: 'endRunLooks' };

export interface RunsBesideResults {
  settleRun: RunSettled;
  endRunLooks: null;
}
