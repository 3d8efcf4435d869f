import type { StopRule, StopStatus } from '../../protocol/learning.ts';
import { NgcError } from '../../shared/errors.ts';

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

const nats = (value: number) => `${value.toFixed(1)} nats`;
const times = (count: number, one: string, many: string) =>
  count === 1 ? `1 ${one}` : `${count.toLocaleString('en')} ${many}`;

/** Counts towards the end of a training from where it was set: epochs, time, and measurements that were no better. */
export class StopWatch {
  private readonly firstEpoch: number;
  private readonly firstPart: number;
  /** The best measurement so far, and how many after it were no better. */
  private best = Infinity;
  private noBetter = 0;
  private lastMeasured: number;
  private trained = 0;
  private since: number | null = null;

  constructor(
    readonly rule: StopRule,
    standing: Standing,
    private readonly now: () => number = () => performance.now(),
  ) {
    this.firstEpoch = standing.epoch;
    this.firstPart = standing.ofEpoch;
    this.lastMeasured = standing.measured?.updates ?? -1;
    const bce = standing.measured?.bce;
    if (bce === undefined) return;
    if (rule.bce !== null && bce <= rule.bce)
      throw new NgcError(
        'usage',
        `The validation BCE is ${nats(bce)} already, and training is to end at ${nats(rule.bce)}: ask for less, or for no end by BCE.`,
      );
    this.best = bce;
  }

  /** Training runs, or rests: only while it runs, time counts. */
  runs(running: boolean): void {
    if (this.since !== null) this.trained += this.now() - this.since;
    this.since = running ? this.now() : null;
  }

  private get minutes(): number {
    return (this.trained + (this.since === null ? 0 : this.now() - this.since)) / 60_000;
  }

  /** Why training ends before its next batch, as a sentence; null: it goes on. */
  ends(standing: Standing): string | null {
    const { rule, minutes } = this;
    const { epoch, measured } = standing;
    if (measured && measured.updates !== this.lastMeasured) {
      this.lastMeasured = measured.updates;
      this.noBetter = measured.bce < this.best ? 0 : this.noBetter + 1;
      this.best = Math.min(this.best, measured.bce);
      if (rule.bce !== null && measured.bce <= rule.bce)
        return `Training has ended: the validation BCE is ${nats(measured.bce)}, and ${nats(rule.bce)} were asked for.`;
      if (rule.patience !== null && this.noBetter >= rule.patience)
        return `Training has ended: ${times(this.noBetter, 'measurement was', 'measurements in a row were')} no better than a validation BCE of ${nats(this.best)}.`;
    }
    if (rule.epochs !== null && epoch - this.firstEpoch >= rule.epochs)
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
      const left = Math.max(0, this.firstEpoch + rule.epochs - epoch - ofEpoch);
      const all = rule.epochs - this.firstPart;
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
