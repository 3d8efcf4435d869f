import type { StopRule, StopStatus } from '../../protocol/learning.ts';
import { STOP_RANGES } from '../../protocol/learning.ts';
import type { Check } from '../../shared/checks.ts';
import { number, orNull, record, whole } from '../../shared/checks.ts';
import { NgcError } from '../../shared/errors.ts';
import { grouped } from '../../shared/grouped.ts';

/** Where a training stands, as far as it may end by itself. */
export interface Standing {
  /** Whole epochs, and which part of the next one. */
  readonly epoch: number;
  readonly ofEpoch: number;
  /** The last measurement on held-out images: after how many updates, and what. */
  readonly measured: { readonly updates: number; readonly bce: number } | null;
  /** Seconds that the rest of the epoch will take; null: nobody knows. */
  readonly secondsAnEpoch: number | null;
}

/** What has been counted towards the end of a training. */
export interface StopCount {
  /** Where counting began: whole epochs, and which part of the next one. */
  readonly epoch: number;
  readonly ofEpoch: number;
  /** Milliseconds of training since. */
  readonly trained: number;
  /** The best validation BCE so far, and how many measurements after it were no better; null: none was made. */
  readonly best: number | null;
  readonly noBetter: number;
  /** After how many updates the last measurement was made that counted; null: none was made. */
  readonly measured: number | null;
}

const condition = ({ min, max, integer }: (typeof STOP_RANGES)[keyof StopRule]) =>
  orNull(integer ? whole(min, max) : number(min, max));
const count = whole(0, Number.MAX_SAFE_INTEGER);

export const checkStopRule: Check<StopRule> = record<StopRule>({
  epochs: condition(STOP_RANGES.epochs),
  minutes: condition(STOP_RANGES.minutes),
  bce: condition(STOP_RANGES.bce),
  patience: condition(STOP_RANGES.patience),
});

export const checkStopCount: Check<StopCount> = record<StopCount>({
  epoch: count,
  ofEpoch: number(0, 1 - Number.EPSILON),
  trained: number(0, Number.MAX_VALUE),
  best: orNull(number(-Number.MAX_VALUE, Number.MAX_VALUE)),
  noBetter: count,
  measured: orNull(count),
});

const nats = (value: number) => `${value.toFixed(1)} nats`;
const times = (count: number, one: string, many: string) =>
  count === 1 ? `1 ${one}` : `${grouped(count)} ${many}`;

/** Counts towards the end of a training from where it was set: epochs, time, and measurements that were no better. */
export class StopWatch {
  private best: number | null;
  private noBetter: number;
  private measured: number | null;
  private trained: number;
  private since: number | null = null;

  /** @param from what has been counted before */
  constructor(
    readonly rule: StopRule,
    private readonly from: StopCount,
    private readonly now: () => number = () => performance.now(),
  ) {
    ({
      best: this.best,
      noBetter: this.noBetter,
      measured: this.measured,
      trained: this.trained,
    } = from);
  }

  /** Counts from where a training stands. Throws a usage error where its end is reached already. */
  static begin(rule: StopRule, { epoch, ofEpoch, measured }: Standing, now?: () => number) {
    if (rule.bce !== null && measured && measured.bce <= rule.bce)
      throw new NgcError(
        'usage',
        `The validation BCE is ${nats(measured.bce)} already, and training is to end at ${nats(rule.bce)}: ask for less, or for no end by BCE.`,
      );
    const best = measured?.bce ?? null;
    const from = { epoch, ofEpoch, trained: 0, best, noBetter: 0, measured: measured?.updates ?? null }; // prettier-ignore
    return new StopWatch(rule, from, now);
  }

  /** What has been counted by now: another watch counts on from it. */
  get count(): StopCount {
    const { from, best, noBetter, measured } = this;
    const { epoch, ofEpoch } = from;
    return { epoch, ofEpoch, trained: this.milliseconds, best, noBetter, measured };
  }

  /** Training runs, or rests: only while it runs, time counts. */
  runs(running: boolean): void {
    if (this.since !== null) this.trained += this.now() - this.since;
    this.since = running ? this.now() : null;
  }

  private get milliseconds(): number {
    return this.trained + (this.since === null ? 0 : this.now() - this.since);
  }

  private get minutes(): number {
    return this.milliseconds / 60_000;
  }

  /** Why training ends before its next batch, as a sentence; null: it goes on. */
  ends(standing: Standing): string | null {
    const { rule, minutes } = this;
    const { epoch, measured } = standing;
    if (measured && measured.updates !== this.measured) {
      const best = Math.min(this.best ?? Infinity, measured.bce);
      this.noBetter = best === this.best ? this.noBetter + 1 : 0;
      this.best = best;
      this.measured = measured.updates;
      if (rule.bce !== null && measured.bce <= rule.bce)
        return `Training has ended: the validation BCE is ${nats(measured.bce)}, and ${nats(rule.bce)} were asked for.`;
      if (rule.patience !== null && this.noBetter >= rule.patience)
        return `Training has ended: ${times(this.noBetter, 'measurement was', 'measurements in a row were')} no better than a validation BCE of ${nats(best)}.`;
    }
    if (rule.epochs !== null && epoch - this.from.epoch >= rule.epochs)
      return `Training has ended: ${times(rule.epochs, 'epoch is', 'epochs are')} done.`;
    if (rule.minutes !== null && minutes >= rule.minutes)
      return `Training has ended: ${times(rule.minutes, 'minute is', 'minutes are')} over.`;
    return null;
  }

  /** How far that is. */
  status({ epoch, ofEpoch, secondsAnEpoch }: Standing): StopStatus {
    const { rule, minutes } = this;
    const ways: { readonly done: number; readonly left: number | null }[] = [];
    if (rule.minutes !== null)
      ways.push({
        done: minutes / rule.minutes,
        left: Math.max(0, 60 * (rule.minutes - minutes)),
      });
    if (rule.epochs !== null) {
      const left = Math.max(0, this.from.epoch + rule.epochs - epoch - ofEpoch);
      const all = rule.epochs - this.from.ofEpoch;
      ways.push({ done: 1 - left / all, left: secondsAnEpoch && left * secondsAnEpoch });
    }
    const [first] = ways.toSorted(
      (a, b) => (a.left ?? Infinity) - (b.left ?? Infinity) || b.done - a.done,
    );
    return {
      fraction: first ? Math.min(1, first.done) : null,
      secondsLeft: first?.left ?? null,
      noBetter: rule.patience === null ? null : this.noBetter,
    };
  }
}
