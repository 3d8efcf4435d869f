import type { Have, HistoryPoint, Snapshot } from '../protocol/snapshot.ts';
import type { Signal } from './signal.ts';
import { createSignal } from './signal.ts';

/** The points of the training curves, outside React: they arrive while training runs. */
export interface CurveBuffer {
  readonly changed: Signal;
  readonly points: readonly HistoryPoint[];
  readonly have: Pick<Have, 'run' | 'points'>;
  apply(history: Snapshot['history']): void;
  /** Forgets everything: another engine counts its runs anew. */
  reset(): void;
}

export function createCurveBuffer(): CurveBuffer {
  const changed = createSignal();
  let run = -1;
  let points: HistoryPoint[] = [];
  return {
    changed,
    get points() {
      return points;
    },
    get have() {
      return { run, points: points.length };
    },
    apply(history) {
      const fresh = history.run !== run;
      if (!fresh && history.points.length === 0) return;
      if (fresh) points = [];
      run = history.run;
      if (history.from > points.length) return; // would leave a gap: the next pull asks again
      points = [...points.slice(0, history.from), ...history.points];
      changed.emit();
    },
    reset() {
      run = -1;
      points = [];
      changed.emit();
    },
  };
}
