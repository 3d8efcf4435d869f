import { useEffect, useMemo, useState } from 'react';
import type { Change } from '../../store/changes.ts';
import { changesOf } from '../../store/changes.ts';
import type { StepRange } from '../../viz/steps.ts';
import { useApp, useAppState } from '../parts/context.ts';
import type { NamedChange } from './ChangeMarks.tsx';
import { changeWords } from './changeWords.ts';

/** The axis has room for so many marks; what lies closer is told as one. */
const MOST_MARKS = 12;

/** What changed during the episode on show, as far as the axis shows it; the same objects as long as nothing changes anew. */
export function useChanges(range: () => StepRange): readonly NamedChange[] {
  const { episode } = useApp();
  const settings = useAppState((s) => s.report?.settings);
  const [changes, setChanges] = useState<readonly Change[]>([]);
  useEffect(() => {
    const look = () => {
      const [first, last] = range();
      const apart = Math.max(1, Math.ceil((last - first) / MOST_MARKS));
      const now = changesOf(episode, first, apart).filter(({ step }) => step <= last);
      setChanges((before) => (same(before, now) ? before : now));
    };
    look();
    return episode.changed.subscribe(look);
  }, [episode, range]);
  return useMemo(() => {
    const symbols = new Map(settings?.map(({ key, symbol, label }) => [key, symbol || label]));
    return changes.map((change) => ({ change, ...changeWords(change, symbols) }));
  }, [changes, settings]);
}

function same(before: readonly Change[], now: readonly Change[]): boolean {
  return (
    before.length === now.length &&
    before.every((one, i) => {
      const other = now[i];
      return (
        other !== undefined &&
        one.step === other.step &&
        one.last === other.last &&
        one.before === other.before &&
        one.after === other.after &&
        one.picture === other.picture
      );
    })
  );
}
