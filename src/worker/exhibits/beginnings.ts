import { NgcError } from '../../shared/errors.ts';

interface Waiting {
  readonly effort: number;
  go(): void;
}

/**
 * Lets what is to begin do so one after the other: of all that wait, what takes the least effort first, and what came first among
 * equals.
 */
export class Beginnings {
  private readonly waiting: Waiting[] = [];
  private isTaken = false;

  /** Runs `begin` when it is its turn. Rejects with a "cancelled" error, and begins nothing, where it is left before that. */
  async inTurn<T>(effort: number, signal: AbortSignal, begin: () => Promise<T>): Promise<T> {
    await this.turn(effort, signal);
    this.isTaken = true;
    try {
      return await begin();
    } finally {
      this.isTaken = false;
      this.next();
    }
  }

  private turn(effort: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const leave = () => {
        this.waiting.splice(this.waiting.indexOf(entry), 1);
        reject(new NgcError('cancelled', 'This exhibit was left.'));
      };
      const entry = {
        effort,
        go: () => {
          signal.removeEventListener('abort', leave);
          resolve();
        },
      };
      this.waiting.push(entry);
      signal.addEventListener('abort', leave, { once: true });
      // Those that are asked for in one go are compared before the first begins.
      queueMicrotask(() => this.next());
    });
  }

  private next(): void {
    if (this.isTaken || this.waiting.length === 0) return;
    const least = Math.min(...this.waiting.map(({ effort }) => effort));
    const at = this.waiting.findIndex(({ effort }) => effort === least);
    const [entry] = this.waiting.splice(at, 1);
    this.isTaken = true;
    entry?.go();
  }
}
