import { cellCommand } from '../experiments/commands.ts';
import type { LabContext } from '../lab/runCell.ts';
import { preparePlace } from '../lab/results.ts';
import { runCells } from '../lab/runCells.ts';
import { imageSource } from '../lab/splits.ts';
import { FAMILIES } from '../models/families.ts';
import { lossOr } from '../runtime/loss.ts';
import { NgcError } from '../shared/errors.ts';
import { numerics } from './labNumerics.ts';
import type { Runner } from './labSession.ts';
import { machineOf } from './machine.ts';
import { yieldToMessages } from './pacing.ts';
import { pageDataset } from './pageData.ts';

/** Runs cells in this worker, by TensorFlow.js on what this browser has. */
export const browserRunner: Runner = async (job) => {
  const { cells, budget, shelf, signal, tell } = job;
  if (job.base === '') throw new NgcError('usage', 'Open the Lab first.');
  await preparePlace(shelf);
  const backend = await numerics(job.backend, tell, job.alone);
  const context: LabContext = {
    ...{ budget, shelf, tell },
    images: imageSource((dataset) =>
      pageDataset(dataset === 'fmnist-part' ? 'fmnist' : dataset, job),
    ),
    executor: backend.executor,
    families: FAMILIES,
    backend: `${backend.name} (${backend.adapter})`,
    machine: machineOf(navigator),
    commandOf: (cell) => cellCommand(cell, budget),
    work: {
      signal,
      show: job.onProgress,
      causeOf: (error) => lossOr(error, backend),
      async pause() {
        await yieldToMessages();
        if (signal.aborted) throw new NgcError('cancelled', 'The run was stopped.');
      },
    },
    onCurve: job.onCurve,
  };
  const running = runCells(cells, context, {
    onBegin: ({ key }) => job.onBegin(key),
    onResult: (_, result) => job.onResult(result),
    onMissing(dataset, { message }) {
      for (const cell of cells) if (cell.dataset === dataset) job.onMissing(cell.key, message);
    },
    onWaiting: () => tell('Another page of this browser runs what is left; this one waits for it.'),
  });
  await running.catch(async (error: unknown) => {
    throw await lossOr(error, backend);
  });
};
