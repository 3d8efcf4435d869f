import { useCallback } from 'react';
import { SIDE } from '../../store/occlusion.ts';
import type { Surface } from '../../viz/canvas.ts';
import { paintCompletion } from '../../viz/completion.ts';
import { paintPicture } from '../../viz/picture.ts';
import { PaintedCanvas } from '../parts/painting.tsx';
import { useLook } from '../parts/theme.ts';
import type { BatchReplay } from './useReplay.ts';
import styles from './Thumbnail.module.css';

interface CompletionThumbnailProps {
  mask: Uint8Array;
  /** [(steps + 1)·J0]: the whole picture at each step. */
  pictures: Float32Array;
  replay: BatchReplay;
}

/** One imagining as it forms: what is seen in ink, what is imagined in blue. */
export function CompletionThumbnail({ mask, pictures, replay }: CompletionThumbnailProps) {
  const look = useLook();
  const paint = useCallback(
    (surface: Surface) => {
      const pixels = mask.length;
      const last = pictures.length / pixels - 1;
      const at = Math.min(replay.step(), last) * pixels;
      const picture = pictures.subarray(at, at + pixels);
      const { context, width, height } = surface;
      context.fillStyle = look.palette.ink.stops[0]!;
      context.fillRect(0, 0, width, height);
      const style = {
        ...{ ink: look.palette.ink, imagined: look.palette.imagined },
        ...{ hatch: 'transparent', hatchGround: look.colours.hatchbg },
      };
      const completion = { pixels: picture, mask, imagined: picture };
      paintCompletion(surface, completion, SIDE, style, { x: 0, y: 0, width, height });
    },
    [mask, pictures, replay, look],
  );
  return (
    <PaintedCanvas
      className={styles.picture}
      aria-hidden="true"
      paint={paint}
      signals={replay.signals}
    />
  );
}

/** How far imaginings differ, pixel by pixel: nothing where all agree. */
export function SpreadThumbnail({ spread }: { spread: Float32Array }) {
  const look = useLook();
  const paint = useCallback(
    (surface: Surface) => {
      const { width, height } = surface;
      // The standard deviation of numbers from 0 to 1 is ½ at most.
      const scale = { low: 0, high: 0.5 };
      paintPicture(surface, spread, SIDE, look.palette.imagined, scale, { x: 0, y: 0, width, height }); // prettier-ignore
    },
    [spread, look],
  );
  return <PaintedCanvas className={styles.picture} aria-hidden="true" paint={paint} />;
}
