import { scaleLog } from 'd3';
import type { StabilityCell, StabilityShown } from '../../exhibits/list/stability.ts';
import { colourOf, cssOf } from '../colour.ts';
import type { Box } from '../columns.ts';
import { formatNumber } from '../scales.ts';
import type { Cells } from './cells.ts';
import { cellOf, paintScale } from './cells.ts';
import { FADED } from './lights.ts';
import type { ExhibitLook, ExhibitPicture, PictureSize } from './exhibitPicture.ts';
import { inset } from './panes.ts';
import { fitting, sourceWordings, write } from './words.ts';

/** Accuracy from guessing among ten to all. */
const ACCURACY = { low: 0.1, high: 1 };

/** Where the grid and the scale of its colours lie. */
function layoutOf({ width, height, type }: PictureSize, isSmall: boolean) {
  const all = { x: 0, y: 0, width, height };
  if (isSmall) return { grid: inset(all, { left: 2, right: 2, top: 2, bottom: 2 }), scale: null };
  return {
    grid: inset(all, { left: 3.4 * type, right: type, top: 3.6 * type, bottom: 5 * type }),
    scale: { x: 3.4 * type, y: height - 1.6 * type, width: Math.min(width - 4 * type, 22 * type), height: 1.3 * type }, // prettier-ignore
  };
}

export const stabilityPicture: ExhibitPicture<StabilityShown> = {
  paint({ context, width, height }, shown, { look, lit, isSmall }) {
    const { grid, scale } = layoutOf({ width, height, type: look.type }, isSmall);
    const table = { box: grid, rows: shown.widths.length, columns: shown.rates.length };
    context.globalAlpha = lit === 'bound' ? FADED : 1;
    shown.cells.forEach((cell, i) => paintCell(context, cellOf(table, i), cell, look));
    context.globalAlpha = 1;
    const x = ratesOf(table, shown);
    paintBounds(context, table, shown, x, look, { isLit: lit === 'bound', isSmall });
    if (!scale) return;
    shown.cells.forEach((cell, i) => {
      const bound = shown.bounds[Math.floor(i / table.columns)] ?? null;
      writeCell(context, cellOf(table, i), cell, look, bound === null ? null : x(bound));
    });
    paintWords(context, table, shown, look, lit);
    paintScale(context, scale, {
      colourAt: (share) => cssOf(colourOf(share, { low: 0, high: 1 }, look.palette.activity)),
      ends: ['10 % right', '100 %'],
    }, look); // prettier-ignore
  },
  describe({ cells, widths, rates }) {
    const known = cells.filter(({ accuracy }) => accuracy !== null).length;
    const blown = cells.filter(({ hasBlownUp }) => hasBlownUp).length;
    return `A grid of ${widths.length} widths and ${rates.length} settling rates: ${known} networks have learnt, ${blown} blew up, ${cells.length - known - blown} are to come.`;
  },
};

/** One training: its accuracy as a colour and a number, how far it is, or that it blew up. */
function paintCell(context: CanvasRenderingContext2D, cell: Box, { done, accuracy, hasBlownUp }: StabilityCell, look: ExhibitLook): void {
  const { colours, palette } = look;
  const [width, height] = [cell.width - 2, cell.height - 2];
  const known = accuracy !== null;
  context.fillStyle = hasBlownUp ? colours.warn : known ? cssOf(colourOf(accuracy, ACCURACY, palette.activity)) : colours.raised;
  context.fillRect(cell.x + 1, cell.y + 1, width, height);
  if (!known && !hasBlownUp && done > 0) {
    context.fillStyle = colours.learn;
    context.fillRect(cell.x + 1, cell.y + 1 + height * 0.88, width * done, height * 0.12);
  }
} // prettier-ignore

/** What a cell says, in its middle, or beside the line of the bound where that runs through it. */
function writeCell(context: CanvasRenderingContext2D, cell: Box, { done, accuracy, hasBlownUp }: StabilityCell, look: ExhibitLook, line: number | null): void {
  const { colours, type, kind } = look;
  const centre = cell.x + cell.width / 2;
  const isCrossed = line !== null && Math.abs(line - centre) < 2 * type;
  const at: [number, number] = [isCrossed ? line + (line > centre ? -2.4 : 2.4) * type : centre, cell.y + cell.height / 2];
  const style = { align: 'center', baseline: 'middle', bold: true } as const;
  if (hasBlownUp) write(context, look, cell.width > 5.5 * type ? 'blew up' : '✕', at, { ...style, colour: colours.panel });
  // The strong end of the colours is dark in the light theme, and light in the dark one.
  else if (accuracy !== null) write(context, look, `${(100 * accuracy).toFixed(0)} %`, at, { ...style, colour: accuracy > 0.55 === (kind === 'light') ? '#ffffff' : '#11151d' });
  else if (done > 0) write(context, look, 'learns', at, { ...style, colour: colours.learn });
} // prettier-ignore

/** Where a rate lies among the columns. */
function ratesOf({ box, columns }: Cells, { rates }: StabilityShown) {
  const half = box.width / columns / 2;
  return scaleLog([rates[0]!, rates.at(-1)!], [box.x + half, box.x + box.width - half]).clamp(true);
}

/** 2/λmax of every width, where it lies among the rates. */
function paintBounds(context: CanvasRenderingContext2D, { box, rows }: Cells, { bounds }: StabilityShown, x: (rate: number) => number, look: ExhibitLook, { isLit, isSmall }: { readonly isLit: boolean; readonly isSmall: boolean }): void {
  const { colours, type } = look;
  const high = box.height / rows;
  let isNamed = isSmall;
  for (const [halo, width, colour] of [[true, 6, colours.panel], [false, isLit ? 4 : 2.5, colours.warn]] as const) {
    context.strokeStyle = colour;
    context.lineWidth = width;
    context.beginPath();
    let before: number | null = null;
    bounds.forEach((bound, row) => {
      if (bound !== null) {
        const at = x(bound);
        if (before === null) context.moveTo(at, box.y + row * high);
        else context.lineTo(at, box.y + row * high);
        context.lineTo(at, box.y + (row + 1) * high);
        if (!isNamed && !halo) {
          isNamed = true;
          write(context, look, `bound 2/λmax, ${formatNumber(bound, 2)}`, [Math.min(at, box.x + box.width - 5 * type), box.y - 0.5 * type], { colour: colours.warn, align: 'center' });
        }
        before = at;
      } else before = null;
    });
    context.stroke();
  }
} // prettier-ignore

function paintWords(context: CanvasRenderingContext2D, table: Cells, { widths, rates, source }: StabilityShown, look: ExhibitLook, lit: string | null): void {
  const { colours, type } = look;
  const { box, columns } = table;
  const taken = write(context, look, 'neurons a layer', [0, type], { colour: colours.soft });
  const from = fitting(context, look, sourceWordings('learnt from', source), box.x + box.width - taken - 2 * type);
  write(context, look, from, [box.x + box.width, type], { colour: colours.soft, align: 'right' });
  widths.forEach((width, row) => {
    const { y, height } = cellOf(table, row * columns);
    write(context, look, String(width), [box.x - 0.5 * type, y + height / 2], { colour: colours.ink, align: 'right', baseline: 'middle' });
  });
  rates.forEach((rate, column) => {
    const { x, width } = cellOf(table, column);
    write(context, look, String(rate), [x + width / 2, box.y + box.height + 1.3 * type], { colour: colours.ink, align: 'center', bold: lit === 'rates' });
  });
  write(context, look, 'settling rate γ', [box.x + box.width, box.y + box.height + 2.8 * type], { colour: colours.soft, align: 'right' });
} // prettier-ignore
