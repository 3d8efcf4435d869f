import type { RefObject } from 'react';
import { useEffect, useState } from 'react';

/** Whether something that scrolls goes on before what is seen of it, and after. */
export interface Beyond {
  readonly before: boolean;
  readonly after: boolean;
}

/** Less than this is rounding, not more to see (CSS pixels). */
const SLACK = 3;

/** What lies beyond the part in view, by how far it is scrolled, how much is seen, and how long the whole is (CSS pixels). */
export function beyond(scrolled: number, seen: number, whole: number): Beyond {
  return { before: scrolled > SLACK, after: scrolled + seen < whole - SLACK };
}

/** Follows whether an element that scrolls along an axis goes on; its first child holds what scrolls, or there are `items` children. */
export function useBeyond(
  element: RefObject<HTMLElement | null>,
  axis: 'x' | 'y',
  items = 1,
): Beyond {
  const [held, setHeld] = useState<Beyond>({ before: false, after: false });
  useEffect(() => {
    const scroller = element.current;
    if (scroller === null) return;
    const look = () => {
      const { scrollLeft, clientWidth, scrollWidth } = scroller;
      const { scrollTop, clientHeight, scrollHeight } = scroller;
      const now =
        axis === 'x'
          ? beyond(scrollLeft, clientWidth, scrollWidth)
          : beyond(scrollTop, clientHeight, scrollHeight);
      setHeld((last) => (last.before === now.before && last.after === now.after ? last : now));
    };
    const observer = new ResizeObserver(look); // it reports the first sizes too
    observer.observe(scroller);
    if (scroller.firstElementChild !== null) observer.observe(scroller.firstElementChild);
    scroller.addEventListener('scroll', look, { passive: true });
    return () => {
      observer.disconnect();
      scroller.removeEventListener('scroll', look);
    };
  }, [element, axis, items]);
  return held;
}
