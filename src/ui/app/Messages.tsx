import { useCallback, useEffect, useRef, useState } from 'react';
import type { ShownNotice } from '../../store/state.ts';
import buttons from '../parts/buttons.module.css';
import { classes } from '../parts/classes.ts';
import { useApp, useAppState } from '../parts/context.ts';
import { duration } from '../parts/format.ts';
import { ProgressBar } from '../parts/ProgressBar.tsx';
import { useDismiss } from '../parts/useDismiss.ts';
import { messages as words } from './words.ts';
import styles from './Messages.module.css';

/** Sentences that need no answer go away by themselves after this time (ms). */
const INFO_STAYS = 9000;

/** What went wrong, what was done, what is loading: one line, and the rest on demand. */
export function Messages() {
  const notices = useAppState((s) => s.notices);
  const newest = notices.at(-1);
  return (
    <section className={styles.messages} aria-label={words.label}>
      <EngineFailed />
      <Loading />
      <div className={styles.said}>
        <div role="status">{newest?.level === 'info' && <p>{newest.text}</p>}</div>
        <div role="alert" className={styles.error}>
          {newest?.level === 'error' && <p>{newest.text}</p>}
        </div>
      </div>
      {newest !== undefined && <Handling newest={newest} />}
      {notices.map((notice) => (
        <Expiry key={notice.id} notice={notice} />
      ))}
    </section>
  );
}

/** What can be done about the newest notice: its offer, more about it and the others, away with it. */
function Handling({ newest }: { newest: ShownNotice }) {
  const notices = useAppState((s) => s.notices);
  const [open, setOpen] = useState(false);
  const close = useCallback(() => setOpen(false), []);
  const frame = useRef<HTMLDivElement>(null);
  useDismiss(frame, open, close);
  const others = notices.length - 1;
  const more =
    others > 0 ? words.more(others) : newest.details.length > 0 ? words.details : words.whole;
  return (
    <div className={styles.handling} ref={frame}>
      <button
        type="button"
        className={buttons.link}
        aria-expanded={open}
        onClick={() => setOpen(!open)}
      >
        {more}
      </button>
      {newest.offer !== null && <Offer notice={newest} />}
      <Dismiss notice={newest} />
      {open && (
        <ul className={styles.list}>
          {notices.toReversed().map((notice) => (
            <li key={notice.id} className={classes(notice.level === 'error' && styles.error)}>
              <div>
                <p>{notice.text}</p>
                {notice.details.map((sentence) => (
                  <p key={sentence} className={styles.detail}>
                    {sentence}
                  </p>
                ))}
              </div>
              {notice.offer !== null && <Offer notice={notice} />}
              <Dismiss notice={notice} />
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

function Offer({ notice: { id, offer } }: { notice: ShownNotice }) {
  const { actions } = useApp();
  if (offer === null) return null;
  const does = {
    putBack: actions.putBack,
    restoreResults: actions.restoreResults,
    restoreRun: actions.restoreRun,
    goOn: actions.goOnWithOpen,
    bringBack: actions.bringBack,
  };
  const accept = () => {
    actions.dismiss(id);
    void does[offer]();
  };
  return (
    <button type="button" onClick={accept}>
      {offer === 'goOn' || offer === 'bringBack' ? words[offer] : words.putBack}
    </button>
  );
}

function Dismiss({ notice: { id, text } }: { notice: ShownNotice }) {
  const { actions } = useApp();
  return (
    <button
      type="button"
      className={buttons.quiet}
      aria-label={words.dismiss(text)}
      onClick={() => actions.dismiss(id)}
    >
      ×
    </button>
  );
}

/** Has a sentence that needs no answer go away. */
function Expiry({ notice: { id, level, offer } }: { notice: ShownNotice }) {
  const { actions } = useApp();
  const stays = level === 'error' || offer !== null;
  useEffect(() => {
    if (stays) return;
    const timer = setTimeout(() => actions.dismiss(id), INFO_STAYS);
    return () => clearTimeout(timer);
  }, [actions, id, stays]);
  return null;
}

function Loading() {
  const { actions } = useApp();
  const progress = useAppState((s) => s.progress);
  if (progress === null) return null;
  const left = progress.secondsLeft;
  return (
    <div className={styles.loading}>
      <p>
        {progress.label}
        {left !== null && left >= 1 && ` · ${duration(left)}`}
      </p>
      <ProgressBar label={words.loading} fraction={progress.fraction} />
      <button type="button" className={buttons.link} onClick={() => void actions.cancel()}>
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
    <div className={classes(styles.failed, styles.error)} role="alert">
      <p>
        {failure} {words.advice}
      </p>
      <button type="button" className={buttons.primary} onClick={() => void actions.restart()}>
        {words.restart}
      </button>
    </div>
  );
}
