import { useCallback, useState } from 'react';
import type { KeyboardEvent, PointerEvent } from 'react';
import type { Pin } from '../../store/state.ts';
import { isPointed } from '../../store/state.ts';
import type { Pointed } from '../../store/state.ts';
import { useApp, useAppState } from '../parts/context.ts';
import { placeIn } from '../parts/painting.tsx';

interface Cells {
  /** The cell at a place of the tile. */
  at(x: number, y: number): number | null;
  /** The cell that an arrow key leads to; null for other keys. */
  byKey(from: number | null, key: string): number | null;
  /** What is said of a cell to whoever cannot see it. */
  describe(index: number): string;
}

/**
 * Looking at the neurons of a tile, by pointer or by keyboard: which one has the cursor, and pinning by a click or by Enter. Esc
 * takes the cursor away, a second one leaves the tile.
 */
export function useTile(layer: number, { at, byKey, describe }: Cells) {
  const { actions } = useApp();
  const [cursor, setCursor] = useState<number | null>(null);
  const [said, setSaid] = useState('');
  const pinned = useAppState(({ pin }) => (pin?.layer === layer ? pin.index : null));
  const find = useCallback(
    (event: PointerEvent<HTMLElement>) => {
      const { x, y } = placeIn(event);
      return at(x, y);
    },
    [at],
  );
  const choose = (index: number | null) => {
    const same = index === null || index === pinned;
    const pin: Pin | null = same ? null : { layer, index };
    actions.pin(pin);
  };
  const leave = () => {
    setCursor(null);
    setSaid('');
  };
  return {
    hovered: cursor,
    pinned,
    said,
    handlers: {
      onPointerMove: (event: PointerEvent<HTMLElement>) => setCursor(find(event)),
      onPointerLeave: leave,
      onPointerDown: (event: PointerEvent<HTMLElement>) => choose(find(event)),
      onBlur: leave,
      onKeyDown(event: KeyboardEvent<HTMLElement>) {
        if (event.altKey || event.ctrlKey || event.metaKey) return;
        if (event.key === 'Escape') {
          if (cursor === null) event.currentTarget.blur();
          leave();
          event.preventDefault();
          return;
        }
        if (event.key === 'Enter') {
          if (cursor === null) return;
          choose(cursor);
          event.preventDefault();
          return;
        }
        const next = byKey(cursor ?? pinned, event.key);
        if (next === null) return;
        setCursor(next);
        setSaid(describe(next));
        event.preventDefault();
      },
    },
  };
}

/** Whether a term that the user points at stands for a tile. */
export const useLit = (what: Pointed['what'], layer: number): boolean =>
  useAppState(({ pointed }) => isPointed(pointed, what, layer));
