import { cellsOf, chosenCells, shardOf } from '../../experiments/cells.ts';
import type { Budget, Cell, Experiment } from '../../experiments/experiment.ts';
import { BUDGETS } from '../../experiments/experiment.ts';
import { printable } from '../../shared/errors.ts';
import { choice, text, usageError, whole, withDefault } from '../options.ts';

/** The options that choose cells. */
export const CELL_OPTIONS = {
  budget: withDefault(
    choice(
      'B',
      'How much work it may be: quick (the default; minutes, on MNIST), standard, or paper.',
      BUDGETS,
    ),
    'quick',
  ),
  cells: text('PATTERN', 'Only cells whose names fit, * for anything: "rae.*", "*.mnist.s1".'),
  seeds: whole('N', 'How many seeds, instead of the budget’s.', 1, 1000),
  shard: text('I/N', 'Only every N-th cell, from the I-th on: for N processes or machines.'),
} as const;

/** What of an experiment is asked for. */
interface Asked {
  readonly budget: Budget;
  readonly cells: string | undefined;
  readonly seeds: number | undefined;
  readonly shard: string | undefined;
}

/** The cells that are asked for. Throws a usage error for a pattern that fits none, or a shard that is none. */
export function askedCells(
  experiment: Experiment,
  { budget, cells: pattern, seeds, shard }: Asked,
): readonly Cell[] {
  const all = cellsOf(experiment, budget, seeds);
  const chosen = pattern === undefined ? all : chosenCells(all, pattern);
  if (shard === undefined) return chosen;
  const [, index, count] = /^(\d+)\/(\d+)$/.exec(shard)?.map(Number) ?? [];
  if (!index || !count || index > count)
    throw usageError(
      `Option --shard must be I/N, the I-th of N from 1/N to N/N, not ${printable(shard)}.`,
    );
  return shardOf(chosen, index, count);
}
