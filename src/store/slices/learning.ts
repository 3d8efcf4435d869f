import type { HealthReport, MomentsReport } from '../../protocol/learning.ts';

/** A training as one watches it. */
export interface LearningSlice {
  /** What the run could do at moments of its past, and now, with the synapses of `version`; null until that is known. */
  readonly moments: (MomentsReport & { readonly version: number }) | null;
  /** The moment of the past on show; null: now. */
  readonly shownMoment: number | null;
  /** How the network fares; null until that is known. */
  readonly health: HealthReport | null;
}

export const initialLearning: LearningSlice = { moments: null, shownMoment: null, health: null };
