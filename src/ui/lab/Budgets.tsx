import { cellsOf } from '../../experiments/cells.ts';
import { expectedSeconds, imagesOf } from '../../experiments/effort.ts';
import type { Experiment } from '../../experiments/experiment.ts';
import common from '../parts/common.module.css';
import { useApp, useAppState } from '../parts/context.ts';
import { duration } from '../parts/format.ts';
import { useKnown } from './useKnown.ts';
import { budgetMeaning as words } from './words.ts';

interface BudgetsProps {
  experiment: Experiment;
  left: number;
  done: number;
}

/** What the chosen budget means: how many cells of how many images, and how long that may take. */
export function Budgets({ experiment, left, done }: BudgetsProps) {
  const { actions } = useApp();
  const budget = useAppState((s) => s.setUp.budget);
  const { shipped, own } = useKnown(experiment.id);
  const { seeds, extent } = experiment.plan(budget);
  const cells = cellsOf(experiment, budget);
  const most = Math.max(0, ...cells.map(({ training }) => (training ? imagesOf(training) : 0)));
  const subsets = cells.flatMap(({ training }) => (training ? [training.subset] : []));
  const subset = subsets.includes(null) ? null : Math.max(...subsets.map((one) => one ?? 0));
  const seconds = expectedSeconds(actions.cellsToRun(experiment, budget), [...shipped, ...own]);
  const time = seconds === null ? words.unknown : words.about(duration(seconds));
  return (
    <p className={common.hint}>
      {words.what(cells.length, seeds, most, subset)} {words.measured(extent.test)}
      <br />
      {done > 0 && `${words.done(done)} `}
      {left > 0 && `${words.left(left)}: ${time}`}
    </p>
  );
}
