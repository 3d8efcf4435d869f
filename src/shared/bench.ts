/* What the benchmark tells: the command line prints it, the page shows it. */

/** A median, and the least and the most it was taken from. */
export interface Spread {
  readonly median: number;
  readonly low: number;
  readonly high: number;
}

/** What one way of computing does at one batch size; null where it was not measured. */
export interface BenchResult {
  readonly backend: string;
  readonly adapter: string;
  readonly way: string;
  /** Whether it is a ceiling: a step's matrix products and nothing else. */
  readonly bare: boolean;
  /** Images settled together. */
  readonly rows: number;
  /** Milliseconds a settling step. */
  readonly step: Spread | null;
  /** Billions of floating-point operations a second, of the step's matrix products. */
  readonly gflops: number | null;
  /** Speed as a share of the backend's fastest bare products in this run. */
  readonly ceiling: number | null;
  /** Milliseconds a training batch: T steps and the weight update. */
  readonly batch: Spread | null;
  /** Whether whole batches were timed; else T times the step, and the update. */
  readonly whole: boolean;
  readonly imagesPerSecond: number | null;
  /** Milliseconds of a batch in which JavaScript is busy. */
  readonly scriptTime: number | null;
}
