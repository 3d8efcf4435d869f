import type { Budget, Cell } from './experiment.ts';

/** The command that runs an experiment, or some cells of it (a pattern of keys). */
export function labCommand(experiment: string, budget: Budget, cells?: string): string {
  const chosen = cells === undefined ? '' : ` --cells "${cells}"`;
  return `npm run -s ngc -- lab run ${experiment} --budget ${budget}${chosen} --out results`;
}

/** The command that repeats one cell. */
export const cellCommand = ({ experiment, key }: Cell, budget: Budget): string =>
  labCommand(experiment, budget, key);
