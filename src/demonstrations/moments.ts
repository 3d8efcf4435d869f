/** The mean and the variance, place by place, of rows that come one after the other. */
export class Moments {
  private rows = 0;
  private readonly sums: Float64Array;
  private readonly squares: Float64Array;

  constructor(width: number) {
    this.sums = new Float64Array(width);
    this.squares = new Float64Array(width);
  }

  /** Rows so far. */
  get count(): number {
    return this.rows;
  }

  /** Counts the rows that lie one after the other in `values`. */
  add(values: ArrayLike<number>): void {
    const width = this.sums.length;
    for (let i = 0; i < values.length; i++) {
      this.sums[i % width]! += values[i]!;
      this.squares[i % width]! += values[i]! ** 2;
    }
    this.rows += values.length / width;
  }

  /** Their mean at each place; 0 where there are no rows. */
  mean(): Float32Array {
    return Float32Array.from(this.sums, (sum) => sum / Math.max(1, this.rows));
  }

  /** Their variance at each place. */
  variance(): Float32Array {
    const n = Math.max(1, this.rows);
    return Float32Array.from(this.squares, (sum, i) => Math.max(0, sum / n - (this.sums[i]! / n) ** 2)); // prettier-ignore
  }
}
