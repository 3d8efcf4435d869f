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

/**
 * Shows how a batch formed.
 *
 * @param batch another one begins anew
 * @param steps the last step it has
 */
export function useBatchReplay(batch: object | null, steps: number): BatchReplay {
  const still = useMedia('(prefers-reduced-motion: reduce)');
  const [signal] = useState(createSignal);
  const [replay, setReplay] = useState<BatchReplay>(() => ({ signals: [signal], step: () => 0 }));
  useEffect(() => {
    if (batch === null) return;
    const begun = performance.now();
    let ended = still;
    let frame = 0;
    const step = () =>
      ended ? steps : Math.min(steps, Math.floor((performance.now() - begun) / STEP));
    setReplay({ signals: [signal], step });
    const tick = () => {
      ended ||= step() === steps;
      signal.emit();
      if (!ended) frame = requestAnimationFrame(tick);
    };
    frame = requestAnimationFrame(tick);
    return () => cancelAnimationFrame(frame);
  }, [batch, steps, still, signal]);
  return replay;
}
