import type { Experiment } from '../../experiments/experiment.ts';
import type { Place } from '../../experiments/layers.ts';
import type { RunningCell } from '../../protocol/lab.ts';
import { failedKey } from '../../store/labResults.ts';
import { useAppState } from '../parts/context.ts';

/** How the cells of a place stand in the run. */
export interface PlaceRun {
  readonly running: boolean;
  readonly failed: boolean;
  /** Why one of them could not be run. */
  readonly reason: string | null;
  readonly fraction: number | null;
  readonly curve: RunningCell['curve'];
}

/** How the cells of a place stand in the run. */
export function usePlaceRun({ id }: Experiment, { row, dataset }: Place): PlaceRun {
  const prefix = `${row}.${dataset}.`;
  const cell = useAppState(({ labRun }) =>
    labRun?.experiment === id && labRun.cell?.key.startsWith(prefix) ? labRun.cell : null,
  );
  const reason = useAppState(({ labFailed }) => {
    const key = Object.keys(labFailed).find((name) => name.startsWith(failedKey(id, prefix)));
    return key === undefined ? null : (labFailed[key] ?? null);
  });
  return {
    running: cell !== null,
    failed: reason !== null,
    reason,
    fraction: cell?.fraction ?? null,
    curve: cell?.curve ?? null,
  };
}
