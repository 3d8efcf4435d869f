import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { PointerEvent, Ref } from 'react';
import { hidesInk, isBlank } from '../../store/drawing.ts';
import { paintMask, SIDE } from '../../store/occlusion.ts';
import { createSignal } from '../../store/signal.ts';
import type { Surface } from '../../viz/canvas.ts';
import type { Placement } from '../../shared/normaliseDigit.ts';
import { onTheWay, placementOf } from '../../shared/normaliseDigit.ts';
import { paintCompletion } from '../../viz/completion.ts';
import { paintBoundary, paintPicture } from '../../viz/picture.ts';
import type { Point } from '../../viz/strokes.ts';
import { SHEET, sheetOf, stroke } from '../../viz/strokes.ts';
import { useApp, useAppState } from '../parts/context.ts';
import { PaintedCanvas, placeIn } from '../parts/painting.tsx';
import { useLook, useMedia } from '../parts/theme.ts';
import { seenOf } from './seenOf.ts';
import { NO_HERO, useHero } from './useHero.ts';
import { drawing as words } from './words.ts';
import styles from './DrawingCanvas.module.css';

/** After a stroke the sheet stays as drawn this long (ms), so that a digit of several strokes does not move under the pen. */
const GRACE = 900;
/** Then it slides and grows to where the network sees it, over this time (ms); and turns black and white in the last part of it. */
const MOVE = 600;
const ARRIVED = 0.7;

/** The stroke in progress, outside React. */
interface Live {
  /** The fine sheet; null while the 28×28 picture is shown. */
  sheet: Float32Array | null;
  /** The picture the sheet was committed as: another one on the canvas makes the sheet void. */
  committed: Float32Array | null;
  /** Where the sheet slides to; null: it stays where it is. */
  placement: Placement | null;
  mask: Uint8Array | null;
  last: Point | null;
  reveal: boolean;
  /** When the change into the 28×28 picture begins (performance.now). */
  fadeAt: number;
  pointer: Point | null;
  /** Whether the stroke waits to be shown to the network. */
  sketching: boolean;
}

const WHOLE = { low: 0, high: 1 };

interface DrawingCanvasProps {
  alone?: boolean;
  /** The picture with its legend. */
  ref?: Ref<HTMLDivElement>;
}

/**
 * The square to draw on: smooth under the pen, then centred and scaled to what the network sees. Where it is hidden stands what the
 * network imagines, as it forms; `alone`: only the drawing, whatever network is on show elsewhere.
 */
export function DrawingCanvas({ alone = false, ref }: DrawingCanvasProps) {
  const { actions, episode } = useApp();
  const look = useLook();
  const drawing = useAppState((s) => s.drawing.present);
  const tool = useAppState((s) => s.tool);
  const brush = useAppState((s) => s.brush);
  const watched = useAppState((s) => s.live);
  const still = useMedia('(prefers-reduced-motion: reduce)');
  const [inking, setInking] = useState(false);
  const [signal] = useState(createSignal);
  const signals = useMemo(() => [signal, episode.changed], [signal, episode]);
  const heroOf = useHero();
  const truth = useAppState((s) => s.truth && hidesInk(s.drawing.present));
  const live = useRef<Live>({
    sheet: null,
    committed: null,
    placement: null,
    mask: null,
    last: null,
    reveal: false,
    fadeAt: Infinity,
    pointer: null,
    sketching: false,
  });

  // An example, Undo or Clear replaces the picture: the sheet belongs to the one before.
  useEffect(() => {
    if (live.current.committed !== drawing.pixels) {
      live.current.sheet = null;
      signal.emit();
    }
  }, [drawing, signal]);

  const paint = useCallback(
    (surface: Surface) => {
      const all = { x: 0, y: 0, width: surface.width, height: surface.height };
      const { sheet, last, mask, fadeAt, pointer } = live.current;
      const { context } = surface;
      const drawingNow = last !== null && tool !== 'occlude';
      const { past, imagined } = alone ? NO_HERO : heroOf(drawing);
      const shown = last === null && past !== null ? past : drawing;
      const hidden = last !== null && tool === 'occlude' ? mask : shown.mask;
      const style = {
        ink: look.palette.ink,
        imagined: truth ? look.palette.ink : look.palette.imagined,
        hatch: look.colours.hatch,
        hatchGround: look.colours.hatchbg,
      };
      const inside = truth ? shown.pixels : shown === drawing && past !== null ? null : imagined;
      context.fillStyle = look.palette.ink.stops[0]!;
      context.fillRect(0, 0, surface.width, surface.height);
      paintCompletion(surface, { pixels: shown.pixels, mask: hidden, imagined: inside }, SIDE, style, all); // prettier-ignore
      const faded = drawingNow ? 0 : Math.max(0, (performance.now() - fadeAt) / (still ? 1 : MOVE));
      if (sheet !== null && shown === drawing && faded < 1) {
        const { placement } = live.current;
        const way = placement && onTheWay(placement, SHEET, faded / ARRIVED);
        const cell = surface.width / SIDE;
        const place = way && { x: way.x * cell, y: way.y * cell, width: way.side * cell, height: way.side * cell }; // prettier-ignore
        context.globalAlpha = Math.min(1, (1 - faded) / (1 - ARRIVED));
        context.fillRect(0, 0, surface.width, surface.height);
        paintPicture(surface, sheet, SHEET, look.palette.ink, WHOLE, place ?? all);
        context.globalAlpha = 1;
        if (faded > 0) signal.emit();
      }
      if (hidden !== null) paintBoundary(surface, hidden, SIDE, look.colours.down);
      if (pointer !== null) {
        const cell = surface.width / SIDE;
        context.strokeStyle = tool === 'occlude' ? look.colours.ink : look.colours.soft;
        context.lineWidth = 1.25;
        context.beginPath();
        context.arc(pointer.x * cell, pointer.y * cell, brush * cell, 0, 2 * Math.PI);
        context.stroke();
      }
    },
    [alone, drawing, tool, brush, look, still, signal, heroOf, truth],
  );

  const at = (event: { currentTarget: Element; clientX: number; clientY: number }): Point => {
    const { x, y, width, height } = placeIn(event);
    return { x: (x / width) * SIDE, y: (y / height) * SIDE };
  };
  /** While live, the network sees the stroke as it grows: once an animation frame. */
  const sketchSoon = () => {
    const state = live.current;
    if (!watched || state.sketching) return;
    state.sketching = true;
    requestAnimationFrame(() => {
      state.sketching = false;
      if (state.last === null) return;
      if (tool === 'occlude') actions.sketch(drawing.pixels, state.mask);
      else if (state.sheet !== null)
        actions.sketch(seenOf(state.sheet, tool === 'erase'), drawing.mask);
    });
  };
  const extend = (point: Point) => {
    const state = live.current;
    const from = state.last ?? point;
    if (tool === 'occlude') {
      const steps = Math.max(1, Math.ceil(Math.hypot(point.x - from.x, point.y - from.y)));
      for (let i = 1; i <= steps; i++)
        state.mask = paintMask(
          state.mask,
          from.x + ((point.x - from.x) * i) / steps,
          from.y + ((point.y - from.y) * i) / steps,
          brush,
          state.reveal,
        );
    } else {
      state.sheet ??= sheetOf(drawing.pixels);
      stroke(state.sheet, from, point, brush, tool === 'erase');
    }
    state.last = point;
    signal.emit();
    sketchSoon();
  };

  const down = (event: PointerEvent<HTMLCanvasElement>) => {
    if (event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    const point = at(event);
    const state = live.current;
    state.mask = drawing.mask;
    const pixel = Math.floor(point.y) * SIDE + Math.floor(point.x);
    state.reveal = tool === 'occlude' && drawing.mask?.[pixel] === 0;
    if (performance.now() > state.fadeAt) state.sheet = null;
    state.fadeAt = Infinity;
    state.last = null;
    setInking(true);
    extend(point);
  };
  const move = (event: PointerEvent<HTMLCanvasElement>) => {
    const state = live.current;
    state.pointer = event.pointerType === 'touch' ? null : at(event);
    if (state.last === null) return signal.emit();
    const native = event.nativeEvent;
    const coalesced = native.getCoalescedEvents?.() ?? [];
    const target = event.currentTarget;
    for (const { clientX, clientY } of coalesced.length > 0 ? coalesced : [native])
      extend(at({ currentTarget: target, clientX, clientY }));
  };
  const up = () => {
    const state = live.current;
    if (state.last === null) return;
    state.last = null;
    setInking(false);
    if (tool === 'occlude') {
      actions.setMask(state.mask);
    } else if (state.sheet !== null) {
      const pixels = seenOf(state.sheet, tool === 'erase');
      state.committed = pixels;
      state.placement = tool === 'erase' ? null : placementOf(state.sheet);
      state.fadeAt = performance.now() + (tool === 'erase' ? 0 : GRACE);
      setTimeout(signal.emit, GRACE + 20);
      actions.setPixels(pixels);
    }
    signal.emit();
  };
  const leave = () => {
    live.current.pointer = null;
    signal.emit();
  };

  return (
    <div ref={ref} className={styles.square}>
      <PaintedCanvas
        role="img"
        aria-label={words.canvas}
        paint={paint}
        signals={signals}
        onPointerDown={down}
        onPointerMove={move}
        onPointerUp={up}
        onPointerCancel={up}
        onPointerLeave={leave}
      />
      {isBlank(drawing) && !inking && <p className={styles.empty}>{words.empty}</p>}
      {drawing.mask !== null && !isBlank(drawing) && (
        <p className={styles.legend} aria-hidden="true">
          <span className={styles.seen}>{words.seen}</span>
          <span className={truth || alone ? styles.seen : styles.imagined}>
            {truth ? words.truth : alone ? words.hiddenHalf : words.imagined}
          </span>
        </p>
      )}
    </div>
  );
}
