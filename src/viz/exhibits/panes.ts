import type { Surface } from '../canvas.ts';
import type { Box } from '../columns.ts';

type Size = Pick<Surface, 'width' | 'height'>;

/** A surface is wide where parts of a picture stand beside each other, and narrow where they stand under each other. */
export const isWide = ({ width, height }: Size): boolean => width > 1.15 * height && width > 520;

/** The surface in panes with the given shares: beside each other where it is wide, else under each other, the first on top. */
export function panes(size: Size, shares: readonly number[], gap: number): Box[] {
  const wide = isWide(size);
  const length = wide ? size.width : size.height;
  const room = length - gap * (shares.length - 1);
  const whole = shares.reduce((sum, share) => sum + share, 0);
  let at = 0;
  return shares.map((share) => {
    const from = at;
    const extent = (room * share) / whole;
    at += extent + gap;
    return wide
      ? { x: from, y: 0, width: extent, height: size.height }
      : { x: 0, y: from, width: size.width, height: extent };
  });
}

/** What is left of a box within its edges. */
export function inset(
  { x, y, width, height }: Box,
  { left = 0, right = 0, top = 0, bottom = 0 },
): Box {
  return {
    x: x + left,
    y: y + top,
    width: Math.max(1, width - left - right),
    height: Math.max(1, height - top - bottom),
  };
}
