import { oneLine, printableLines } from '../shared/errors.ts';

/*
 * How long work talks to a person: a bar on standard error where that is a terminal, else a plain line on standard
 * output now and then. Standard error stays free for what is wrong.
 */

/** The bar takes what the text leaves of the line, at most this. */
const BAR = 24;
const BAR_EVERY_MS = 100;
const LINE_EVERY_MS = 10_000;

/** "2 h 5 min", "3 min 20 s", "12 s". */
export function duration(seconds: number): string {
  if (!Number.isFinite(seconds)) return '?';
  const s = Math.max(0, Math.round(seconds));
  if (s >= 3600) return `${Math.floor(s / 3600)} h ${Math.floor((s % 3600) / 60)} min`;
  return s >= 60 ? `${Math.floor(s / 60)} min ${s % 60} s` : `${s} s`;
}

/** What is made small, as a number to read: that many decimals, or where these would show nothing two digits. */
export const lossText = (value: number, decimals: number): string =>
  Math.abs(value) < 1 ? value.toPrecision(2) : value.toFixed(decimals);

export class Progress {
  private readonly terminal = process.stderr.isTTY;
  private shownAt: number;
  private drawn = false;

  /** @param quiet nothing but a terminal's bar: standard output belongs to the result */
  constructor(private readonly quiet = false) {
    this.shownAt = this.terminal ? 0 : performance.now();
  }

  /** Shows where the work stands, if it is time to. `text` is only made when it is shown. */
  show(fraction: number, text: () => string): void {
    const now = performance.now();
    if (now - this.shownAt < (this.terminal ? BAR_EVERY_MS : LINE_EVERY_MS)) return;
    this.shownAt = now;
    if (this.terminal) {
      const words = oneLine(text(), 400);
      const columns = (process.stderr.columns || 80) - 1;
      const bar = Math.min(BAR, columns - words.length - 3);
      const full = Math.round(bar * Math.min(1, Math.max(0, fraction)));
      const drawn = bar > 3 ? `[${'#'.repeat(full)}${'.'.repeat(bar - full)}] ` : '';
      process.stderr.write(`\r\x1b[K${(drawn + words).slice(0, columns)}`);
      this.drawn = true;
    } else if (!this.quiet) process.stdout.write(`${oneLine(text(), 400)}\n`);
  }

  /** A handler for work that reports a fraction. */
  follow(label: string): (fraction: number) => Promise<void> {
    const started = performance.now();
    return async (fraction) => {
      this.show(fraction, () => {
        const left = ((performance.now() - started) / 1000) * (1 / fraction - 1);
        return `${label}: ${Math.floor(100 * fraction)} %, ${duration(left)} left`;
      });
      await breathe();
    };
  }

  /** Removes the bar. */
  clear(): void {
    if (this.drawn) process.stderr.write('\r\x1b[K');
    this.drawn = false;
  }

  /** A lasting line of its own. */
  note(line: string): void {
    this.clear();
    if (!this.quiet) process.stdout.write(`${printableLines(line)}\n`);
  }
}

/** Lets signals through: the numerics hold the thread otherwise. */
export function breathe(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
