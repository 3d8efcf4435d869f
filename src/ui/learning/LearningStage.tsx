import type { ReactNode } from 'react';
import type { Moment } from '../../protocol/learning.ts';
import common from '../parts/common.module.css';
import { classes } from '../parts/classes.ts';
import { useApp, useAppState } from '../parts/context.ts';
import { useLooking } from '../parts/useLooking.ts';
import { SIDE } from '../../store/occlusion.ts';
import { LearningTimeline } from './LearningTimeline.tsx';
import { PictureRow } from './PictureRow.tsx';
import { learning as words } from './words.ts';
import styles from './LearningStage.module.css';

const PIXELS = SIDE * SIDE;
/** The rows of pictures, and what their colours say. */
const ROWS = [
  ['examples', 'ink'],
  ['reconstructed', 'imagined'],
  ['completed', 'completed'],
  ['samples', 'imagined'],
  ['fields', 'signed'],
] as const;
/** How often it is looked whether what is on show is stale (ms). */
const INTERVAL = 300;

/** In the middle of the page: what the network can do with images it does not learn from, now and at moments of its past. */
export function LearningStage() {
  const { actions } = useApp();
  const moments = useAppState((s) => s.moments);
  const shown = useAppState((s) => s.shownMoment);
  const data = useAppState((s) => s.data !== null);
  useLooking(actions.refreshMoments, INTERVAL);
  if (moments === null)
    return <p className={classes(common.empty, styles.none)}>{data ? words.wait : words.noData}</p>;
  const { examples, past, now } = moments;
  const moment: Moment = (shown === null ? undefined : past[shown]) ?? now;
  const { imagesSeen } = moment;
  const room = examples.length / PIXELS;
  return (
    <section className={styles.stage} aria-label={words.label}>
      <div className={styles.rows}>
        {ROWS.map(([name, kind]) => {
          const pictures = name === 'examples' ? examples : moment[name];
          const label = words.canvas(words.rows[name][0], imagesSeen);
          return (
            <Row key={name} name={name}>
              {pictures.length === 0 ? (
                <p className={common.hint}>{words.noSamples}</p>
              ) : (
                <PictureRow room={room} label={label} pictures={pictures} kind={kind} />
              )}
            </Row>
          );
        })}
      </div>
      <LearningTimeline past={past} now={now} />
    </section>
  );
}

function Row({ name, children }: { name: keyof typeof words.rows; children: ReactNode }) {
  const [title, about] = words.rows[name];
  return (
    <div className={styles.row}>
      <p>
        <b>{title}</b>
        <span>{about}</span>
      </p>
      {children}
    </div>
  );
}
