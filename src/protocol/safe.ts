import type { ModelReport } from './reports.ts';

/*
 * What the page keeps of the engine's networks, in its own memory: an engine that dies takes nothing along.
 */

/** Where a network stands among those at hand: the user's own, one trained beforehand that has learnt here, or put aside. */
export const SAFE_ROLES = ['own', 'pretrained', 'aside'] as const;
export type SafeRole = (typeof SAFE_ROLES)[number];

/** What is told of a network that is kept safe, beside its bytes. */
export interface SafeCard {
  /** Tells one network of this engine from the others. */
  readonly id: number;
  /** Changes with everything that is kept of it. */
  readonly stamp: string;
  readonly role: SafeRole;
  /** Whether it is the one on show. */
  readonly active: boolean;
  readonly title: string;
  /** `Snapshot.weightsVersion` of its synapses, and of those that a file holds. */
  readonly version: number;
  readonly savedVersion: number;
  /** Updates it had made when it came here. */
  readonly updatesBefore: number;
}

/** A network as a checkpoint, with the run it is in: as runs are kept, and as the command line reads it. */
export interface SafeNetwork extends SafeCard {
  readonly bytes: ArrayBuffer;
  /** The file that its first synapses came from; null: they were drawn from its seed. */
  readonly origin: { readonly name: string; readonly bytes: ArrayBuffer } | null;
}

/** A network as the page is told of it: what the page has already is not sent again. */
export interface SafeNews extends SafeCard {
  readonly bytes: ArrayBuffer | null;
  /** Undefined where the page has it already. */
  readonly origin?: SafeNetwork['origin'];
}

/** What the page has of a network. */
export type SafeHave = Pick<SafeCard, 'id' | 'stamp'>;

export interface SafeReport {
  /** All networks that would be missed: another one is not at hand any more. */
  readonly networks: readonly SafeNews[];
  /** Why nothing can be computed here any more, as a sentence; null: all is well. */
  readonly lost: string | null;
}

/** Networks are back in a new engine. */
export interface RestoredReport {
  /** The network on show; null: it was none of them. */
  readonly model: ModelReport | null;
  /** Updates made in the run that can be gone on with; null: there is none. */
  readonly updates: number | null;
}

export type SafeRequest =
  /**
   * Answered as soon as something has changed that the page does not have, at most about once a second while a network learns, or
   * at once with `now`. One waits at a time: the next takes its place, and it fails with kind "cancelled".
   */
  | { readonly type: 'keepSafe'; readonly have: readonly SafeHave[]; readonly now: boolean }
  /** Has the networks of an engine that is no more back. Their runs go on where the images that they learn from are in use. */
  | { readonly type: 'restore'; readonly networks: readonly SafeNetwork[] }
  /** Answered at once, whatever is going on: the engine hears. */
  | { readonly type: 'ping' };

export interface SafeResults {
  keepSafe: SafeReport;
  restore: RestoredReport;
  ping: null;
}
