import type { StopRule, StopStatus } from '../../protocol/learning.ts';
import { endsByItself, NO_STOP } from '../../protocol/learning.ts';
import type { Check } from '../../shared/checks.ts';
import { orNull, record } from '../../shared/checks.ts';
import type { Standing, StopCount } from './stopWatch.ts';
import { checkStopCount, checkStopRule, StopWatch } from './stopWatch.ts';

/** When a run ends by itself, and what has been counted towards that; null: counting begins with its next start. */
export interface KeptEnding {
  readonly rule: StopRule;
  readonly count: StopCount | null;
}

export const checkEnding: Check<KeptEnding> = record<KeptEnding>({
  rule: checkStopRule,
  count: orNull(checkStopCount),
});

const watchFor = (rule: StopRule, standing: Standing): StopWatch | null =>
  endsByItself(rule) ? StopWatch.begin(rule, standing) : null;

/** The end of one run, as long as it lives: another rule, or an end that was reached, begins counting anew. */
export class Ending {
  private ends: StopRule;
  private watch: StopWatch | null;

  constructor({ rule, count }: KeptEnding = { rule: NO_STOP, count: null }) {
    this.ends = rule;
    this.watch = count && new StopWatch(rule, count);
  }

  get rule(): StopRule {
    return this.ends;
  }

  get kept(): KeptEnding {
    return { rule: this.ends, count: this.watch?.count ?? null };
  }

  /** Counts by another rule: from now where it runs, or from its next start. Throws a usage error where that end is reached already. */
  change(rule: StopRule, standing: Standing, running: boolean): void {
    this.watch = running ? watchFor(rule, standing) : null;
    this.watch?.runs(true);
    this.ends = rule;
  }

  /** Training goes on. Throws a usage error where its end is reached already. */
  starts(standing: Standing): void {
    this.watch ??= watchFor(this.ends, standing);
    this.watch?.runs(true);
  }

  /** Training rests: time does not count. */
  rests(): void {
    this.watch?.runs(false);
  }

  /** Why training ends before its next batch, as a sentence; null: it goes on. */
  reached(standing: Standing): string | null {
    const why = this.watch?.ends(standing) ?? null;
    if (why !== null) this.watch = null;
    return why;
  }

  /** How far that is; null: nothing is counted. */
  status(standing: Standing): StopStatus | null {
    return this.watch?.status(standing) ?? null;
  }
}
