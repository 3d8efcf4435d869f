import type { WorkerActivity, Progress, TrainingStatus } from '../../protocol/snapshot.ts';
import type { Lesions } from '../../protocol/condition.ts';
import { NO_LESIONS } from '../../protocol/condition.ts';

/** What runs, and how far it is. */
export interface RunSlice {
  readonly activity: WorkerActivity;
  readonly progress: Progress | null;
  /** Work that goes on beside everything else. */
  readonly background: Progress | null;
  /** Imaginings under way. */
  readonly imagining: Progress | null;
  /** A map of codes under way. */
  readonly mapping: Progress | null;
  readonly training: TrainingStatus | null;
  /** What is cut while the drawing settles, from now on; `EpisodeBuffer.conditionAt` says what was cut at a recorded step. */
  readonly lesions: Lesions;
}

export const initialRun: RunSlice = {
  activity: 'idle',
  progress: null,
  background: null,
  imagining: null,
  mapping: null,
  training: null,
  lesions: NO_LESIONS,
};
