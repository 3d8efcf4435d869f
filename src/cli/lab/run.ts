import { availableParallelism, cpus } from 'node:os';

import type { Cell, Experiment } from '../../experiments/experiment.ts';
import { cellCommand } from '../../experiments/commands.ts';
import { experimentOf } from '../../experiments/experiments.ts';
import { quantitiesOf, valueOf } from '../../experiments/summary.ts';
import type { CellResult } from '../../experiments/result.ts';
import { preparePlace } from '../../lab/results.ts';
import { runCells } from '../../lab/runCells.ts';
import { imageSource } from '../../lab/splits.ts';
import type { Family } from '../../models/family.ts';
import { NgcError } from '../../shared/errors.ts';
import { folderShelf } from '../../storage/folder.ts';
import { BACKEND_OPTION, startNumerics, WORKERS_OPTION } from '../backend.ts';
import { defineCommand } from '../command.ts';
import { needed, text } from '../options.ts';
import { duration, Progress } from '../progress.ts';
import { listenForStop } from '../signals.ts';
import { askedCells, CELL_OPTIONS } from './cells.ts';
import { labData } from './data.ts';
import { LabWork } from './labWork.ts';

const OPTIONS = {
  ...CELL_OPTIONS,
  'data-dir': text(
    'DIR',
    'A folder of datasets, or of the files of the one that is needed; default public/data/D.',
  ),
  ...BACKEND_OPTION,
  ...WORKERS_OPTION,
  out: needed(text('DIR', 'The folder of results; several processes may share it.')),
} as const;

/** What a result says in a line. */
function lineOf(experiment: Experiment, result: CellResult): string {
  if (result.state === 'diverged') return result.reason ?? 'diverged';
  const shown = quantitiesOf(experiment).flatMap((quantity) => {
    const value = valueOf(result, quantity);
    return value === null ? [] : `${quantity.title} ${value.toFixed(quantity.digits)}`;
  });
  return shown.join(', ') || 'done';
}

export const labRun = (families: readonly Family[], experiments?: readonly Experiment[]) =>
  defineCommand({
    name: 'lab run',
    summary: 'runs the cells of an experiment, and keeps the result of each.',
    argument: { takes: 'EXPERIMENT', meaning: 'Which one; "ngc lab list" names them.' },
    options: OPTIONS,
    notes: [
      'Cells whose results lie in DIR are passed over, so the same command goes on where it was stopped (Ctrl-C keeps a checkpoint of the training). Several processes, on several machines too, may work in one DIR: none runs what another is at; or each does its own part by --shard and has its own DIR, and "ngc lab merge" joins them.',
      'DIR/cells/EXPERIMENT/BUDGET/CELL.json holds the results, DIR/models the trained models (any command takes them), DIR/checkpoints what is under way. A result that is damaged, or was made with other settings than this program’s, is renamed and run again. A cell that diverged is a result that says so.',
    ],
    examples: [
      'npm run -s ngc -- lab run table-1 --cells "*.mnist.*" --out results',
      'npm run -s ngc -- lab run table-1 --budget standard --shard 2/8 --out results',
    ],
    async run(values, id) {
      const { budget, out, backend: choice, workers } = values;
      const experiment = experimentOf(id, experiments);
      const cells = askedCells(experiment, values);
      const shelf = folderShelf(out);
      await preparePlace(shelf);
      const backend = await startNumerics(choice, workers);
      const progress = new Progress();
      const work = new LabWork(progress, listenForStop(), cells.length);
      const computes = `${backend.name} (${backend.adapter})`;
      const more = [
        ...(choice === 'auto' ? [] : [`--backend ${choice}`]),
        ...(workers === undefined ? [] : [`--workers ${workers}`]),
      ];
      const commandOf = (cell: Cell) => {
        const beyond = cell.seed > experiment.plan(budget).seeds ? [`--seeds ${cell.seed}`] : [];
        return cellCommand(cell, budget, [...beyond, ...more]);
      };
      progress.note(`${experiment.title}; ${budget}, ${counted(cells.length)}; ${computes}.`);
      const missing: string[] = [];
      let failed = 0;
      let waits = false;
      const context = {
        ...{ budget, shelf, families, work, commandOf },
        images: imageSource(labData(values['data-dir'], cells)),
        executor: backend.executor,
        backend: computes,
        machine: machine(),
        tell: (sentence: string) => progress.note(sentence),
      };
      try {
        await runCells(cells, context, {
          onBegin: ({ key }) => work.begin(key),
          onResult({ key }, result, fresh) {
            work.end(fresh);
            if (result.state === 'diverged') failed++;
            const took = fresh ? ` (${duration(work.seconds)})` : ' (was there)';
            progress.note(`${key}: ${lineOf(experiment, result)}${took}`);
          },
          onMissing(dataset, { message }) {
            missing.push(dataset);
            progress.note(`The cells of ${dataset} are not run here: ${message}`);
          },
          onWaiting(left) {
            if (!waits) progress.note(`Waits for ${counted(left.length)} that others are running.`);
            waits = true;
          },
        });
      } catch (error) {
        progress.clear();
        if (!(error instanceof NgcError) || error.kind !== 'cancelled') throw error;
        throw new NgcError(
          'cancelled',
          'Stopped; what is done and a checkpoint of what was under way are kept. To go on, repeat the command.',
        );
      }
      progress.clear();
      if (failed > 0) progress.note(`${failed} of the cells diverged; their results say so.`);
      if (missing.length > 0)
        throw new NgcError(
          'data',
          `The cells of ${missing.join(', ')} were not run, as their images cannot be had here; the others are done.`,
        );
      progress.note(`Done; "ngc lab merge ${out} --out FILE" makes one file of the results.`);
    },
  });

const counted = (cells: number) => (cells === 1 ? '1 cell' : `${cells} cells`);

/** What computes, for people. */
function machine(): string {
  const cores = availableParallelism();
  const model = cpus()[0]?.model.trim() ?? process.arch;
  return `${model}, ${cores} cores, Node ${process.versions.node}`;
}
