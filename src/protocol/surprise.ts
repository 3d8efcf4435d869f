import type { CompletionRule } from './episode.ts';
import type { Lesions, Steering } from './condition.ts';

/* How unusual a picture is for a network: −log p(x_seen | mu_0), nats, held against held-out images seen the same way. */

/** How a picture is looked at, the network and its settings aside. */
export interface Look {
  /** 1 = seen; null: nothing is hidden. */
  readonly mask: Uint8Array | null;
  /** What becomes of hidden pixels. */
  readonly how: CompletionRule;
  /** What is cut. */
  readonly lesions: Lesions;
  /** Whether the episode goes on without end (`liveInput`), which leaks more. */
  readonly live: boolean;
}

/** How surprise is spread over held-out images at one settling step, nats (lower is more usual). */
export interface SurpriseSpread {
  /** Of the image that surprises least; `most`: of the one that does most. */
  readonly least: number;
  readonly p5: number;
  readonly p25: number;
  readonly p50: number;
  readonly p75: number;
  readonly p95: number;
  readonly most: number;
  /** Of an empty page, looked at the same way. */
  readonly blank: number;
}

/** What surprise usually is, step by step, for certain synapses and settings and one way to look. */
export interface SurpriseReport {
  readonly look: Look;
  /** `Snapshot.weightsVersion` of the synapses. */
  readonly version: number;
  /** The settings as they acted. */
  readonly steering: Steering;
  /** At settling step 0, 1, … */
  readonly spread: readonly SurpriseSpread[];
  readonly images: number;
  /** Title of the dataset they are of. */
  readonly dataset: string;
}
