import { useCallback } from 'react';
import { SIDE } from '../../store/occlusion.ts';
import type { Surface } from '../../viz/canvas.ts';
import { paintPicture } from '../../viz/picture.ts';
import { PaintedCanvas } from '../parts/painting.tsx';
import { useLook } from '../parts/theme.ts';

const WHOLE = { low: 0, high: 1 };

/** A picture of 784 bytes as a network sees it: every pixel on or off. */
export function BytePicture({
  pixels,
  className,
}: {
  pixels: Uint8Array;
  className?: string | undefined;
}) {
  // prettier-ignore
  const { palette } = useLook();
  const paint = useCallback(
    (surface: Surface) => {
      const { width, height } = surface;
      const on = Uint8Array.from(pixels, (byte) => (byte > 127 ? 1 : 0));
      paintPicture(surface, on, SIDE, palette.ink, WHOLE, { x: 0, y: 0, width, height });
    },
    [pixels, palette],
  );
  return <PaintedCanvas className={className} aria-hidden="true" paint={paint} />;
}
