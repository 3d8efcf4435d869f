import type { PlotArea } from '../axis.ts';
import type { Box } from '../columns.ts';
import type { ExhibitLook } from './exhibitPicture.ts';

/*
 * How the pictures of exhibits are laid out: boxes within boxes, plots within boxes, words of one size. Everything is in CSS pixels.
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

/** The sides of a box, as axes want them. */
export const areaOf = ({ x, y, width, height }: Box): PlotArea => ({
  ...{ left: x, right: x + width, top: y, bottom: y + height },
});

/** The font of words in a picture; titles are heavier. */
export const fontOf = ({ font, type }: ExhibitLook, weight: 400 | 650 = 400): string =>
  `${weight} ${type}px ${font}`;

/**
 * The room (CSS pixels) that an axis with a title takes beside a plot: the left one has its title above the plot, the lower one below its
 * numbers.
 */
export const axisRoom = (type: number): Required<PlotArea> => ({
  ...{ left: 3.4 * type, right: 0.8 * type, top: 1.7 * type, bottom: 3.1 * type },
});

/** The titles of the axes of a plot, in words with their units; paint the axes with `paintAxis`. */
export function paintAxisTitles(
  context: CanvasRenderingContext2D,
  look: ExhibitLook,
  plot: PlotArea,
  { left, bottom }: { readonly left?: string; readonly bottom?: string },
): void {
  context.font = fontOf(look);
  context.fillStyle = look.colours.soft;
  if (left !== undefined) {
    context.textAlign = 'left';
    context.textBaseline = 'bottom';
    context.fillText(left, Math.max(2, plot.left - 2.8 * look.type), plot.top - 0.4 * look.type);
  }
  if (bottom !== undefined) {
    context.textAlign = 'right';
    context.textBaseline = 'top';
    context.fillText(bottom, plot.right, plot.bottom + 1.6 * look.type);
  }
}
