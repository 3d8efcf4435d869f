import { useEffect, useMemo, useSyncExternalStore } from 'react';
import type { App } from '../../store/app.ts';
import type { Replay } from '../../store/replay.ts';
import { createReplay } from '../../store/replay.ts';
import { speedOf } from '../../store/speed.ts';
import buttons from '../parts/buttons.module.css';
import { useApp } from '../parts/context.ts';
import { replay as words } from './words.ts';
import styles from './Transport.module.css';

/** Recorded steps are played at the speed of settling, within what can be followed (steps a second). */
const SLOWEST_REPLAY = 4;
const FASTEST_REPLAY = 40;

function replayOf({ episode, store }: App): Replay {
  return createReplay(episode, {
    stepsPerSecond() {
      const speed = speedOf(store.getState().setUp);
      return Math.max(SLOWEST_REPLAY, Math.min(FASTEST_REPLAY, speed ?? FASTEST_REPLAY / 2));
    },
    requestFrame: (callback) => void requestAnimationFrame(callback),
    now: () => performance.now(),
  });
}

/** The replay of the episode buffer; stops when the component goes. */
export function useReplay(): Replay {
  const app = useApp();
  const replay = useMemo(() => replayOf(app), [app]);
  useEffect(() => () => replay.stop(), [replay]);
  return replay;
}

/** Playing the recorded steps backwards and forwards, once or again and again. */
export function Transport({ replay }: { replay: Replay }) {
  const state = useSyncExternalStore(
    replay.changed.subscribe,
    () => `${replay.direction} ${replay.loop}`,
  );
  const [direction, loop] = state.split(' ');
  const backwards = direction === '-1';
  const forwards = direction === '1';
  return (
    <div className={styles.transport} role="group" aria-label={words.label}>
      <button
        type="button"
        className={buttons.icon}
        aria-label={words.backwards}
        aria-pressed={backwards}
        title={`${backwards ? words.stop : words.backwards} (B)`}
        onClick={() => replay.play(-1)}
      >
        {backwards ? '❚❚' : '◀'}
      </button>
      <button
        type="button"
        className={buttons.icon}
        aria-label={words.forwards}
        aria-pressed={forwards}
        title={`${forwards ? words.stop : words.forwards} (F)`}
        onClick={() => replay.play(1)}
      >
        {forwards ? '❚❚' : '▶'}
      </button>
      <button
        type="button"
        className={buttons.icon}
        aria-label={words.loop}
        aria-pressed={loop === 'true'}
        title={`${words.loop} (L)`}
        onClick={replay.toggleLoop}
      >
        ⟳
      </button>
    </div>
  );
}

/** Keys of the replay, as long as nobody types. */
export function useReplayKeys(replay: Replay): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey) return;
      const { target } = event;
      if (target instanceof HTMLElement && target.closest('dialog, textarea, select') !== null)
        return;
      if (target instanceof HTMLInputElement && target.type !== 'range' && target.type !== 'radio')
        if (target.type !== 'checkbox') return;
      const key = event.key.toLowerCase();
      if (key === 'b') replay.play(-1);
      else if (key === 'f') replay.play(1);
      else if (key === 'l') replay.toggleLoop();
      else return;
      event.preventDefault();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [replay]);
}
