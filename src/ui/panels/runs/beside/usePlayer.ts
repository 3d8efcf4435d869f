import { useCallback, useEffect, useState } from 'react';

/** Steps a second at which recorded steps are played. */
const PACE = 7;

/** The step that is shown of all runs, and playing them. */
export interface Player {
  readonly step: number;
  readonly last: number;
  readonly playing: boolean;
  show(step: number): void;
  /** Plays to the end, from the start where it is there already; pauses where it plays. */
  toggle(): void;
}

/** Plays steps 0 … `last`; shows the last one until somebody chooses another. */
export function usePlayer(last: number): Player {
  const [chosen, choose] = useState<number | null>(null);
  const [playing, setPlaying] = useState(false);
  const step = Math.min(chosen ?? last, last);
  useEffect(() => {
    if (!playing) return;
    const timer = setInterval(() => choose((at) => (at === null ? at : at + 1)), 1000 / PACE);
    return () => clearInterval(timer);
  }, [playing]);
  // At the end it rests, and stays there when more steps become known.
  if (playing && step >= last) {
    setPlaying(false);
    choose(null);
  }
  const show = useCallback(
    (wanted: number) => {
      setPlaying(false);
      const inside = Math.max(0, Math.min(last, wanted));
      choose(inside === last ? null : inside);
    },
    [last],
  );
  const toggle = useCallback(() => {
    if (last === 0) return;
    if (!playing && step >= last) choose(0);
    else choose(step);
    setPlaying(!playing);
  }, [playing, step, last]);
  return { step, last, playing, show, toggle };
}
