import type { Values } from '../exhibits/exhibit.ts';
import type { Act, Frame } from '../exhibits/frame.ts';
import type { ExhibitId } from '../exhibits/shown.ts';
import type { BackendChoice } from './reports.ts';

/*
 * Everything that passes between the page and the worker of the exhibits. Several exhibits are there at once, each in a slot: 0 is the
 * one on show, the others are miniatures. The page pulls the newest frame of each; nothing is queued.
 */

/** The slot of the exhibit on show. */
export const ON_SHOW = 0;
/** So many exhibits are there at once at the most. */
export const SLOTS = 64;

export type ExhibitsRequest =
  /** Begins an exhibit in a slot, in place of what was there; it rests until it is run. Answered at once: `pull` tells when it stands. */
  | {
      readonly type: 'open';
      readonly slot: number;
      readonly exhibit: ExhibitId;
      /** Controls that are not as usual. */
      readonly values: Values;
      readonly seed: number;
      /** The page's address, where /data and /models lie. */
      readonly base: string;
      readonly backend: BackendChoice;
    }
  /** Ends what is in a slot. */
  | { readonly type: 'close'; readonly slot: number }
  /** Runs at so many steps a second; null: as fast as can be. Also changes the pace of what runs. */
  | { readonly type: 'run'; readonly slot: number; readonly perSecond: number | null }
  | { readonly type: 'pause'; readonly slot: number }
  /** Makes some steps and rests; answered when they are made. */
  | { readonly type: 'step'; readonly slot: number; readonly count: number }
  /** Begins anew, at step 0, where it rests: the same seed gives the same run. */
  | { readonly type: 'rewind'; readonly slot: number; readonly seed: number }
  /** Moves controls. What a control decides at the beginning starts the exhibit anew; what runs goes on. */
  | { readonly type: 'change'; readonly slot: number; readonly values: Values }
  /** Does what a hand does. */
  | { readonly type: 'act'; readonly slot: number; readonly act: Act }
  /** What has changed in these slots, by the version the page has (0: none). What is not pulled for a second rests. */
  | {
      readonly type: 'pull';
      readonly slots: readonly { readonly slot: number; readonly have: number }[];
    };

/** How an exhibit stands: it is being begun, rests, runs, has come to its end, or has failed. */
export type Standing = 'opening' | 'resting' | 'running' | 'ended' | 'failed';

/** What a slot says of itself. */
export interface SlotReport {
  readonly slot: number;
  readonly exhibit: ExhibitId;
  readonly standing: Standing;
  /** Rises whenever its frame changes. */
  readonly version: number;
  /** The newest frame where the page has an older one. */
  readonly frame: Frame<unknown> | null;
  /** One sentence: why it failed, or what is being loaded. */
  readonly says: string | null;
}

/** The value each request is answered with; null where there is nothing to say but that it is done. */
export interface ExhibitsResults {
  open: null;
  close: null;
  run: null;
  pause: null;
  step: null;
  rewind: null;
  change: null;
  act: null;
  pull: { readonly slots: readonly SlotReport[] };
}

export type ExhibitsRequestType = ExhibitsRequest['type'];
export type ExhibitsRequestOf<T extends ExhibitsRequestType> = Extract<
  ExhibitsRequest,
  { type: T }
>;
