import type { Density } from '../urlState.ts';
import type { BenchReport } from '../../protocol/reports.ts';
import type { Notice } from '../../protocol/snapshot.ts';

export interface ShownNotice extends Notice {
  readonly id: number;
  /** Sentences for who wants to know more. */
  readonly details: readonly string[];
  /** Of notices about one topic only the newest stands. */
  readonly topic: string | null;
  /**
   * What can still be done about it: the network that was put aside, results or a run that were removed brought back; a training that
   * was left gone on with; what was drawn here last.
   */
  readonly offer: 'putBack' | 'restoreResults' | 'restoreRun' | 'goOn' | 'bringBack' | null;
}

/** What lies over the page, and how it is laid out; it outlives the engine. */
/** A link to the set-up. */
export interface SharedLink {
  /** With all that the address holds. */
  readonly link: string;
  /** Without what is drawn, hidden by hand, cut and pinned: short. */
  readonly bare: string;
  /** The one of both that was copied last. */
  readonly copied: string | null;
  /** Whether this browser did not let the page copy. */
  readonly refused: boolean;
}

export interface PageSlice {
  readonly notices: readonly ShownNotice[];
  /** Whether the page is laid out for a projector. */
  readonly presenting: boolean;
  /** How much stood on the page before that. */
  readonly densityBefore: Density | null;
  readonly settingsOpen: boolean;
  readonly helpOpen: boolean;
  readonly benchOpen: boolean;
  /** What the benchmark found when it last ran. */
  readonly benchReport: BenchReport | null;
  /** The link to this set-up, while it is on show. */
  readonly sharedLink: SharedLink | null;
  /** The address of what was drawn here last, as long as it can be brought back. */
  readonly lastDrawn: string | null;
  /** Whether another version of the page is kept and waits; "others": for tabs besides this one to be closed; "held": for the browser to let go of this one. */
  readonly newVersion: 'none' | 'ready' | 'coming' | 'others' | 'held';
}

export const initialPage: PageSlice = {
  notices: [],
  presenting: false,
  densityBefore: null,
  settingsOpen: false,
  helpOpen: false,
  benchOpen: false,
  benchReport: null,
  sharedLink: null,
  lastDrawn: null,
  newVersion: 'none',
};
