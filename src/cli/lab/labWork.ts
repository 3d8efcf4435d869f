import type { Work } from '../../lab/work.ts';
import type { Progress } from '../progress.ts';
import { whyOf } from '../loss.ts';
import { breathe, duration } from '../progress.ts';
import type { Stop } from '../signals.ts';

/** A run of several cells as it is shown: which cell, what is done with it, how long that takes, and how long the rest. */
export class LabWork implements Work {
  readonly signal: AbortSignal;
  private cell = '';
  private begun = 0;
  private label = '';
  /** When what is under way was first heard of, and how much of it was done then. */
  private first = { at: 0, fraction: 0 };
  private fraction = 0;
  private at = 0;
  /** Seconds of the cells that were computed here. */
  private readonly took: number[] = [];

  constructor(
    private readonly progress: Progress,
    private readonly stop: Stop,
    private readonly cells: number,
  ) {
    this.signal = stop.signal;
  }

  /** Another cell begins. */
  begin(key: string): void {
    this.cell = key;
    this.begun = performance.now();
    this.label = '';
  }

  /** A cell is done with, computed here or not. */
  end(computed: boolean): void {
    this.at++;
    if (computed) this.took.push((performance.now() - this.begun) / 1000);
  }

  /** How long the cell that has just ended took. */
  get seconds(): number {
    return this.took.at(-1) ?? 0;
  }

  show(label: string, fraction: number): void {
    // What begins again under the same name is another piece of work.
    if (label !== this.label || fraction < this.fraction)
      this.first = { at: performance.now(), fraction };
    this.label = label;
    this.fraction = fraction;
    this.progress.show((this.at + fraction) / this.cells, () => {
      const { first } = this;
      const gone = (performance.now() - first.at) / 1000;
      const left = gone * ((1 - fraction) / (fraction - first.fraction));
      const { took } = this;
      const rest = this.cells - this.at;
      const each = took.reduce((sum, seconds) => sum + seconds, 0) / took.length;
      const so = (performance.now() - this.begun) / 1000;
      const all =
        took.length > 0 ? `; all about ${duration(Math.max(left, rest * each - so))}` : '';
      return `${this.at + 1}/${this.cells} ${this.cell}: ${label}: ${Math.floor(100 * fraction)} %, ${duration(left)} left${all}`;
    });
  }

  readonly causeOf = whyOf;

  async pause(): Promise<void> {
    await breathe();
    this.stop.check();
  }
}
