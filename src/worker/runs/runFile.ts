import type { RunCard } from '../../protocol/runs.ts';
import { checkpointOf } from '../checkpoint.ts';
import { PAST, writePast } from '../learning/past.ts';
import type { TrainingRun } from '../trainingRun.ts';
import { RECORD, writeRecord } from './record.ts';

/**
 * A run as the bytes of its file, and the card that lies beside it. Between two batches, with nothing on its way.
 * Throws a SpoiltError where what it has learnt is out of all proportion.
 * @param underway whether the run goes on: found so, it was cut off
 */
export async function runFile(
  run: TrainingRun,
  underway: boolean,
): Promise<{ readonly bytes: Uint8Array; readonly card: RunCard }> {
  const record = run.record(underway);
  const { dataset } = record.card;
  const bytes = await checkpointOf(run.network, run.position, {
    // What the command line's "train --resume" goes on by.
    dataset: dataset.id,
    trainImages: String(dataset.images),
    heldOut: 'true',
    [RECORD]: writeRecord(record),
    [PAST]: writePast(run.past.moments),
  });
  return { bytes, card: { ...record.card, bytes: bytes.length } };
}
