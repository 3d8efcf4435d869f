import type { PointerEvent } from 'react';
import { useCallback, useEffect, useRef } from 'react';
import type { Exhibit, Values } from '../../exhibits/exhibit.ts';
import type { ExhibitId } from '../../exhibits/shown.ts';
import type { Surface } from '../../viz/canvas.ts';
import type { Change, Grab } from '../../viz/exhibits/exhibitPicture.ts';
import { pictureOf } from '../../viz/exhibits/pictures.ts';
import { useApp } from '../parts/context.ts';
import { PaintedCanvas, placeIn } from '../parts/painting.tsx';
import { useExhibitLook } from './useExhibitLook.ts';
import { useShown } from './useShown.ts';

interface LivePictureProps {
  exhibit: Exhibit<ExhibitId>;
  values: Values;
  /** What the equation lights. */
  lit: string | null;
}

/** The exhibit itself, large: it moves, and whatever can be taken hold of can be dragged. */
export function LivePicture({ exhibit: { id, title }, values, lit }: LivePictureProps) {
  const { actions } = useApp();
  const look = useExhibitLook();
  const picture = pictureOf(id);
  const held = useRef<Grab | null>(null);
  const canvas = useRef<HTMLDivElement>(null);
  const { read: shown, signals } = useShown(id);
  const paint = useCallback(
    (surface: Surface) => {
      const frame = shown();
      if (frame) picture.paint(surface, frame.shown, { look, values, lit, isSmall: false });
    },
    [picture, shown, look, values, lit],
  );
  // What is to be seen, in words: at once where there are none yet, then now and then while it moves.
  useEffect(() => {
    const element = canvas.current?.querySelector('canvas');
    let timer: ReturnType<typeof setTimeout> | undefined;
    let isPut = false;
    const say = () => {
      timer = undefined;
      const frame = shown();
      isPut = frame !== null;
      element?.setAttribute('aria-label', frame ? `${title}. ${picture.describe(frame.shown, values)}` : title); // prettier-ignore
    };
    const soon = () => {
      if (!isPut) say();
      else timer ??= setTimeout(say, WORDS_MS);
    };
    say();
    const stops = signals.map((signal) => signal.subscribe(soon));
    return () => {
      clearTimeout(timer);
      for (const stop of stops) stop();
    };
  }, [signals, picture, shown, title, values]);

  const grabAt = (event: PointerEvent<HTMLCanvasElement>): Grab | null => {
    const { x, y, width, height } = placeIn(event);
    const frame = shown();
    const size = { width, height, type: look.type };
    return frame ? (picture.grab?.({ x, y }, size, frame.shown, values) ?? null) : null;
  };
  const apply = (change: Change | null | undefined) => {
    if (change?.kind === 'values') actions.changeExhibit(change.values);
    else if (change?.kind === 'act') actions.actOnExhibit(change.act);
  };
  const down = (event: PointerEvent<HTMLCanvasElement>) => {
    if (event.button !== 0) return;
    held.current = grabAt(event);
    if (held.current === null) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    if (held.current.cursor === 'crosshair') apply(held.current.move(placeIn(event)));
  };
  const move = (event: PointerEvent<HTMLCanvasElement>) => {
    if (held.current === null) {
      event.currentTarget.style.cursor = grabAt(event)?.cursor ?? 'default';
      return;
    }
    if (held.current.cursor === 'grab') event.currentTarget.style.cursor = 'grabbing';
    apply(held.current.move(placeIn(event)));
  };
  const up = (event: PointerEvent<HTMLCanvasElement>) => {
    const was = held.current;
    held.current = null;
    apply(was?.drop?.(placeIn(event)));
  };
  return (
    <div ref={canvas} style={{ display: 'contents' }}>
      <PaintedCanvas
        role="img"
        data-testid="exhibit-view"
        paint={paint}
        signals={signals}
        onPointerDown={down}
        onPointerMove={move}
        onPointerUp={up}
        onPointerCancel={up}
      />
    </div>
  );
}

/** A picture that moves is put into words anew after so long (ms). */
const WORDS_MS = 1000;
