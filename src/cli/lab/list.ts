import { cellsOf, trainingName } from '../../experiments/cells.ts';
import type { Cell, Experiment } from '../../experiments/experiment.ts';
import { BUDGETS } from '../../experiments/experiment.ts';
import { EXPERIMENTS, experimentOf } from '../../experiments/experiments.ts';
import { cellName, checkPlace } from '../../lab/results.ts';
import { parseResult } from '../../lab/resultFiles.ts';
import { filesOf } from '../../lab/trainedFiles.ts';
import { NgcError } from '../../shared/errors.ts';
import type { Shelf } from '../../storage/shelf.ts';
import { folderShelf } from '../../storage/folder.ts';
import { columns, defineCommand } from '../command.ts';
import { text } from '../options.ts';
import { askedCells, CELL_OPTIONS } from './cells.ts';

const OPTIONS = {
  ...CELL_OPTIONS,
  out: text('DIR', 'A folder of results: tells how far each cell is there.'),
} as const;

/** How far a cell is. Nothing is changed: what is damaged is only named so. */
async function stateOf(cell: Cell, shelf: Shelf, budget: (typeof BUDGETS)[number]) {
  const name = `${cellName(cell, budget)}.json`;
  const bytes = await shelf.read(name);
  if (bytes)
    try {
      return (await parseResult(bytes, name)).result.state;
    } catch (error) {
      if (error instanceof NgcError) return 'damaged: will be run again';
      throw error;
    }
  if (!cell.training) return 'to run';
  const files = filesOf(trainingName(cell.training));
  if (await shelf.read(files.model)) return 'trained, to measure';
  return (await shelf.read(files.checkpoint)) ? 'begun' : 'to run';
}

export const labList = (experiments: readonly Experiment[] = EXPERIMENTS) =>
  defineCommand({
    name: 'lab list',
    summary: 'names the experiments, or the cells of one.',
    argument: {
      takes: 'EXPERIMENT',
      meaning: 'Whose cells to list; without it, all experiments.',
      optional: true,
    },
    options: OPTIONS,
    async run(values, id) {
      if (id === '') {
        const rows = experiments.map((experiment): [string, string] => {
          const counts = BUDGETS.map((budget) => `${cellsOf(experiment, budget).length} ${budget}`);
          return [experiment.id, `${experiment.question} (cells: ${counts.join(', ')})`];
        });
        process.stdout.write(`${columns(rows)}\n`);
        return;
      }
      const cells = askedCells(experimentOf(id, experiments), values);
      const shelf = values.out === undefined ? null : folderShelf(values.out);
      if (shelf) await checkPlace(shelf);
      for (const cell of cells) {
        const state = shelf ? `\t${await stateOf(cell, shelf, values.budget)}` : '';
        process.stdout.write(`${cell.key}${state}\n`);
      }
    },
  });
