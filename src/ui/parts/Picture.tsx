import { useCallback } from 'react';
import { sideOf } from '../../viz/atlas.ts';
import type { Surface } from '../../viz/canvas.ts';
import { paintPicture } from '../../viz/picture.ts';
import { PaintedCanvas } from './painting.tsx';
import { useLook } from './theme.ts';
import styles from './Picture.module.css';

const WHOLE = { low: 0, high: 1 };

interface PictureProps {
  /** Square, 0 … 1. */
  pixels: Float32Array;
  /** What it shows, for who cannot see it; absent: words beside it say so. */
  label?: string;
}

/** A picture that fills its place. */
export function Picture({ pixels, label }: PictureProps) {
  const look = useLook();
  const paint = useCallback(
    (surface: Surface) => {
      const { width, height } = surface;
      paintPicture(surface, pixels, sideOf(pixels.length), look.palette.ink, WHOLE, { x: 0, y: 0, width, height }); // prettier-ignore
    },
    [pixels, look],
  );
  const named =
    label === undefined ? { 'aria-hidden': true } : { role: 'img', 'aria-label': label };
  return <PaintedCanvas className={styles.picture} paint={paint} {...named} />;
}
