import { cellsOf } from '../../experiments/cells.ts';
import { expectedSeconds, imagesOf } from '../../experiments/effort.ts';
import type { Experiment, Training } from '../../experiments/experiment.ts';
import common from '../parts/common.module.css';
import { useApp, useAppState } from '../parts/context.ts';
import { roughDuration } from '../parts/format.ts';
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
  const trainings = cells.flatMap(({ training }) => training ?? []);
  const seconds = expectedSeconds(actions.cellsToRun(experiment, budget), [...shipped, ...own]);
  const time = seconds === null ? words.unknown : words.about(roughDuration(seconds));
  return (
    <p className={common.hint}>
      {words.cells(cells.length, seeds)} {learning(trainings)} {words.measured(extent.test)}
      <br />
      {done > 0 && `${words.done(done)} `}
      {left > 0 && `${words.left(left)}: ${time}`}
    </p>
  );
}

/** How much each model learns: for so long, or from so many images. */
function learning(trainings: readonly Training[]): string {
  const clocks = trainings.flatMap(({ seconds }) => seconds ?? []);
  if (clocks.length > 0) return words.clock(roughDuration(Math.max(...clocks)));
  const subsets = trainings.map(({ subset }) => subset);
  const subset = subsets.includes(null) ? null : Math.max(...subsets.map((one) => one ?? 0));
  return words.images(Math.max(0, ...trainings.map(imagesOf)), subset);
}
