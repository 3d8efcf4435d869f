import type { RefObject } from 'react';
import { useEffect, useState } from 'react';
import type { Size } from '../../viz/lab/look.ts';

/** How large an element is inside, in CSS pixels; null until it is laid out. */
export function useSize(element: RefObject<HTMLElement | null>): Size | null {
  const [size, setSize] = useState<Size | null>(null);
  useEffect(() => {
    const box = element.current;
    if (box === null) return;
    const look = () => {
      const { clientWidth: width, clientHeight: height } = box;
      setSize((last) =>
        last?.width === width && last.height === height ? last : { width, height },
      );
    };
    const observer = new ResizeObserver(look); // it reports the first size too
    observer.observe(box);
    return () => observer.disconnect();
  }, [element]);
  return size;
}
