import type { ElsewhereReport } from '../../protocol/snapshot.ts';
import type { Autosave, ComparedRun, RunCard, RunsReport } from '../../protocol/runs.ts';

/** Trainings that this browser keeps. They outlive the engine. */
export interface RunsSlice {
  /** The one kept last first; null until the engine has told. */
  readonly runs: readonly RunCard[] | null;
  /** Whether they outlast the page. */
  readonly runsLast: boolean;
  readonly storage: RunsReport['storage'];
  /** How the training under way is kept. */
  readonly autosave: Autosave;
  /** How often other pages have changed what is kept. */
  readonly elsewhere: ElsewhereReport;
  /** The run that was cut off when the page was last left, until it is gone on with. */
  readonly cutOff: string | null;
  /** Those that are chosen to be compared. */
  readonly chosenRuns: readonly string[];
  /** The comparison on show; null: none is. */
  readonly compared: readonly ComparedRun[] | null;
}

export const initialRuns: RunsSlice = {
  runs: null,
  runsLast: true,
  storage: null,
  autosave: { card: null, refused: null },
  elsewhere: { runs: 0, data: 0 },
  cutOff: null,
  chosenRuns: [],
  compared: null,
};
