import { NgcError, printableText } from '../shared/errors.ts';
import type { Budget, Cell, Experiment, LabDataset, Plan } from './experiment.ts';

/** Whether a budget is for a dataset. */
export const covers = ({ only }: Plan, dataset: LabDataset): boolean =>
  only === null || only === dataset;

/** The cells of an experiment under a budget, set by set and row by row, seeds innermost. `seeds` other than the budget's may be asked for. */
export function cellsOf(experiment: Experiment, budget: Budget, seeds?: number): readonly Cell[] {
  const plan = experiment.plan(budget);
  const runs = Array.from({ length: seeds ?? plan.seeds }, (_, i) => i + 1);
  return experiment.datasets
    .filter((dataset) => covers(plan, dataset))
    .flatMap((dataset) =>
      experiment.rows.flatMap((row) =>
        plan.points.flatMap((point) =>
          runs.map((seed): Cell => {
            const place = point === null ? '' : `.n${point}`;
            return {
              experiment: experiment.id,
              key: `${row.key}.${dataset}${place}.s${seed}`,
              ...{ row: row.key, dataset, point, seed },
              training: plan.train(row, dataset, point, seed),
              measures: experiment.measures(row),
              // Pictures are kept of one seed: of the others, numbers.
              exhibits: seed === 1 ? experiment.exhibits(row) : [],
              extent: plan.extent,
              strangers: experiment.strangers ?? [],
            };
          }),
        ),
      ),
    );
}

/** Whether a key fits a pattern, in which * stands for anything: "rae.*", "*.mnist.s1". */
export function fits(pattern: string, key: string): boolean {
  const parts = pattern.split('*').map((part) => part.replace(/[\\^$.|?+()[\]{}]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`).test(key);
}

/** The cells whose keys fit a pattern. Throws a usage error that shows what keys look like where none does. */
export function chosenCells(cells: readonly Cell[], pattern: string): readonly Cell[] {
  const chosen = cells.filter(({ key }) => fits(pattern, key));
  if (chosen.length > 0) return chosen;
  const some = cells.slice(0, 3).map(({ key }) => key);
  throw new NgcError(
    'usage',
    `No cell is called ${printableText(pattern)}; they are called ${some.join(', ')} … (* stands for anything).`,
  );
}

/** Shard `index` of `count` (from 1): every count-th cell, so that shards are about equally long. */
export function shardOf(cells: readonly Cell[], index: number, count: number): readonly Cell[] {
  return cells.filter((_, i) => i % count === index - 1);
}

/** Names a training: the same for the same training, whatever the order of its settings. FNV-1a of its JSON, 64 bits in hex. */
export function trainingName(training: NonNullable<Cell['training']>): string {
  const text = canonical(training);
  let hash = 0xcbf29ce484222325n;
  for (const byte of new TextEncoder().encode(text))
    hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * 0x100000001b3n);
  return `${training.variant}-${training.dataset}-s${training.seed}-${hash.toString(16).padStart(16, '0')}`;
}

/** JSON with the keys of every object in order. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).filter(([, inner]) => inner !== undefined);
  entries.sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, inner]) => `${JSON.stringify(key)}:${canonical(inner)}`).join(',')}}`;
}
