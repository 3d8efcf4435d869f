import { useCallback } from 'react';
import { SIDE } from '../../store/occlusion.ts';
import type { Surface } from '../../viz/canvas.ts';
import { paintCompletion } from '../../viz/completion.ts';
import { paintPicture } from '../../viz/picture.ts';
import { PaintedCanvas } from '../parts/painting.tsx';
import { useLook } from '../parts/theme.ts';
import styles from './LearningStage.module.css';

const PIXELS = SIDE * SIDE;
/** Bytes as they come: 0 … 255; signed ones 1 … 255, so that 128 is the middle. */
const WHOLE = { low: 0, high: 255 };
const SIGNED = { low: 1, high: 255 };
/** Between two pictures, as a share of one. */
const GAP = 0.1;
/** The left half is seen. */
const MASK = Uint8Array.from({ length: PIXELS }, (_, i) => (i % SIDE < SIDE / 2 ? 1 : 0));

interface PictureRowProps {
  label: string;
  /** Pictures of 784 bytes each, and how many there is room for. */
  room: number;
  pictures: Uint8Array;
  /** What the colours say: seen, predicted, seen and imagined, or signed. */
  kind: 'ink' | 'imagined' | 'completed' | 'signed';
}

/** Pictures beside each other, as large as the row is high. */
export function PictureRow({ label, room, pictures, kind }: PictureRowProps) {
  const look = useLook();
  const paint = useCallback(
    (surface: Surface) => {
      const { context, width, height } = surface;
      const { palette, colours } = look;
      context.clearRect(0, 0, width, height);
      const across = room + (room - 1) * GAP;
      const side = Math.floor(Math.min(height, width / across));
      for (let i = 0; i * PIXELS < pictures.length; i++) {
        const picture = pictures.subarray(i * PIXELS, (i + 1) * PIXELS);
        const box = {
          x: Math.round(i * side * (1 + GAP)),
          y: Math.floor((height - side) / 2),
          width: side,
          height: side,
        };
        if (kind === 'completed') {
          const values = Float32Array.from(picture, (byte) => byte / 255);
          context.fillStyle = palette.ink.stops[0]!;
          context.fillRect(box.x, box.y, side, side);
          const style = {
            ...{ ink: palette.ink, imagined: palette.imagined },
            ...{ hatch: 'transparent', hatchGround: colours.hatchbg },
          };
          paintCompletion(surface, { pixels: values, mask: MASK, imagined: values }, SIDE, style, box); // prettier-ignore
        } else {
          const scale = kind === 'signed' ? SIGNED : WHOLE;
          paintPicture(surface, picture, SIDE, palette[kind], scale, box);
        }
        context.strokeStyle = colours.line;
        context.lineWidth = 1;
        context.strokeRect(box.x + 0.5, box.y + 0.5, side - 1, side - 1);
      }
    },
    [room, pictures, kind, look],
  );
  return <PaintedCanvas role="img" aria-label={label} className={styles.pictures} paint={paint} />;
}
