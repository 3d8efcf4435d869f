import type { Progress, WorkerActivity } from '../protocol/snapshot.ts';

/** What long work can be. */
type TaskActivity = Extract<WorkerActivity, 'loading' | 'sampling' | 'benchmark'>;

/** Long work that the page shows and can cancel: one at a time, the next waits. */
export class Task {
  progress: Progress | null = null;
  activity: TaskActivity | null = null;
  private controller: AbortController | null = null;
  private startedAt = 0;
  private last: Promise<unknown> = Promise.resolve();

  /** Runs `work`, which should stop with a "cancelled" error when the signal is aborted. */
  run<T>(
    activity: TaskActivity,
    label: string,
    work: (signal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    const result = this.last.then(() => this.runNow(activity, label, work));
    this.last = result.catch(() => undefined);
    return result;
  }

  private async runNow<T>(
    activity: TaskActivity,
    label: string,
    work: (signal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    this.controller = new AbortController();
    this.activity = activity;
    this.startedAt = performance.now();
    this.progress = { label, fraction: null, secondsLeft: null };
    try {
      return await work(this.controller.signal);
    } finally {
      this.controller = null;
      this.activity = null;
      this.progress = null;
    }
  }

  /** Says how far the work is; the time left is guessed from the time it took so far. */
  report(label: string, fraction: number | null): void {
    const elapsed = (performance.now() - this.startedAt) / 1000;
    const secondsLeft =
      fraction !== null && fraction > 0.02 ? (elapsed * (1 - fraction)) / fraction : null;
    this.progress = { label, fraction, secondsLeft };
  }

  cancel(): void {
    this.controller?.abort();
  }
}
