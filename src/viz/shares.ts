import { range, scaleBand, scaleLinear } from 'd3';
import { paintAxis } from './axis.ts';
import type { Surface } from './canvas.ts';
import { hatchUnknown } from './unknown.ts';

/** The share of active neurons of one layer, and what it is compared with. */
export interface Share {
  readonly now: number;
  readonly without: number | null;
  readonly paper: number | null;
  readonly colour: string;
}

/**
 * Paints shares as bars from 0 to 1, a row for each layer: as it is, below it without competition (hollow), and a mark where the paper
 * stands. Rows have equal heights and their bars lie in the middle, so that labels can stand beside them.
 */
export function paintShares(
  { context, width, height }: Surface,
  shares: readonly Share[],
  style: { readonly ink: string; readonly line: string; readonly panel: string },
): void {
  const x = scaleLinear([0, 1], [0, width - 2]);
  const rows = scaleBand(range(shares.length), [0, height]);
  const row = rows.bandwidth();
  const area = { left: 0, right: width, top: 0, bottom: height };
  paintAxis(context, area, { side: 'bottom', scale: x, lines: [0, 0.25, 0.5, 0.75, 1] }, style);
  const bar = (top: number, share: number, colour: string) => {
    const box = { x: 0, y: top, width: x(share), height: row * BAR };
    context.fillStyle = colour;
    if (Number.isFinite(share)) context.fillRect(box.x, box.y, box.width, box.height);
    else hatchUnknown(context, { ...box, width: x(1) });
  };
  shares.forEach(({ now, without, paper, colour }, i) => {
    const bars = without === null ? BAR : 2 * BAR + BETWEEN;
    const top = (rows(i) ?? 0) + (row * (1 - bars)) / 2;
    bar(top, now, colour);
    if (without !== null) {
      const below = top + row * (BAR + BETWEEN);
      bar(below, without, colour);
      // Hollow where it has a length.
      context.fillStyle = style.panel;
      const inside = Number.isFinite(without) ? Math.max(0, x(without) - 3) : 0;
      context.fillRect(1.5, below + 1.5, inside, row * BAR - 3);
    }
    if (paper !== null) {
      context.fillStyle = style.ink;
      context.fillRect(x(paper) - 1, top - row * 0.08, 2, row * (bars + 0.16));
    }
  });
}

/** Parts of a row: the height of a bar, and what lies between two. */
const BAR = 0.32;
const BETWEEN = 0.04;
