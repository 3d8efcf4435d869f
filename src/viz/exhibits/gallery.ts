import type { Surface } from '../canvas.ts';
import type { Box } from '../columns.ts';
import { gridOf, paintDigit, SIDE, squareIn } from './digit.ts';
import type { ExhibitLook, PictureSize } from './exhibitPicture.ts';
import { inset, isWide, panes } from './panes.ts';

/** Where everything lies: one picture large with two small ones, `count` pictures beside it, and a plot. */
export function galleryLayout({ width, height, type }: PictureSize, count: number) {
  const [left, right] = panes(
    { width, height },
    isWide({ width, height }) ? [1.15, 1] : [0.72, 1],
    1.6 * type,
  ) as [Box, Box];
  const caption = 1.7 * type;
  const wide = isWide({ width, height });
  const beside = wide ? 0.5 : 0.42;
  const large = wide
    ? squareIn(inset(left, { top: caption, bottom: left.height * 0.3 + caption }))
    : { ...squareIn(inset(left, { top: caption, right: left.width * beside })), x: left.x };
  const small = wide
    ? Math.min(left.height * 0.3, (large.width - type) / 2)
    : Math.min((large.height - caption) / 2, left.width - large.width - 2 * type);
  const place = (i: 0 | 1): Box =>
    wide
      ? { x: i === 0 ? large.x : large.x + large.width - small, y: large.y + large.height + caption, width: small, height: small }
      : { x: large.x + large.width + 1.5 * type, y: large.y + i * (large.height - small), width: small, height: small }; // prettier-ignore
  const gallery = inset(right, { top: caption, bottom: right.height * (wide ? 0.5 : 0.6) });
  const cells = gridOf(gallery, count, 4);
  const end = Math.max(...cells.map((cell) => cell.y + cell.height));
  const plot = inset(right, { top: Math.max(end - right.y + 1.2 * type, 0) });
  return { large, small: [place(0), place(1)] as const, gallery, cells, plot };
}

/** Pixels of a picture that are seen (1), in ink over what is imagined beside them in blue. */
export function paintSeen(surface: Surface, picture: ArrayLike<number>, seen: Float32Array, look: ExhibitLook, box: Box): void {
  const { context } = surface;
  const cell = box.width / SIDE;
  context.save();
  context.beginPath();
  seen.forEach((one, i) => {
    if (one === 1) context.rect(box.x + (i % SIDE) * cell, box.y + Math.floor(i / SIDE) * cell, cell + 0.5, cell + 0.5);
  });
  context.clip();
  paintDigit(surface, picture, look.palette.ink, box, { colour: look.colours.line, line: 1 });
  context.restore();
} // prettier-ignore
