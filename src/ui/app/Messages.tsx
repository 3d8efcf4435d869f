import { useEffect } from 'react';
import type { ShownNotice } from '../../store/state.ts';
import buttons from '../parts/buttons.module.css';
import common from '../parts/common.module.css';
import { classes } from '../parts/classes.ts';
import { useApp, useAppState } from '../parts/context.ts';
import { duration } from '../parts/format.ts';
import { ProgressBar } from '../parts/ProgressBar.tsx';
import { messages as words } from './words.ts';
import styles from './Messages.module.css';

/** Sentences that need no answer go away by themselves after this time (ms). */
const INFO_STAYS = 9000;

/** What went wrong, what was done, what is loading: over the page, never in its way. */
export function Messages() {
  const notices = useAppState((s) => s.notices);
  return (
    <div className={styles.messages} role="log" aria-live="polite" aria-label={words.label}>
      <EngineFailed />
      <Loading />
      {notices.map((notice) => (
        <Message key={notice.id} notice={notice} />
      ))}
    </div>
  );
}

function Message({ notice: { id, level, text } }: { notice: ShownNotice }) {
  const { actions } = useApp();
  useEffect(() => {
    if (level !== 'info') return;
    const timer = setTimeout(() => actions.dismiss(id), INFO_STAYS);
    return () => clearTimeout(timer);
  }, [actions, id, level]);
  return (
    <div
      className={classes(styles.message, level === 'error' && styles.error)}
      role={level === 'error' ? 'alert' : undefined}
    >
      <p>{text}</p>
      <button
        type="button"
        className={classes(buttons.icon, styles.dismiss)}
        aria-label={words.dismiss}
        onClick={() => actions.dismiss(id)}
      >
        ×
      </button>
    </div>
  );
}

function Loading() {
  const { actions } = useApp();
  const progress = useAppState((s) => s.progress);
  if (progress === null) return null;
  const left = progress.secondsLeft;
  return (
    <div className={classes(styles.message, styles.loading)}>
      <div>
        <p>
          {progress.label}
          {left !== null && left >= 1 && <span className={common.soft}> · {duration(left)}</span>}
        </p>
        <ProgressBar label={words.loading} fraction={progress.fraction} />
      </div>
      <button type="button" onClick={() => void actions.cancel()}>
        {words.cancel}
      </button>
    </div>
  );
}

function EngineFailed() {
  const { actions } = useApp();
  const failure = useAppState((s) => (s.engine === 'failed' ? s.failure : null));
  if (failure === null) return null;
  return (
    <div className={classes(styles.message, styles.error)} role="alert">
      <p>
        {failure} {words.advice}
      </p>
      <button type="button" className={buttons.primary} onClick={() => void actions.restart()}>
        {words.restart}
      </button>
    </div>
  );
}
