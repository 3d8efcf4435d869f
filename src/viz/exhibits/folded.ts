import type { Compressed, FoldedShown } from '../../exhibits/list/folded.ts';
import { grouped } from '../../shared/grouped.ts';
import type { Surface } from '../canvas.ts';
import type { Box } from '../columns.ts';
import { paintPicture } from '../picture.ts';
import { formatNumber, largest } from '../scales.ts';
import { gridOf, paintCaption, paintDigit, placeIn, SIDE, squareIn } from './digit.ts';
import type { ExhibitLook, ExhibitPicture, PictureSize } from './exhibitPicture.ts';
import { columnsOf, inset, isWide, panes, rowsOf } from './panes.ts';
import { paintPlot, paintValues } from './plot.ts';
import { fitting, paintKeys, write } from './words.ts';

/** Pictures that one can press. */
const PICTURES = 8;

/** Where everything lies: a lane for each network, pictures to press, and the plot. */
function layout({ width, height, type }: PictureSize) {
  const wide = isWide({ width, height });
  const [left, right] = panes({ width, height }, wide ? [1.35, 1] : [1.5, 1], 1.4 * type) as [Box, Box]; // prettier-ignore
  const caption = 1.8 * type;
  const [first, second, last] = rowsOf(left, [1, 1, wide ? 0.42 : 0.36], 0.6 * type) as [Box, Box, Box]; // prettier-ignore
  const presses = gridOf(inset(last, { top: caption }), PICTURES, 4);
  return { lanes: [inset(first, { top: caption }), inset(second, { top: caption })] as const, presses, plot: right }; // prettier-ignore
}

export const foldedPicture: ExhibitPicture<FoldedShown> = {
  paint(surface, shown, { look, lit, isSmall }) {
    if (isSmall) return paintSmall(surface, shown, look);
    const { lanes, presses, plot } = layout({ ...surface, type: look.type });
    paintFolded(surface, shown, look, lanes[0], lit);
    paintUnfolded(surface, shown, look, lanes[1]);
    presses.forEach((box, i) =>
      paintDigit(surface, shown.pictures.subarray(i * SIDE * SIDE, (i + 1) * SIDE * SIDE), look.palette.ink, box, { colour: look.colours.line, line: 1 }),
    ); // prettier-ignore
    if (presses[0]) paintCaption(surface, look, 'Test digits: press one', presses[0]);
    paintCourses(surface, shown, look, plot);
  },
  grab({ x, y }, size) {
    const index = layout(size).presses.findIndex((box) => placeIn(box, x, y) !== null);
    if (index < 0) return null;
    return {
      cursor: 'grab',
      move: () => null,
      drop: () => ({ kind: 'act', act: { name: 'test', values: [index] } }),
    };
  },
  describe: ({ folded, unfolded, updates }) =>
    `After ${updates} batches the folded network of ${folded.parameters} numbers has a test error of ${formatNumber(folded.course.at(-1))}, encoder and decoder of ${unfolded.parameters} numbers one of ${formatNumber(unfolded.course.at(-1))}, squared, a pixel.`,
};

/** A picture, and what both make of it. */
function paintSmall(surface: Surface, { picture, folded, unfolded }: FoldedShown, look: ExhibitLook): void {
  const { colours, palette } = look;
  const boxes = columnsOf({ x: 4, y: 4, width: surface.width - 8, height: surface.height - 8 }, [1, 1, 1], 6).map((box) => {
    const square = squareIn(box);
    return { ...square, y: (surface.height - square.height) / 2 };
  });
  const maps = [palette.ink, palette.imagined, palette.imagined];
  [picture, folded.rebuilt, unfolded.rebuilt].forEach((pixels, i) =>
    paintDigit(surface, pixels, maps[i]!, boxes[i]!, { colour: [colours.line, colours.down, colours.soft][i]!, line: 1.5 }),
  );
} // prettier-ignore

/** A block of synapses between a wide side and a narrow one. */
function paintSynapses({ context }: Surface, look: ExhibitLook, box: Box, wideSide: 'left' | 'right', words: string, colour: string): void {
  const pinch = 0.32 * box.height;
  const [left, right] = wideSide === 'left' ? [0, pinch] : [pinch, 0];
  context.beginPath();
  context.moveTo(box.x, box.y + left);
  context.lineTo(box.x + box.width, box.y + right);
  context.lineTo(box.x + box.width, box.y + box.height - right);
  context.lineTo(box.x, box.y + box.height - left);
  context.closePath();
  context.globalAlpha = 0.14;
  context.fillStyle = colour;
  context.fill();
  context.globalAlpha = 1;
  context.strokeStyle = colour;
  context.lineWidth = 1.5;
  context.stroke();
  write(context, look, words, [box.x + box.width / 2, box.y + box.height / 2], { colour: look.colours.ink, align: 'center', baseline: 'middle' });
} // prettier-ignore

/** The code as cells, blue below zero and orange above. */
function paintCode(surface: Surface, { code }: Compressed, look: ExhibitLook, box: Box, isLit: boolean): void {
  const across = code.length > 8 ? 4 : 1;
  const down = Math.ceil(code.length / across);
  const cell = Math.min(box.width / across, (box.height - 3 * look.type) / down);
  const at: Box = { x: box.x + (box.width - cell * across) / 2, y: box.y + (box.height - cell * down) / 2, width: cell * across, height: cell * down };
  const most = Math.max(1e-6, largest(code));
  paintPicture(surface, code, across, look.palette.signed, { low: -most, high: most }, at);
  surface.context.strokeStyle = isLit ? look.colours.ink : look.colours.line;
  surface.context.lineWidth = isLit ? 3 : 1;
  surface.context.strokeRect(at.x, at.y, at.width, at.height);
  const words = `±${formatNumber(most, 2)}`;
  write(surface.context, look, words, [at.x + at.width / 2, at.y - 4], { colour: look.colours.soft, align: 'center' });
} // prettier-ignore

function paintLaneTitle({ context }: Surface, look: ExhibitLook, lane: Box, wordings: readonly [string, ...string[]], colour: string): void {
  write(context, look, fitting(context, look, wordings, lane.width, { bold: true }), [lane.x, lane.y - 0.55 * look.type], { colour, bold: true });
} // prettier-ignore

/** The picture and what comes back of it are at one end of one block of synapses, the code at the other. */
function paintFolded(surface: Surface, { picture, folded }: FoldedShown, look: ExhibitLook, lane: Box, lit: string | null): void {
  const { colours, palette } = look;
  const [ends, synapses, code] = columnsOf(lane, [0.75, 1.4, 0.5], look.type) as [Box, Box, Box];
  const [given, rebuilt] = rowsOf(ends, [1, 1], 4).map(squareIn) as [Box, Box];
  paintDigit(surface, picture, palette.ink, given, { colour: colours.line, line: 1 });
  paintDigit(surface, folded.rebuilt, palette.imagined, rebuilt, { colour: lit === 'rebuilt' ? colours.ink : colours.down, line: lit === 'rebuilt' ? 3 : 1.5 });
  paintSynapses(surface, look, synapses, 'left', '⇄ settles', lit === 'folded' ? colours.ink : colours.down);
  paintCode(surface, folded, look, code, lit === 'code');
  const count = grouped(folded.parameters);
  paintLaneTitle(surface, look, lane, [`One network, folded: ${count} numbers, error here ${formatNumber(folded.error)}`, `Folded: ${count} numbers`, `Folded: ${count}`], colours.down);
} // prettier-ignore

function paintUnfolded(surface: Surface, { picture, unfolded }: FoldedShown, look: ExhibitLook, lane: Box): void {
  const { colours, palette } = look;
  const [given, encoder, code, decoder, rebuilt] = columnsOf(lane, [0.75, 0.8, 0.4, 0.8, 0.75], 0.6 * look.type) as [Box, Box, Box, Box, Box];
  const middle = (box: Box): Box => {
    const square = squareIn(box);
    return { ...square, y: box.y + (box.height - square.height) / 2 };
  };
  paintDigit(surface, picture, palette.ink, middle(given), { colour: colours.line, line: 1 });
  paintSynapses(surface, look, encoder, 'left', 'encodes', colours.soft);
  paintCode(surface, unfolded, look, code, false);
  paintSynapses(surface, look, decoder, 'right', 'decodes', colours.soft);
  paintDigit(surface, unfolded.rebuilt, palette.imagined, middle(rebuilt), { colour: colours.soft, line: 1.5 });
  const count = grouped(unfolded.parameters);
  paintLaneTitle(surface, look, lane, [`Encoder and decoder: ${count} numbers, error here ${formatNumber(unfolded.error)}`, `Encoder, decoder: ${count} numbers`, `Unfolded: ${count}`], colours.soft);
} // prettier-ignore

/** Test errors of both, over the batches. */
function paintCourses({ context }: Surface, { folded, unfolded, measuredAt, wanted }: FoldedShown, look: ExhibitLook, box: Box): void {
  const { colours } = look;
  const named = (name: string, { course }: Compressed) => course.length === 0 ? name : `${name}: ${formatNumber(course.at(-1))}`;
  const keys = [
    { name: named('folded', folded), colour: colours.down },
    { name: named('encoder and decoder', unfolded), colour: colours.soft, dash: [5, 4] },
  ];
  const used = paintKeys(context, look, keys, [box.x, box.y], box.width);
  const plot = paintPlot(context, inset(box, { top: used }), {
    x: { title: 'batches of 50 digits', from: 0, to: wanted },
    y: { title: 'test error a pixel, squared', from: 0, to: Math.max(0.06, ...folded.course.slice(-5)) },
  }, look, false);
  paintValues(context, plot, measuredAt, unfolded.course, { colour: colours.soft, dash: [5, 4], width: 2 });
  paintValues(context, plot, measuredAt, folded.course, { colour: colours.down, dash: [], width: 2.4 });
} // prettier-ignore
