import { useEffect, useState } from 'react';
import type { Signal } from '../../store/signal.ts';
import { createSignal } from '../../store/signal.ts';
import { useMedia } from '../parts/theme.ts';

/** A step of all imaginings takes this long (ms): they were settled as one batch, and form as one. */
const STEP = 55;

/** Which step of a batch is on show, outside React: from its start to its end, once, when the batch comes. */
export interface BatchReplay {
  readonly signals: readonly Signal[];
  /** The step on show now. */
  step(): number;
}

function createReplay() {
  const signal = createSignal();
  let begun = -Infinity;
  let last = 0;
  const step = () => Math.min(last, Math.floor((performance.now() - begun) / STEP));
  return {
    signals: [signal],
    step,
    /** Begins anew; returns how to stop. `atOnce`: the last step is shown without those before. */
    play(steps: number, atOnce: boolean): () => void {
      begun = atOnce ? -Infinity : performance.now();
      last = steps;
      let frame = 0;
      const tick = () => {
        signal.emit();
        if (step() < last) frame = requestAnimationFrame(tick);
      };
      frame = requestAnimationFrame(tick);
      return () => cancelAnimationFrame(frame);
    },
  };
}

/**
 * Shows how a batch formed.
 *
 * @param batch another one begins anew
 * @param steps the last step it has
 */
export function useBatchReplay(batch: object | null, steps: number): BatchReplay {
  const still = useMedia('(prefers-reduced-motion: reduce)');
  const [replay] = useState(createReplay);
  useEffect(
    () => (batch === null ? undefined : replay.play(steps, still)),
    [batch, steps, still, replay],
  );
  return replay;
}
