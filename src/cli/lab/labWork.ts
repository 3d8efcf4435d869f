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
  private labelBegun = 0;
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
    if (label !== this.label) {
      this.label = label;
      this.labelBegun = performance.now();
    }
    this.progress.show((this.at + fraction) / this.cells, () => {
      const left = ((performance.now() - this.labelBegun) / 1000) * (1 / fraction - 1);
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
