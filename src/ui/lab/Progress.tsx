import { EXPERIMENTS } from '../../experiments/experiments.ts';
import { cellsOf } from '../../experiments/cells.ts';
import { expectedSeconds } from '../../experiments/effort.ts';
import type { Experiment } from '../../experiments/experiment.ts';
import type { LabRun } from '../../protocol/lab.ts';
import { useApp, useAppState } from '../parts/context.ts';
import { duration } from '../parts/format.ts';
import { ProgressBar } from '../parts/ProgressBar.tsx';
import { progress as words } from './words.ts';
import styles from './Controls.module.css';

/** The share of a run that is done; a cell that is being trained counts by its images. */
export function shareOf({ done, cells, failed, cell }: LabRun): number {
  const part = cell?.fraction ?? 0;
  return (done + failed.length + Math.min(1, part) * 0.9) / cells.length;
}

/** How far the run is, what it is at, and how long it may still take. */
export function Progress({ experiment }: { experiment: Experiment }) {
  const { actions } = useApp();
  const run = useAppState((s) => s.labRun);
  const turning = useAppState((s) => s.labTurning);
  const known = useAppState((s) => s.labShipped);
  const own = useAppState((s) => s.labOwn);
  if (run === null || turning === 'starting')
    return (
      <div className={styles.progress}>
        <ProgressBar label={words.label} fraction={null} />
        <span>{words.starting}</span>
      </div>
    );
  const { done, cells, cell, budget } = run;
  const other = run.experiment === experiment.id ? null : EXPERIMENTS.find(({ id }) => id === run.experiment); // prettier-ignore
  const about = other ?? experiment;
  const results = [...(known[run.experiment] ?? []), ...(own[run.experiment] ?? [])];
  const keys = new Set(cells);
  const left = actions.cellsToRun(about, budget).filter(({ key }) => keys.has(key));
  const whole = expectedSeconds(left, results);
  const current = cellsOf(about, budget).find(({ key }) => key === cell?.key);
  const row = about.rows.find(({ key }) => key === current?.row)?.title;
  const seconds = whole === null ? null : Math.max(0, whole - (cell?.seconds ?? 0));
  return (
    <div className={styles.progress}>
      <ProgressBar label={words.label} fraction={shareOf(run)} />
      <span>
        {other && `${other.title}: `}
        {words.cells(done, cells.length)}
        {row !== undefined && ` · ${row}`}
        {current && `, ${words.place(current)}`}
        {cell?.label && ` · ${cell.label}`}
        {turning === 'stopping'
          ? ` · ${words.stopping}`
          : seconds !== null && ` · ${words.timeLeft(duration(seconds))}`}
      </span>
    </div>
  );
}
