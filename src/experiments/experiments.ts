import { NgcError, printableText } from '../shared/errors.ts';
import type { Budget, Experiment } from './experiment.ts';
import { BUDGETS } from './experiment.ts';
import { table1 } from './list/table1.ts';

/** Every experiment there is, in the order of the Lab: a new one is a file in list/, and a line here. */
export const EXPERIMENTS: readonly Experiment[] = [table1];

/** The experiment of an id. Throws a usage error that lists those there are. */
export function experimentOf(id: string): Experiment {
  const found = EXPERIMENTS.find((experiment) => experiment.id === id);
  if (found) return found;
  const known = EXPERIMENTS.map((experiment) => experiment.id).join(', ');
  throw new NgcError('usage', `There is no experiment ${printableText(id)}; there are ${known}.`);
}

/** The budget of a name. Throws a usage error that lists those there are. */
export function budgetOf(name: string): Budget {
  const found = BUDGETS.find((budget) => budget === name);
  if (found) return found;
  throw new NgcError(
    'usage',
    `There is no budget ${printableText(name)}; there are ${BUDGETS.join(', ')}.`,
  );
}
