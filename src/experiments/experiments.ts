import { NgcError, printableText } from '../shared/errors.ts';
import type { Budget, Experiment } from './experiment.ts';
import { BUDGETS } from './experiment.ts';
import { ablation } from './list/ablation.ts';
import { figure4 } from './list/figure4.ts';
import { figure5 } from './list/figure5.ts';
import { figure6a } from './list/figure6a.ts';
import { fiveMinutes } from './list/fiveMinutes.ts';
import { compression } from './list/predictive/compression.ts';
import { depth } from './list/predictive/depth.ts';
import { limit } from './list/predictive/limit.ts';
import { recall } from './list/predictive/recall.ts';
import { strangers } from './list/predictive/strangers.ts';
import { twins } from './list/predictive/twins.ts';
import { table1 } from './list/table1.ts';
import { table2 } from './list/table2.ts';
import { table3 } from './list/table3.ts';
import { table4 } from './list/table4.ts';
import { tradeoff } from './list/tradeoff.ts';

/** Every experiment there is, in the order of the Lab: a new one is a file in list/, and a line here. */
export const EXPERIMENTS: readonly Experiment[] = [
  table1,
  table2,
  table3,
  table4,
  figure4,
  figure5,
  figure6a,
  ablation,
  tradeoff,
  fiveMinutes,
  twins,
  limit,
  depth,
  recall,
  strangers,
  compression,
];

/** The experiment of an id. Throws a usage error that lists those there are. */
export function experimentOf(
  id: string,
  experiments: readonly Experiment[] = EXPERIMENTS,
): Experiment {
  const found = experiments.find((experiment) => experiment.id === id);
  if (found) return found;
  const known = experiments.map((experiment) => experiment.id).join(', ');
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
