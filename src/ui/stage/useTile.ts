import { useCallback, useState } from 'react';
import type { PointerEvent } from 'react';
import type { Pin } from '../../store/state.ts';
import { useApp, useAppState } from '../parts/context.ts';
import { placeIn } from '../parts/painting.tsx';

/** Pointing at the neurons of a tile: which one is under the pointer, and pinning by a click. */
export function useTile(layer: number, indexAt: (x: number, y: number) => number | null) {
  const { actions } = useApp();
  const [hovered, setHovered] = useState<number | null>(null);
  const pinned = useAppState(({ pin }) => (pin?.layer === layer ? pin.index : null));
  const find = useCallback(
    (event: PointerEvent<HTMLElement>) => {
      const { x, y } = placeIn(event);
      return indexAt(x, y);
    },
    [indexAt],
  );
  return {
    hovered,
    pinned,
    handlers: {
      onPointerMove: (event: PointerEvent<HTMLElement>) => setHovered(find(event)),
      onPointerLeave: () => setHovered(null),
      onPointerDown: (event: PointerEvent<HTMLElement>) => {
        const index = find(event);
        const same = index === null || index === pinned;
        const pin: Pin | null = same ? null : { layer, index };
        actions.pin(pin);
      },
    },
  };
}
