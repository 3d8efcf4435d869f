import type { Cell, LabDataset } from '../experiments/experiment.ts';
import type { CellResult } from '../experiments/result.ts';
import { NgcError } from '../shared/errors.ts';
import { readResult } from './results.ts';
import type { LabContext } from './runCell.ts';
import { runCell } from './runCell.ts';

/** How long somebody who waits for others looks away. */
const WAIT_MS = 1_000;

/** What whoever runs cells hears. */
export interface CellEvents {
  /** A cell begins. */
  onBegin(cell: Cell): void;
  /** A cell has its result; `fresh`: it was computed now. */
  onResult(cell: Cell, result: CellResult, fresh: boolean): void;
  /** The images of a dataset cannot be had: its cells are left out. */
  onMissing(dataset: LabDataset, error: NgcError): void;
  /** All that is left is being run by others: waits for them. */
  onWaiting(cells: readonly Cell[]): void;
}

/**
 * Runs cells one after the other: those with a result are passed over, those that others are at come last. Goes on after one that
 * diverged, and after a dataset that cannot be had. Throws a "cancelled" error when stopped.
 */
export async function runCells(
  cells: readonly Cell[],
  context: LabContext,
  events: CellEvents,
): Promise<void> {
  const missing = new Set<LabDataset>();
  let left = cells;
  while (left.length > 0) {
    const later: Cell[] = [];
    for (const cell of left) {
      if (missing.has(cell.dataset)) continue;
      const before = await readResult(context.shelf, cell, context.budget, context.tell);
      if (before) {
        events.onResult(cell, before, false);
        continue;
      }
      try {
        await context.work.pause();
        events.onBegin(cell);
        const run = await runCell(cell, context);
        if (run) events.onResult(cell, run.result, run.fresh);
        else later.push(cell);
      } catch (error) {
        if (!(error instanceof NgcError) || error.kind !== 'data') throw error;
        missing.add(cell.dataset);
        events.onMissing(cell.dataset, error);
      }
    }
    if (later.length > 0 && later.length === left.length) {
      events.onWaiting(later);
      await new Promise((resolve) => setTimeout(resolve, WAIT_MS));
      await context.work.pause();
    }
    left = later;
  }
}
