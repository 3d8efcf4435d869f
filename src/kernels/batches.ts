import { Batch } from './batch.ts';
import type { Ground } from './network.ts';

/** Arenas of batches that nobody uses are kept for the next batch of the same size, up to so many. */
const SPARE_BATCHES = 4;

/** The batches of a network: those that are free are used again. */
export class Batches {
  private spare: Batch[] = [];
  private closed = false;

  constructor(private readonly ground: Ground) {}

  /** A batch of this size, with its kernels. */
  async take(rows: number): Promise<Batch> {
    const spare = this.spare.find((batch) => batch.rows === rows);
    if (!spare) return Batch.create(this.ground, rows);
    this.spare = this.spare.filter((batch) => batch !== spare);
    return spare;
  }

  /** Takes a batch back. */
  release(batch: Batch): void {
    this.spare.push(batch);
    while (this.spare.length > (this.closed ? 0 : SPARE_BATCHES)) this.spare.shift()?.destroy();
  }

  /** Frees those that nobody uses; the others when they are given back. */
  close(): void {
    this.closed = true;
    for (const batch of this.spare.splice(0)) batch.destroy();
  }
}
