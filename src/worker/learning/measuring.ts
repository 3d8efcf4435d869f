import type { Split } from '../../data/dataset.ts';
import { imagesOf, slice } from '../../data/dataset.ts';
import { filledInBy, measureCompletion } from '../../engine/measures/completion.ts';
import { measureReconstruction } from '../../engine/measures/reconstruction.ts';
import type { Network } from '../network.ts';
import type { Measured } from '../runs/record.ts';

/** So many of the images held out of training are measured on: the same for every network, so that their curves can be compared. */
const MEASURED = 100;
/** The first come after so many updates; */
const FIRST: readonly number[] = [0, 1, 4];
/** then after every so many, */
const MEASURE_EVERY = 10;
/** and from so many updates on every so many: one takes about as long as learning from a batch. */
const LATER = [
  { from: 800, every: 40 },
  { from: 200, every: 20 },
] as const;
/** Completing takes as long again: fewer images, and every so many updates. */
const COMPLETED = 50;
const COMPLETE_EVERY = 40;

/** Whether a measurement is due after so many updates: at the start, while most is learnt, then regularly. */
export function isMeasurementDue(updates: number): boolean {
  if (updates < MEASURE_EVERY) return FIRST.includes(updates);
  const { every } = LATER.find(({ from }) => updates >= from) ?? { every: MEASURE_EVERY };
  return updates % every === 0;
}

/** Those of the held-out images that are looked at. */
export const measuredImages = (held: Split, most = MEASURED): Split =>
  slice(held, 0, Math.min(most, held.count));

/**
 * BCE, sparsity, total discrepancy and, now and then, M-MSE (by the model's best rule; else null) of a network on held-out images.
 *
 * @param updates made in its run
 * @param onProgress may throw to cancel
 */
export async function measured(
  { image }: Network,
  held: Split,
  updates: number,
  onProgress: () => Promise<void>,
): Promise<Omit<Measured, 'at' | 'updates'>> {
  const images = measuredImages(held);
  const found = await measureReconstruction(image, imagesOf(images), { batch: MEASURED, onProgress }); // prettier-ignore
  const completes = updates < MEASURE_EVERY || updates % COMPLETE_EVERY === 0;
  const fill = filledInBy(image, image.completions.all[0]);
  const hidden = imagesOf(measuredImages(held, COMPLETED));
  const mmse = completes
    ? await measureCompletion(image, hidden, { batch: COMPLETED, fill, onProgress })
    : null;
  return { images: images.count, ...found, mmse };
}
