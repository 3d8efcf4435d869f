import { useEffect, useState } from 'react';
import type { WalkReport } from '../../protocol/latents.ts';
import type { WalkEnds } from '../../store/slices/latents.ts';
import common from '../parts/common.module.css';
import { classes } from '../parts/classes.ts';
import { useApp, useAppState } from '../parts/context.ts';
import { percent } from '../parts/format.ts';
import { Picture } from '../parts/Picture.tsx';
import { walk as words } from './words.ts';
import styles from './Walk.module.css';

/** Pictures of the way that stand in the strip. */
const SHOWN = 11;

const pictureAt = ({ pictures, count }: WalkReport, place: number) => {
  const pixels = pictures.length / count;
  return pictures.subarray(place * pixels, (place + 1) * pixels);
};

/** From the code of one picture to that of another, in a straight line. */
export function Walk() {
  const { actions } = useApp();
  const report = useAppState((s) => s.walk);
  const since = useAppState((s) => s.walk !== null && s.walk.version !== s.weightsVersion);
  const ready = useAppState((s) => s.engine === 'ready' && s.model !== null && s.data !== null);
  const missing = useAppState((s) => s.walk === null);
  const last = (report?.count ?? 1) - 1;
  const [place, setPlace] = useState(20);
  useEffect(() => {
    if (ready && missing) void actions.walkAgain();
  }, [ready, missing, actions]);
  const at = Math.min(place, last);
  return (
    <div className={styles.walk} data-testid="walk">
      <div className={styles.top}>
        <End end="from" />
        <span className={styles.large}>
          {report !== null && (
            <Picture pixels={pictureAt(report, at)} label={words.at(percent(at / last))} />
          )}
        </span>
        <End end="to" />
      </div>
      {report !== null && (
        <>
          <label className={styles.slider}>
            <span className={common.visuallyHidden}>{words.slider}</span>
            <input
              type="range"
              min={0}
              max={last}
              value={at}
              aria-valuetext={words.at(percent(at / last))}
              onChange={(event) => setPlace(Number(event.target.value))}
            />
          </label>
          <div className={styles.strip} aria-label={words.strip} role="group">
            {Array.from({ length: SHOWN }, (_, i) => {
              const there = Math.round((i * last) / (SHOWN - 1));
              return (
                <button
                  key={i}
                  type="button"
                  aria-label={words.at(percent(there / last))}
                  aria-pressed={there === at}
                  onClick={() => setPlace(there)}
                >
                  <Picture pixels={pictureAt(report, there)} />
                </button>
              );
            })}
          </div>
          <p className={common.hint}>
            {words.at(percent(at / last))}. {words.ends}
          </p>
        </>
      )}
      {since && (
        <p className={classes(common.hint, common.strong)}>
          {words.since}{' '}
          <button type="button" onClick={() => void actions.walkAgain()}>
            {words.again}
          </button>
        </p>
      )}
    </div>
  );
}

/** One end of the walk: its picture, and how to choose another. */
function End({ end }: { end: keyof WalkEnds }) {
  const { actions } = useApp();
  const given = useAppState((s) => s.walkEnds[end]);
  return (
    <section className={styles.end} aria-label={words[end]}>
      <h3>{words[end]}</h3>
      <span className={styles.given}>
        {given !== null && <Picture pixels={given.pixels} label={given.origin} />}
      </span>
      <p className={classes(common.small, common.soft)}>{given?.origin ?? words.none}</p>
      <button type="button" onClick={() => void actions.setWalkEnd(end, 'drawing')}>
        {words.drawing}
      </button>
      <button type="button" onClick={() => void actions.setWalkEnd(end, 'test')}>
        {words.test}
      </button>
    </section>
  );
}
