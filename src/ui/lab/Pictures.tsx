import { useCallback, useMemo } from 'react';
import { numbersOf } from '../../experiments/arrays.ts';
import type { StoredArray } from '../../experiments/result.ts';
import type { Surface } from '../../viz/canvas.ts';
import { paintPicture } from '../../viz/picture.ts';
import { PaintedCanvas } from '../parts/painting.tsx';
import { useLook } from '../parts/theme.ts';
import styles from './Pictures.module.css';

const WHOLE = { low: 0, high: 1 };

interface PicturesProps {
  /** What they are, for those who do not see them. */
  label: string;
  /** [N, pixels]. */
  stored: StoredArray;
  columns?: number;
  /** No more than these first ones. */
  first?: number;
  /** Imagined, not seen: in the colour of predictions. */
  imagined?: boolean;
}

/** Pictures that a result keeps, in rows. */
export function Pictures({
  label,
  stored,
  columns,
  first = Infinity,
  imagined = false,
}: PicturesProps) {
  const { palette } = useLook();
  const [kept = 0, pixels = 0] = stored.shape;
  const count = Math.min(kept, first);
  const values = useMemo(() => numbersOf(stored), [stored]);
  const across = Math.min(columns ?? count, count);
  const rows = Math.ceil(count / across);
  const paint = useCallback(
    (surface: Surface) => {
      const side = Math.round(Math.sqrt(pixels));
      const pitch = surface.width / across;
      for (let i = 0; i < count; i++) {
        const [x, y] = [(i % across) * pitch, Math.floor(i / across) * pitch];
        const box = { x, y, width: pitch - 1, height: pitch - 1 };
        const picture = values.subarray(i * pixels, (i + 1) * pixels);
        paintPicture(surface, picture, side, imagined ? palette.imagined : palette.ink, WHOLE, box);
      }
    },
    [values, across, count, pixels, palette, imagined],
  );
  return (
    <PaintedCanvas
      role="img"
      aria-label={label}
      className={styles.pictures}
      style={{ aspectRatio: `${across} / ${rows}` }}
      paint={paint}
    />
  );
}
