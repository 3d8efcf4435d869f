import * as tf from '@tensorflow/tfjs-core';

import type { Activity } from '../ngc/activity.ts';
import { tensorsOf } from '../ngc/activity.ts';

/** What has been read of an episode since its last change, by its number of rows: nothing is read twice. It owns the tensors. */
export class Reads {
  private readonly known = new Map<number, Promise<Activity>>();

  /** What was read before of so many rows, or what `gather` now reads. */
  get(rows: number, gather: () => Promise<Activity>): Promise<Activity> {
    const before = this.known.get(rows);
    if (before) return before;
    const reading = gather();
    this.known.set(rows, reading);
    reading.catch(() => this.known.delete(rows));
    return reading;
  }

  /** What was read is old. */
  forget(): void {
    for (const reading of this.known.values())
      reading.then(
        (activity) => tf.dispose(tensorsOf(activity)),
        () => undefined,
      );
    this.known.clear();
  }
}
