import { useEffect, useMemo, useState } from 'react';
import type { PastEpisode } from '../../store/episode.ts';
import { sideOf } from '../../viz/atlas.ts';
import type { Surface } from '../../viz/canvas.ts';
import { paintCompletion } from '../../viz/completion.ts';
import { useApp } from '../parts/context.ts';
import { PaintedCanvas } from '../parts/painting.tsx';
import { useLook } from '../parts/theme.ts';
import { replay as words } from './words.ts';
import styles from './Transport.module.css';

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
      const { thumbnail: pixels, mask } = past;
      const { ink, imagined } = look.palette;
      const { hatch, hatchbg: hatchGround } = look.colours;
      const style = { ink, imagined, hatch, hatchGround };
      paintCompletion(surface, { pixels, mask, imagined: pixels }, side, style, box);
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
