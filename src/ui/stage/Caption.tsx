import { useCallback, useRef } from 'react';
import type { Signal } from '../../store/signal.ts';
import scale from '../parts/scale.module.css';
import { classes } from '../parts/classes.ts';
import { LiveText, useTransient } from '../parts/painting.tsx';
import styles from './Caption.module.css';

interface CaptionProps {
  /** Whether the scale runs from −high to high, or from 0. */
  signed(): boolean;
  /** The upper end, as text; empty: no scale yet. */
  high(): string;
  signals: readonly Signal[];
  /** The colours of what is not signed. */
  ramp: 'ink' | 'activity' | 'imagined';
}

/** The scale of a heatmap, under it: a ramp with its two ends as numbers. */
export function Caption({ signed, high, signals, ramp }: CaptionProps) {
  const bar = useRef<HTMLSpanElement>(null);
  const low = useCallback(
    () => (high() === '' ? '' : signed() && high() !== '0' ? `−${high()}` : '0'),
    [high, signed],
  );
  const show = useCallback(() => {
    const kind = high() === '' ? 'none' : signed() ? 'signed' : ramp;
    if (bar.current !== null) bar.current.className = classes(scale.ramp, styles.ramp, scale[kind]);
  }, [signed, high, ramp]);
  useTransient(show, signals);
  return (
    <div className={classes(scale.caption, styles.caption)}>
      <LiveText read={low} signals={signals} />
      <span ref={bar} className={classes(scale.ramp, styles.ramp, scale.none)} />
      <LiveText read={high} signals={signals} />
    </div>
  );
}
