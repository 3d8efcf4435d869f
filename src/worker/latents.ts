/**
 * The top-layer activities φ(z_L) of the images last learnt from, for fitting a prior: a ring of `capacity` rows.
 */
export class LatentRing {
  private readonly rows: Float32Array;
  private next = 0;
  count = 0;

  constructor(
    readonly width: number,
    readonly capacity = 3000,
  ) {
    this.rows = new Float32Array(width * capacity);
  }

  /** Adds rows [n, width]. */
  push(values: Float32Array): void {
    for (let from = 0; from < values.length; from += this.width) {
      this.rows.set(values.subarray(from, from + this.width), this.next * this.width);
      this.next = (this.next + 1) % this.capacity;
      this.count = Math.min(this.count + 1, this.capacity);
    }
  }

  /** The rows held, [count, width]; order does not matter. */
  values(): Float32Array {
    return this.rows.slice(0, this.count * this.width);
  }
}
