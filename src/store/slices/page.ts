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
  /** The address, when it could not be copied and has to be shown. */
  readonly sharedLink: string | null;
  /** The address of what was drawn here last, as long as it can be brought back. */
  readonly lastDrawn: string | null;
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
};
