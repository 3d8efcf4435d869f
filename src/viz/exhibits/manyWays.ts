import type { ManyWaysShown } from '../../exhibits/list/manyWays.ts';
import { CHAINS } from '../../exhibits/list/manyWays.ts';
import { numberOf } from '../../exhibits/values.ts';
import type { Surface } from '../canvas.ts';
import type { Box } from '../columns.ts';
import { paintPicture } from '../picture.ts';
import { formatNumber, largest } from '../scales.ts';
import { gridOf, paintCaption, paintDigit, placeIn, SIDE } from './digit.ts';
import type { Change, ExhibitLook, ExhibitPicture } from './exhibitPicture.ts';
import { galleryLayout, paintSeen } from './gallery.ts';
import { inset } from './panes.ts';
import { paintPlot, paintValues } from './plot.ts';
import { fitting, paintKeys } from './words.ts';

const PIXELS = SIDE * SIDE;
/** The axis of steps is at least so long. */
const SHORTEST = 60;

export const manyWaysPicture: ExhibitPicture<ManyWaysShown> = {
  paint(surface, shown, { look, values, lit, isSmall }) {
    if (isSmall) return paintSmall(surface, shown, look);
    const where = galleryLayout({ ...surface, type: look.type }, CHAINS);
    const onShow = numberOf(values, 'chain');
    paintLarge(surface, shown, look, lit, where.large, onShow);
    paintBelief(surface, shown, look, lit, where.small);
    paintChains(surface, shown, look, lit, where, onShow);
    paintErrors(surface, shown, look, where.plot);
  },
  grab({ x, y }, size, _shown, values) {
    const { large, cells } = galleryLayout(size, CHAINS);
    const cell = cells.findIndex((box) => placeIn(box, x, y) !== null);
    if (cell >= 0) {
      // Pressing the one on show again brings back the one that settles.
      const chain = numberOf(values, 'chain') === cell + 1 ? 0 : cell + 1;
      return {
        cursor: 'grab',
        move: () => null,
        drop: () => ({ kind: 'values', values: { chain } }),
      };
    }
    const rub = (to: { readonly x: number; readonly y: number }): Change | null => {
      const at = placeIn(large, to.x, to.y);
      return at && { kind: 'act', act: { name: 'rub', values: [...at] } };
    };
    return placeIn(large, x, y) && { cursor: 'crosshair', move: rub, drop: rub };
  },
  describe: ({ isLearning, updates, wanted, errors, counted }) =>
    isLearning
      ? `A network learns digits: batch ${updates} of ${wanted}; beside it, what it makes of a half-hidden one so far.`
      : `A half-hidden digit goes on in ${CHAINS} ways: the error of the hidden part is ${formatNumber(errors.settled.at(-1))} where it settles, ${formatNumber(errors.chain.at(-1))} along a chain on average, ${formatNumber(errors.mean.at(-1))} for the mean of ${counted} pictures.`,
};

/** What one of them takes the picture to be, from 0 to 1; 0 is the one that settles. */
const wayOf = ({ ways }: ManyWaysShown, index: number): Float32Array =>
  Float32Array.from(ways.subarray(index * PIXELS, (index + 1) * PIXELS), (byte) => byte / 255);

/** One way to go on: what is seen in ink, what is imagined in blue. */
function paintWay(surface: Surface, shown: ManyWaysShown, index: number, look: ExhibitLook, box: Box, frame: { readonly colour: string; readonly line: number }): void {
  paintDigit(surface, wayOf(shown, index), look.palette.imagined, box, frame);
  paintSeen(surface, shown.truth, shown.given, look, box);
  const { context } = surface;
  context.strokeStyle = frame.colour;
  context.lineWidth = frame.line;
  context.strokeRect(box.x, box.y, box.width, box.height);
} // prettier-ignore

/** Six ways to go on. */
function paintSmall(surface: Surface, shown: ManyWaysShown, look: ExhibitLook): void {
  const all = { x: 6, y: 6, width: surface.width - 12, height: surface.height - 12 };
  const boxes = gridOf(all, 6, 4);
  const last = boxes[5]!;
  const left = (surface.width - 6 - last.x - last.width) / 2;
  const top = (surface.height - 6 - last.y - last.height) / 2;
  boxes.forEach((box, i) =>
    paintWay(surface, shown, 1 + i, look, { ...box, x: box.x + left, y: box.y + top }, { colour: look.colours.line, line: 1 }),
  );
} // prettier-ignore

function paintLarge(surface: Surface, shown: ManyWaysShown, look: ExhibitLook, lit: string | null, box: Box, onShow: number): void {
  const { colours } = look;
  const isLit = lit === 'settled' && onShow === 0;
  paintWay(surface, shown, onShow, look, box, { colour: isLit ? colours.ink : colours.line, line: isLit ? 3 : 1 });
  const name = onShow === 0 ? 'Settled' : `Chain ${onShow}`;
  const title = [onShow === 0 ? 'The one that settles. Rub parts out.' : `Chain ${onShow}. Rub parts out.`, name] as const;
  paintCaption(surface, look, fitting(surface.context, look, title, box.width, { bold: true }), box, colours.down);
} // prettier-ignore

/** The mean picture of all that the chains went through, and how far they spread. */
function paintBelief(surface: Surface, { mean, variance }: ManyWaysShown, look: ExhibitLook, lit: string | null, [left, right]: readonly [Box, Box]): void {
  const { colours, palette } = look;
  const isLit = lit === 'spread';
  const frame = { colour: isLit ? colours.ink : colours.line, line: isLit ? 3 : 1 };
  paintDigit(surface, mean, palette.imagined, left, frame);
  const most = Math.max(0.01, largest(variance));
  paintPicture(surface, variance, SIDE, palette.activity, { low: 0, high: most }, right);
  surface.context.strokeStyle = frame.colour;
  surface.context.lineWidth = frame.line;
  surface.context.strokeRect(right.x, right.y, right.width, right.height);
  paintCaption(surface, look, fitting(surface.context, look, ['Mean of all chains', 'Mean'], left.width, { bold: true }), left);
  paintCaption(surface, look, fitting(surface.context, look, [`Variance, to ${formatNumber(most, 2)}`, 'Variance'], right.width, { bold: true }), right);
} // prettier-ignore

function paintChains(surface: Surface, shown: ManyWaysShown, look: ExhibitLook, lit: string | null, { gallery, cells }: ReturnType<typeof galleryLayout>, onShow: number): void {
  const { colours } = look;
  const title = [`${CHAINS} chains with noise, each on a way of its own. Press one.`, `${CHAINS} chains: press one`, `${CHAINS} chains`] as const;
  paintCaption(surface, look, fitting(surface.context, look, title, gallery.width, { bold: true }), gallery);
  cells.forEach((cell, i) => {
    const isOne = onShow === i + 1 || lit === 'chains';
    paintWay(surface, shown, 1 + i, look, cell, { colour: isOne ? colours.ink : colours.line, line: isOne ? 2 : 1 });
  });
} // prettier-ignore

/** How far what is put into the hidden part is from what was there, step by step. */
function paintErrors({ context }: Surface, { errors, from }: ManyWaysShown, look: ExhibitLook, box: Box): void {
  const { colours } = look;
  const named = (name: string, course: Float32Array) => course.length === 0 ? name : `${name} ${formatNumber(course.at(-1), 3)}`;
  const lines = [
    { name: named('a chain', errors.chain), values: errors.chain, style: { colour: colours.state, dash: [], width: 1.8 } },
    { name: named('mean of all', errors.mean), values: errors.mean, style: { colour: colours.down, dash: [], width: 2.4 } },
    { name: named('settled', errors.settled), values: errors.settled, style: { colour: colours.ink, dash: [5, 4], width: 2 } },
  ];
  const keys = lines.map(({ name, style: { colour, dash } }) => ({ name, colour, dash }));
  const used = paintKeys(context, look, keys, [box.x, box.y], box.width);
  const at = errors.chain.map((_, i) => from + i);
  const most = Math.max(10, ...lines.map(({ values }) => largest(values)));
  const plot = paintPlot(context, inset(box, { top: used }), {
    x: { title: 'steps since something changed', from, to: Math.max(from + SHORTEST, at.at(-1) ?? 0) },
    y: { title: 'squared error of the hidden part', from: 0, to: 1.1 * most },
  }, look, false);
  for (const { values, style } of lines) paintValues(context, plot, at, values, style);
} // prettier-ignore
