import type { PointerEvent } from 'react';
import { useCallback, useMemo, useRef, useState } from 'react';
import { PIXELS, SIDE } from '../../store/occlusion.ts';
import { createSignal } from '../../store/signal.ts';
import type { Surface } from '../../viz/canvas.ts';
import { paintPicture } from '../../viz/picture.ts';
import type { Point } from '../../viz/strokes.ts';
import { SHEET, stroke } from '../../viz/strokes.ts';
import { PaintedCanvas, placeIn } from '../parts/painting.tsx';
import { Segments } from '../parts/Segments.tsx';
import { useLook } from '../parts/theme.ts';
import { seenOf } from './seenOf.ts';
import { drawing as words } from './words.ts';
import styles from './DigitPad.module.css';

/** How thick its brush is, in pixels of the 28·28 square. */
const BRUSH = 1.4;
const WHOLE = { low: 0, high: 1 };
const TOOLS = ['draw', 'erase'] as const;
type PadTool = (typeof TOOLS)[number];

/** A small square to draw a digit on. Hears, stroke by stroke as it grows, what a network sees of it: 28·28 intensities. */
export function DigitPad({ onDraw }: { onDraw(pixels: Float32Array): void }) {
  const look = useLook();
  const sheet = useRef(new Float32Array(SHEET * SHEET));
  const last = useRef<Point | null>(null);
  const isWaiting = useRef(false);
  const [tool, setTool] = useState<PadTool>('draw');
  const [isEmpty, setEmpty] = useState(true);
  const [signal] = useState(createSignal);
  const signals = useMemo(() => [signal], [signal]);
  const paint = useCallback(
    (surface: Surface) => {
      const all = { x: 0, y: 0, width: surface.width, height: surface.height };
      paintPicture(surface, sheet.current, SHEET, look.palette.ink, WHOLE, all);
    },
    [look],
  );
  const tell = () => onDraw(seenOf(sheet.current, tool === 'erase'));
  const extend = (event: PointerEvent<HTMLCanvasElement>) => {
    const { x, y, width, height } = placeIn(event);
    const to = { x: (x / width) * SIDE, y: (y / height) * SIDE };
    stroke(sheet.current, last.current ?? to, to, BRUSH, tool === 'erase');
    last.current = to;
    signal.emit();
    if (isWaiting.current) return;
    isWaiting.current = true;
    requestAnimationFrame(() => {
      isWaiting.current = false;
      tell();
    });
  };
  const down = (event: PointerEvent<HTMLCanvasElement>) => {
    if (event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    setEmpty(false);
    extend(event);
  };
  const clear = () => {
    sheet.current.fill(0);
    setEmpty(true);
    signal.emit();
    onDraw(new Float32Array(PIXELS));
  };
  return (
    <div className={styles.pad}>
      <div className={styles.square}>
        <PaintedCanvas
          role="img"
          aria-label={words.canvas}
          paint={paint}
          signals={signals}
          onPointerDown={down}
          onPointerMove={(event) => last.current !== null && extend(event)}
          onPointerUp={() => (last.current = null)}
          onPointerCancel={() => (last.current = null)}
        />
        {isEmpty && <p className={styles.empty}>{words.emptyPad}</p>}
      </div>
      <Segments<PadTool>
        name="padTool"
        label={words.tools}
        value={tool}
        options={TOOLS.map((value) => ({ value, label: words[value] }))}
        onChange={setTool}
      />
      <button type="button" disabled={isEmpty} onClick={clear}>
        {words.clear}
      </button>
    </div>
  );
}
