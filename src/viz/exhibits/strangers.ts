import { bin, extent, scaleLinear, scaleLog } from 'd3';
import type { StrangersShown } from '../../exhibits/list/strangers.ts';
import type { Surface } from '../canvas.ts';
import type { Box } from '../columns.ts';
import { formatNumber } from '../scales.ts';
import { gridOf, paintCaption, paintDigit, placeIn, SIDE, squareIn } from './digit.ts';
import type { ExhibitLook, ExhibitPicture, PictureSize } from './exhibitPicture.ts';
import { columnsOf, inset, isWide, panes, rowsOf } from './panes.ts';
import type { Plot } from './plot.ts';
import { paintPlot, paintValues } from './plot.ts';
import { fitting, paintKeys, write } from './words.ts';

/** Pictures of either kind that one can press. */
const PICTURES = 8;
/** Bars of a histogram. */
const BARS = 28;

/** Where everything lies: both heaps with the needle, the picture on show and what is made of it, pictures to press, the curve. */
function layout({ width, height, type }: PictureSize) {
  const wide = isWide({ width, height });
  const [left, right] = panes({ width, height }, wide ? [1.5, 1] : [1.25, 1], 1.4 * type) as [Box, Box]; // prettier-ignore
  const caption = 1.7 * type;
  const heaps = wide ? inset(left, { bottom: 0.34 * left.height }) : left;
  const below = inset(left, { top: 0.66 * left.height + 0.6 * type });
  const [ours, curve] = (
    wide ? rowsOf(right, [0.62, 1], 0.8 * type) : columnsOf(right, [0.8, 1], type)
  ) as [Box, Box];
  const pair = wide ? columnsOf(ours, [1, 1], type) : rowsOf(ours, [1, 1], 0.4 * type);
  const [picture, made] = pair.map((box) => squareIn(inset(box, { top: caption }))) as [Box, Box];
  const rows = wide ? rowsOf(below, [1, 1], 0.3 * type) : [];
  const presses = rows.map((row) => gridOf(inset(row, { top: caption }), PICTURES, 4));
  return { heaps, presses, picture, made, curve: inset(curve, { right: 0.7 * type }) };
}

export const strangersPicture: ExhibitPicture<StrangersShown> = {
  paint(surface, shown, { look, lit, isSmall }) {
    if (isSmall) {
      paintHeaps(surface, shown, look, { x: 0, y: 0, ...surface }, lit, true);
      return;
    }
    const { heaps, presses, picture, made, curve } = layout({ ...surface, type: look.type });
    paintHeaps(surface, shown, look, heaps, lit, false);
    paintPresses(surface, shown, look, presses);
    paintOurs(surface, shown, look, { picture, made }, lit);
    paintCurve(surface, shown, look, curve);
  },
  grab({ x, y }, size) {
    const [known = [], strange = []] = layout(size).presses;
    for (const [name, boxes] of [['known', known], ['strange', strange]] as const) {
      const index = boxes.findIndex((box) => placeIn(box, x, y) !== null);
      if (index >= 0)
        return { cursor: 'grab', move: () => null, drop: () => ({ kind: 'act', act: { name, values: [index] } }) };
    } // prettier-ignore
    return null;
  },
  describe: ({ surprise, strangersTitle, energy }) =>
    `Two heaps of free energies: digits, and ${strangersTitle}. ${Number.isNaN(surprise.auroc) ? 'None was measured yet.' : `A stranger surprises more than a digit with probability ${surprise.auroc.toFixed(3)}.`} The picture on show has ${energy === null ? 'none yet' : `${formatNumber(energy)} nats`}.`,
};

/** Over so many times the least, free energies stand on an axis of ratios. */
const WIDE = 60;

/** An axis of free energies that holds all of them, and the needle. */
function energyAxis({ surprise, energy }: StrangersShown) {
  const all = [...surprise.known, ...surprise.strange, ...(energy === null ? [] : [energy])].filter((one) => one > 0);
  const [least = 1, most = 100] = extent(all);
  if (most < WIDE * least) return { from: 0, to: 1.1 * most, scale: 'linear' } as const;
  return { from: least / 1.25, to: 1.25 * most, scale: 'logarithmic' } as const;
} // prettier-ignore

function paintHeaps(surface: Surface, shown: StrangersShown, look: ExhibitLook, box: Box, lit: string | null, isSmall: boolean): void {
  const { context } = surface;
  const { colours } = look;
  const axis = energyAxis(shown);
  const scale = (axis.scale === 'linear' ? scaleLinear : scaleLog)([axis.from, axis.to], [0, BARS]);
  const heapOf = (values: Float32Array) => {
    const bars = bin().domain([0, BARS]).thresholds(BARS)(Array.from(values, (value) => scale(Math.max(value, axis.from))));
    return bars.map(({ x0 = 0, x1 = 0, length }) => ({ from: x0, to: x1, share: length / Math.max(1, values.length) }));
  };
  const heaps = [
    { name: 'digits', bars: heapOf(shown.surprise.known), colour: colours.state },
    { name: 'strangers', bars: heapOf(shown.surprise.strange), colour: colours.up },
  ];
  const keys = heaps.map(({ name, colour }) => ({ name: name === 'strangers' ? shown.strangersTitle : 'digits it has not learnt from', colour, isArea: true }));
  const used = isSmall ? 0 : paintKeys(context, look, keys, [box.x, box.y], box.width);
  const most = Math.max(0.1, ...heaps.flatMap(({ bars }) => bars.map(({ share }) => share)));
  const plot = paintPlot(context, inset(box, { top: used }), {
    x: { title: 'free energy, nats', ...axis },
    y: { title: 'share of pictures', from: 0, to: 1.12 * most, format: (tick) => `${Math.round(100 * tick)} %` },
  }, look, isSmall);
  const at = (bar: number) => plot.x(scale.invert(bar));
  for (const { bars, colour } of heaps) {
    context.globalAlpha = 0.55;
    context.fillStyle = colour;
    for (const bar of bars) context.fillRect(at(bar.from) + 0.5, plot.y(bar.share), Math.max(1, at(bar.to) - at(bar.from) - 1), plot.area.bottom - plot.y(bar.share));
    context.globalAlpha = 1;
  }
  if (shown.energy !== null) paintNeedle(context, look, plot, shown.energy, lit === 'needle', isSmall);
} // prettier-ignore

function paintNeedle(context: CanvasRenderingContext2D, look: ExhibitLook, { area, x }: Plot, energy: number, isLit: boolean, isSmall: boolean): void {
  const at = x(energy);
  const { ink } = look.colours;
  context.fillStyle = ink;
  context.fillRect(at - (isLit ? 2 : 1), area.top, isLit ? 4 : 2, area.bottom - area.top);
  context.beginPath();
  context.arc(at, area.top, isSmall ? 3 : 5, 0, 2 * Math.PI);
  context.fill();
  if (isSmall) return;
  const toLeft = at > (area.left + area.right) / 2;
  write(context, look, `your picture: ${formatNumber(energy)} nats`, [at + (toLeft ? -9 : 9), area.top], { colour: ink, align: toLeft ? 'right' : 'left', baseline: 'middle', bold: true });
} // prettier-ignore

function paintPresses(surface: Surface, shown: StrangersShown, look: ExhibitLook, presses: readonly (readonly Box[])[]): void {
  const { colours, palette } = look;
  const rows = [
    { title: 'Digits: press one', pictures: shown.knownPictures, colour: colours.state },
    { title: 'Strangers: press one', pictures: shown.strangePictures, colour: colours.up },
  ];
  presses.forEach((boxes, row) => {
    const { title, pictures, colour } = rows[row]!;
    boxes.forEach((box, i) =>
      paintDigit(surface, pictures.subarray(i * SIDE * SIDE, (i + 1) * SIDE * SIDE), palette.ink, box, { colour, line: 1.5 }),
    );
    if (boxes[0]) paintCaption(surface, look, title, boxes[0], colour);
  });
} // prettier-ignore

function paintOurs(surface: Surface, shown: StrangersShown, look: ExhibitLook, { picture, made }: { picture: Box; made: Box }, lit: string | null): void {
  const { colours, palette } = look;
  paintDigit(surface, shown.picture, palette.ink, picture, { colour: colours.line, line: 1 });
  const caption = (wordings: readonly [string, ...string[]], box: Box, colour = colours.ink) =>
    paintCaption(surface, look, fitting(surface.context, look, wordings, box.width, { bold: true }), box, colour);
  caption(['Your picture', 'Yours'], picture);
  const frame = lit === 'expected' ? { colour: colours.ink, line: 3 } : { colour: colours.line, line: 1 };
  if (shown.expected) {
    paintDigit(surface, shown.expected, palette.imagined, made, frame);
    caption(['What it expects', 'Expected'], made, colours.down);
  } else if (shown.answer !== null) {
    caption(['What it says', 'Says'], made, colours.down);
    surface.context.strokeStyle = frame.colour;
    surface.context.lineWidth = frame.line;
    surface.context.strokeRect(made.x, made.y, made.width, made.height);
    write(surface.context, { ...look, type: 0.6 * made.height }, String(shown.answer), [made.x + made.width / 2, made.y + made.height / 2], { colour: colours.down, align: 'center', baseline: 'middle', bold: true });
  }
} // prettier-ignore

/** Strangers found against false alarms, of the free energy and of the softmax score where there is one. */
function paintCurve({ context }: Surface, { surprise, unsure }: StrangersShown, look: ExhibitLook, box: Box): void {
  const { colours } = look;
  const named = (name: string, auroc: number) => `${name}: ${Number.isNaN(auroc) ? '—' : auroc.toFixed(3)}`;
  const keys = [
    { name: named('free energy', surprise.auroc), colour: colours.up },
    ...(unsure ? [{ name: named('softmax', unsure.auroc), colour: colours.side, dash: [5, 4] }] : []),
  ];
  const used = paintKeys(context, look, keys, [box.x, box.y], box.width);
  const percent = (tick: number) => `${Math.round(100 * tick)} %`;
  const plot = paintPlot(context, inset(box, { top: used }), {
    x: { title: 'digits taken for strangers', from: 0, to: 1, format: percent },
    y: { title: 'strangers found', from: 0, to: 1, format: percent },
  }, look, false);
  paintValues(context, plot, [0, 1], [0, 1], { colour: colours.line, dash: [3, 4], width: 1.5 });
  if (unsure) paintValues(context, plot, unsure.falseAlarms, unsure.found, { colour: colours.side, dash: [5, 4], width: 2 });
  paintValues(context, plot, surprise.falseAlarms, surprise.found, { colour: colours.up, dash: [], width: 2.4 });
} // prettier-ignore
