import type { Budget, Cell } from './experiment.ts';

/** The command that runs an experiment, or some cells of it (a pattern of keys), with other options where they are given. */
export function labCommand(
  experiment: string,
  budget: Budget,
  { cells, more = [] }: { readonly cells?: string; readonly more?: readonly string[] } = {},
): string {
  const chosen = cells === undefined ? [] : [`--cells "${cells}"`];
  const options = [`--budget ${budget}`, ...chosen, ...more, '--out results'];
  return `npm run -s ngc -- lab run ${experiment} ${options.join(' ')}`;
}

/** The command that repeats one cell. */
export const cellCommand = (
  { experiment, key }: Cell,
  budget: Budget,
  more?: readonly string[],
): string => labCommand(experiment, budget, { cells: key, ...(more && { more }) });
