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

  /** The rows that came last, `most` of them at the most, the earliest first: [n, width]. */
  newest(most: number): Float32Array {
    const { rows, width, capacity } = this;
    const count = Math.min(most, this.count);
    const first = (this.next - count + capacity) % capacity;
    const newest = new Float32Array(count * width);
    const end = rows.subarray(first * width, Math.min(capacity, first + count) * width);
    newest.set(end);
    newest.set(rows.subarray(0, newest.length - end.length), end.length);
    return newest;
  }

  /** The rows held, [count, width]; order does not matter. */
  values(): Float32Array {
    return this.rows.slice(0, this.count * this.width);
  }
}
