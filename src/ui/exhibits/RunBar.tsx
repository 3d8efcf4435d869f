import type { Pace } from '../../exhibits/exhibit.ts';
import { exhibitStarts } from '../../store/exhibitViews.ts';
import buttons from '../parts/buttons.module.css';
import { useApp, useAppState } from '../parts/context.ts';
import { hall as words } from './words.ts';
import styles from './RunBar.module.css';

/** How many times its usual speed an exhibit can run at, and as fast as can be. */
const FACTORS: readonly (number | null)[] = [0.25, 0.5, 1, 2, 4, 10, null];

/** Runs an exhibit, steps it, begins it again. */
export function RunBar({ pace }: { pace: Pace }) {
  const { actions } = useApp();
  const standing = useAppState((s) => s.exhibitStanding);
  const factor = useAppState((s) => s.exhibitFactor);
  const speed = factor === null ? words.full : words.perSecond(rateText(pace.perSecond * factor)); // prettier-ignore
  const isReady = standing === 'resting' || standing === 'running';
  return (
    <div className={styles.bar}>
      <button
        type="button"
        className={buttons.primary}
        title={words.runHint}
        disabled={!isReady && !exhibitStarts(standing)}
        onClick={() => void actions.toggleExhibit()}
      >
        {standing === 'running' ? words.pause : words.run}
      </button>
      <button
        type="button"
        title={words.stepHint}
        disabled={!isReady}
        onClick={() => void actions.stepExhibit()}
      >
        {words.step(pace.step)}
      </button>
      <button type="button" title={words.rewindHint} onClick={() => void actions.rewindExhibit()}>
        {words.rewind}
      </button>
      <button type="button" title={words.reseedHint} onClick={() => void actions.reseedExhibit()}>
        {words.reseed}
      </button>
      <label className={styles.speed}>
        <span>
          {words.speed} <b>{speed}</b>
        </span>
        <input
          type="range"
          aria-label={words.speed}
          aria-valuetext={speed}
          min={0}
          max={FACTORS.length - 1}
          step={1}
          value={FACTORS.indexOf(factor)}
          onChange={({ target }) =>
            void actions.setExhibitFactor(FACTORS[Number(target.value)] ?? null)
          }
        />
      </label>
    </div>
  );
}

const rateText = (rate: number) => String(Number(rate.toPrecision(2)));
