import { SpoiltError } from '../shared/errors.ts';

/**
 * When a training has run away, though its numbers are finite: its loss is so many times the best that it had, … The recipes of
 * docs/choices.md have no batch above 1.6 times the best before it, but for one of 3.9 times among the first of GNCN-t2-LΣ; GNCN-t1 by
 * SGD, which never learns, stays above 3 from its third batch on.
 */
const TIMES = 3;
/** … and more than this share of what a network gives away that knows nothing (ln 2 a pixel), … */
const OF_IGNORANCE = 0.5;
/** … in so many batches in a row. */
const IN_A_ROW = 3;
/** Measured on images that nothing was learnt from, once is enough, but of more than this share. */
const HELD_OUT_OF_IGNORANCE = 2;
/** The best is that of the mean over so many batches. */
const MEAN_OVER = 5;

/** A state that was kept, after so many batches. */
interface Kept<T> {
  readonly at: number;
  readonly state: T;
  /** Whether it is good without a batch that says so: all began with it, or was put back to it. */
  readonly given: boolean;
}

/**
 * Watches the loss of a training, batch by batch, and remembers the last states that were kept of it: where it runs away, the one to go
 * back to is the last that still did well on the batch after it.
 */
export class RunawayWatch<T> {
  private taken = 0;
  private recent: number[] = [];
  private best = Infinity;
  private last = NaN;
  /** The first of the batches in a row that were out of proportion; null: the last one was not. */
  private firstBad: number | null = null;
  private kept: readonly Kept<T>[] = [];

  /** @param pixels of an image */
  constructor(private readonly pixels: number) {}

  /** Whether the last batch was out of proportion: nothing that is learnt now is to take the place of what was kept. */
  get suspects(): boolean {
    return this.firstBad !== null;
  }

  /** Whether there is a state to go back to. */
  get hasKept(): boolean {
    return this.kept.length > 0;
  }

  /** Looks at the loss of the next batch, nats an image, before its update. Throws a SpoiltError where the training has run away. */
  take(loss: number): void {
    this.taken++;
    this.last = loss;
    if (!this.isBad(loss)) {
      this.firstBad = null;
      this.recent = [...this.recent, loss].slice(-MEAN_OVER);
      const mean = this.recent.reduce((sum, one) => sum + one, 0) / this.recent.length;
      this.best = Math.min(this.best, mean);
      return;
    }
    this.firstBad ??= this.taken;
    if (this.taken - this.firstBad + 1 >= IN_A_ROW) throw this.ranAway(loss);
  }

  /** Looks at what was measured on other images, which a model that knows its own by heart may do badly on. Throws a SpoiltError where that is out of proportion. */
  check(measured: number): void {
    if (!this.isBad(measured, HELD_OUT_OF_IGNORANCE)) return;
    this.firstBad ??= this.taken + 1;
    throw this.ranAway(measured);
  }

  /** The training ends: throws a SpoiltError where its last batch was out of proportion. */
  end(): void {
    if (this.suspects) throw this.ranAway(this.last);
  }

  /** Losses of other settings are not compared with those before. */
  forget(): void {
    this.recent = [];
    this.best = Infinity;
    this.firstBad = null;
  }

  /** Remembers a state that was kept now, between two batches. */
  keep(state: T): void {
    this.kept = [...this.kept.slice(-1), { at: this.taken, state, given: this.taken === 0 }];
  }

  /** A state is put back: from here it goes on as if what came after had not been. */
  goBackTo(state: T): void {
    this.forget();
    this.kept = [{ at: this.taken, state, given: true }];
  }

  /** The last state that did well on the batch after it, or the one that all began with; null: nothing was kept. */
  get lastGood(): T | null {
    const first = this.firstBad ?? this.taken + 1;
    const good = this.kept.findLast(({ at, given }) => given || at <= first - 2);
    return good ? good.state : null;
  }

  private isBad(loss: number, ofIgnorance = OF_IGNORANCE): boolean {
    // NaN is no loss that could be borne.
    return !(loss <= Math.max(TIMES * this.best, ofIgnorance * this.pixels * Math.LN2));
  }

  private ranAway(loss: number): SpoiltError {
    return new SpoiltError(
      `Training diverged: the loss is ${loss.toFixed(1)} nats an image, and ${this.best.toFixed(1)} were reached; lower the learning rate or the step size.`,
    );
  }
}
