import type { PlotArea } from '../axis.ts';
import type { Box } from '../columns.ts';

/*
 * How the pictures of exhibits are laid out: boxes within boxes. Everything is in CSS pixels.
 */

/** Shares a length out, with gaps between: where each part begins, and how long it is. */
function shared(length: number, shares: readonly number[], gap: number): [number, number][] {
  const total = shares.reduce((sum, share) => sum + share, 0);
  const room = length - gap * (shares.length - 1);
  let at = 0;
  return shares.map((share) => {
    const size = (room * share) / total;
    const from = at;
    at += size + gap;
    return [from, size];
  });
}

/** A surface is wide where parts of a picture stand beside each other, and narrow where they stand under each other. */
export const isWide = ({ width, height }: Pick<Box, 'width' | 'height'>): boolean =>
  width > 1.15 * height && width > 520;

/** The surface in panes with the given shares: beside each other where it is wide, else under each other, the first on top. */
export function panes(
  size: Pick<Box, 'width' | 'height'>,
  shares: readonly number[],
  gap: number,
): Box[] {
  const all = { x: 0, y: 0, width: size.width, height: size.height };
  return isWide(size) ? columnsOf(all, shares, gap) : rowsOf(all, shares, gap);
}

/** A box in rows of these shares of its height, from the top. */
export function rowsOf(box: Box, shares: readonly number[], gap: number): Box[] {
  return shared(box.height, shares, gap).map(([at, height]) => ({ ...box, y: box.y + at, height }));
}

/** A box in columns of these shares of its width, from the left. */
export function columnsOf(box: Box, shares: readonly number[], gap: number): Box[] {
  return shared(box.width, shares, gap).map(([at, width]) => ({ ...box, x: box.x + at, width }));
}

/** A box with room left at its sides. */
export function inset(
  { x, y, width, height }: Box,
  { left = 0, right = 0, top = 0, bottom = 0 }: Partial<PlotArea>,
): Box {
  return {
    x: x + left,
    y: y + top,
    width: Math.max(0, width - left - right),
    height: Math.max(0, height - top - bottom),
  };
}
