import { useEffect, useState } from 'react';
import type { Moment } from '../../protocol/learning.ts';
import { useApp, useAppState } from '../parts/context.ts';
import { learning as words } from './words.ts';
import styles from './LearningStage.module.css';

/** A moment is on show so long (ms) while one watches. */
const EACH = 160;

/** A slider through what was kept of the run's past; at its right end is the present. */
export function LearningTimeline({ past, now }: { past: readonly Moment[]; now: Moment }) {
  const { actions } = useApp();
  const shown = useAppState((s) => s.shownMoment);
  const [watching, setWatching] = useState(false);
  const last = past.length;
  const at = shown === null ? last : Math.min(shown, last - 1);
  useEffect(() => {
    if (!watching) return;
    const timer = setTimeout(() => {
      if (at + 1 < last) return actions.showMoment(at + 1);
      actions.showMoment(null);
      setWatching(false);
    }, EACH);
    return () => clearTimeout(timer);
  }, [watching, at, last, actions]);
  const show = (moment: number) => {
    setWatching(false);
    actions.showMoment(moment >= last ? null : moment);
  };
  const watch = () => {
    if (!watching) actions.showMoment(0);
    setWatching(!watching);
  };
  const { imagesSeen } = past[at] ?? now;
  const said = words.after(imagesSeen);
  return (
    <div className={styles.timeline}>
      <button type="button" disabled={last < 2} onClick={watch}>
        {watching ? words.stop : words.watch}
      </button>
      <input
        type="range"
        aria-label={words.timeline}
        aria-valuetext={shown === null ? `${words.now}, ${said}` : said}
        min={0}
        max={last}
        value={at}
        disabled={last === 0}
        onChange={(event) => show(Number(event.target.value))}
      />
      <output>
        {shown === null && <b>{words.now}, </b>}
        {said}
      </output>
      <button type="button" disabled={shown === null} onClick={() => show(last)}>
        {words.toNow}
      </button>
    </div>
  );
}
