import type { RefObject } from 'react';
import { useEffect, useState } from 'react';

/** Less than this is rounding, not more to see (CSS pixels). */
const SLACK = 3;

/** Whether something goes on below the part in view, by how far it is scrolled, how much is seen, and how long the whole is (CSS pixels). */
export const goesOn = (scrolled: number, seen: number, whole: number): boolean =>
  scrolled + seen < whole - SLACK;

/** Follows whether an element that scrolls goes on below; its first child holds what scrolls. */
export function useGoesOn(element: RefObject<HTMLElement | null>): boolean {
  const [below, setBelow] = useState(false);
  useEffect(() => {
    const scroller = element.current;
    if (scroller === null) return;
    const look = () =>
      setBelow(goesOn(scroller.scrollTop, scroller.clientHeight, scroller.scrollHeight));
    const observer = new ResizeObserver(look); // it reports the first sizes too
    observer.observe(scroller);
    if (scroller.firstElementChild !== null) observer.observe(scroller.firstElementChild);
    scroller.addEventListener('scroll', look, { passive: true });
    return () => {
      observer.disconnect();
      scroller.removeEventListener('scroll', look);
    };
  }, [element]);
  return below;
}
