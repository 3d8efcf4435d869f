import { useCallback, useState } from 'react';
import { kept } from '../../store/kept.ts';
import flows from '../parts/flows.module.css';
import { classes } from '../parts/classes.ts';
import { useApp, useAppState } from '../parts/context.ts';
import { useSignalsOfAll } from '../parts/frames.ts';
import { LiveText, useTransient } from '../parts/painting.tsx';
import { PHASE_FLOWS } from '../stage/phases.ts';
import { usePhase } from '../stage/usePhase.ts';
import type { Sentence } from './saying.ts';
import { courseOf, sayOf, sentenceOf, statusOf } from './saying.ts';
import { statusLine } from './words.ts';
import styles from './StatusLine.module.css';

const COLOURS: Partial<Record<Sentence, string | undefined>> = {
  settling: flows.up,
  completing: flows.down,
  completingEq19: flows.down,
  training: flows.learn,
};

/** Says in words what happens now, and in one line how the run stands. */
export function StatusLine() {
  const { episode, store } = useApp();
  const phase = usePhase();
  const signals = useSignalsOfAll();
  const [course, setCourse] = useState(() => courseOf(episode));
  const look = useCallback(() => {
    const running = store.getState().activity === 'settling';
    const now = courseOf(episode);
    // While it runs the numbers change with every frame, and no sentence speaks of them.
    setCourse((old) => kept(old, running ? { ...now, last: null, movement: null } : now));
  }, [episode, store]);
  useTransient(look, signals);
  const key = useAppState((s) => sentenceOf(s, course));
  const watching = useAppState((s) => s.live && s.setUp.mode === 'complete');
  const lesions = useAppState((s) => s.lesions);
  const [title, text] = sayOf(phase, key, course, watching, lesions);
  const status = useCallback(() => statusOf(store.getState(), courseOf(episode)), [episode, store]);
  return (
    <section className={styles.line} aria-label={statusLine.label}>
      <p
        className={classes(styles.title, phase === null ? COLOURS[key] : flows[PHASE_FLOWS[phase]])}
      >
        {title}
      </p>
      <p className={styles.text}>{text}</p>
      <p role="status" aria-label={statusLine.status} className={styles.status}>
        <LiveText read={status} signals={signals} />
      </p>
    </section>
  );
}
