import { useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import type { App } from '../../store/app.ts';
import type { PastEpisode } from '../../store/episode.ts';
import type { Replay } from '../../store/replay.ts';
import { createReplay } from '../../store/replay.ts';
import { speedOf } from '../../store/speed.ts';
import { sideOf } from '../../viz/atlas.ts';
import type { Surface } from '../../viz/canvas.ts';
import { paintPicture } from '../../viz/picture.ts';
import buttons from '../parts/buttons.module.css';
import { useApp } from '../parts/context.ts';
import { PaintedCanvas } from '../parts/painting.tsx';
import { useLook } from '../parts/theme.ts';
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

/** Earlier episodes of the drawing, to go back to. */
export function PastEpisodes() {
  const { episode, actions } = useApp();
  const [shown, setShown] = useState(() => ({ past: episode.past, recalled: episode.recalled }));
  useEffect(
    () =>
      episode.changed.subscribe(() => {
        const { past, recalled } = episode;
        setShown((before) =>
          before.past === past && before.recalled === recalled ? before : { past, recalled },
        );
      }),
    [episode],
  );
  if (shown.past.length === 0) return null;
  return (
    <div className={styles.past} role="group" aria-label={words.past}>
      <button
        type="button"
        aria-pressed={shown.recalled === null}
        onClick={() => actions.recall(null)}
      >
        {words.latest}
      </button>
      {shown.past.map((past, i) => (
        <Past key={past.id} past={past} back={i + 1} pressed={shown.recalled === past.id} />
      ))}
    </div>
  );
}

function Past({ past, back, pressed }: { past: PastEpisode; back: number; pressed: boolean }) {
  const { actions } = useApp();
  const look = useLook();
  const paint = useMemo(
    () => (surface: Surface) => {
      const box = { x: 0, y: 0, width: surface.width, height: surface.height };
      const side = sideOf(past.thumbnail.length);
      paintPicture(surface, past.thumbnail, side, look.palette.ink, { low: 0, high: 1 }, box);
    },
    [past, look],
  );
  const label = words.recall(back, past.label);
  return (
    <button
      type="button"
      className={styles.thumbnail}
      aria-label={label}
      title={label}
      aria-pressed={pressed}
      onClick={() => actions.recall(pressed ? null : past.id)}
    >
      <PaintedCanvas aria-hidden="true" paint={paint} />
    </button>
  );
}
