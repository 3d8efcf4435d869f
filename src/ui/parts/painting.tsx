import type { CanvasHTMLAttributes } from 'react';
import { useEffect, useRef } from 'react';
import { reportFault } from '../../store/reportFault.ts';
import type { Signal } from '../../store/signal.ts';
import type { Surface } from '../../viz/canvas.ts';
import { prepare } from '../../viz/canvas.ts';

const waiting = new Set<() => void>();

/** Painting stops after this time (ms) and goes on in the next frame, so that on a slow machine it blocks nothing. */
const BUDGET = 10;

let scheduled = false;

function schedule(): void {
  if (scheduled) return;
  scheduled = true;
  requestAnimationFrame(paintWaiting);
}

function paintWaiting(): void {
  scheduled = false;
  const end = performance.now() + BUDGET;
  // A copy: what a task asks for belongs to the next frame.
  for (const run of [...waiting]) {
    if (performance.now() > end) break;
    if (!waiting.delete(run)) continue;
    try {
      run();
    } catch (error) {
      reportFault(error); // the others are painted all the same
    }
  }
  if (waiting.size > 0) schedule();
}

/** Runs a task in the next animation frame; asked for twice, it runs once. */
function paintSoon(task: () => void): void {
  waiting.add(task);
  schedule();
}

/** Calls `run` now and, at frame rate, whenever one of the signals says so: past React. */
export function useTransient(run: () => void, signals: readonly Signal[]): void {
  useEffect(() => {
    const soon = () => paintSoon(run);
    soon();
    const stops = signals.map((signal) => signal.subscribe(soon));
    return () => {
      for (const stop of stops) stop();
      waiting.delete(run);
    };
  }, [run, signals]);
}

const NO_SIGNALS: readonly Signal[] = [];

const painters = new WeakMap<HTMLCanvasElement, (surface: Surface) => void>();

/** What paints a canvas: it paints the same on any other surface of its size. Undefined for a canvas of another kind. */
export const painterOf = (canvas: HTMLCanvasElement) => painters.get(canvas);

interface PaintedCanvasProps extends CanvasHTMLAttributes<HTMLCanvasElement> {
  /** Paints everything; called when it changes itself, on signals, and when the canvas changes its size. */
  paint(surface: Surface): void;
  signals?: readonly Signal[];
}

/** Mounts a canvas; a pure function paints it. */
export function PaintedCanvas({ paint, signals = NO_SIGNALS, ...rest }: PaintedCanvasProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const element = canvas.current;
    if (element === null) return;
    painters.set(element, paint);
    // Asking the element for its size at every painting would make the browser lay out the page each time.
    let width = 0;
    let height = 0;
    const run = () => {
      const surface = prepare(element, width, height, window.devicePixelRatio);
      if (surface !== null) paint(surface);
    };
    const soon = () => paintSoon(run);
    const stops = signals.map((signal) => signal.subscribe(soon));
    const observer = new ResizeObserver(() => {
      width = element.clientWidth;
      height = element.clientHeight;
      soon();
    });
    observer.observe(element); // it reports the first size too
    return () => {
      for (const stop of stops) stop();
      observer.disconnect();
      waiting.delete(run);
    };
  }, [paint, signals]);
  return <canvas ref={canvas} {...rest} />;
}

interface LiveTextProps {
  read(): string;
  signals: readonly Signal[];
  className?: string | undefined;
  testId?: string;
}

/** Text that changes at frame rate, written past React. */
export function LiveText({ read, signals, className, testId }: LiveTextProps) {
  const element = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    const run = () => {
      const text = read();
      // Writing the same text again would still make the browser lay out anew.
      if (element.current !== null && element.current.textContent !== text)
        element.current.textContent = text;
    };
    const soon = () => paintSoon(run);
    run();
    const stops = signals.map((signal) => signal.subscribe(soon));
    return () => {
      for (const stop of stops) stop();
      waiting.delete(run);
    };
  }, [read, signals]);
  return <span ref={element} className={className} data-testid={testId} />;
}

/** The pointer's place within an element, in CSS pixels. */
export function placeIn(event: {
  readonly currentTarget: Element;
  readonly clientX: number;
  readonly clientY: number;
}): { x: number; y: number; width: number; height: number } {
  const box = event.currentTarget.getBoundingClientRect();
  return {
    x: event.clientX - box.left,
    y: event.clientY - box.top,
    width: box.width,
    height: box.height,
  };
}
