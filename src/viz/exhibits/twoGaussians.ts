import { scaleLinear } from 'd3';
import type { Values } from '../../exhibits/exhibit.ts';
import type { TwoGaussiansShown } from '../../exhibits/list/twoGaussians.ts';
import { numberOf } from '../../exhibits/values.ts';
import { paintAxis } from '../axis.ts';
import type { Surface } from '../canvas.ts';
import type { Box } from '../columns.ts';
import type { ExhibitLook, ExhibitPicture, Grab, PictureSize, Place } from './exhibitPicture.ts';
import { areaOf, axisRoom, fontOf, inset, paintAxisTitles, rowsOf } from './panes.ts';

/** Which of both, and its controls. */
const CURVES = [
  { of: 'q', mean: 'believedMean', width: 'believedWidth', colour: 'down' },
  { of: 'p', mean: 'trueMean', width: 'trueWidth', colour: 'ink' },
] as const;
type Curve = (typeof CURVES)[number];

const MEANS = [-4, 4] as const;
const WIDTHS = [0.3, 3] as const;
/** How near (CSS pixels) a hand must come to a handle, or to the line of a curve. */
const REACH = 18;
/** Where the curves and the bars lie, and their scales. */
function layout({ width, height, type }: PictureSize, shown: TwoGaussiansShown, isSmall: boolean) {
  const all = { x: 0, y: 0, width, height };
  const [upper = all, lower = all] = rowsOf(all, isSmall ? [1, 0.001] : [2.1, 1], type);
  const room = axisRoom(type);
  const plot = isSmall ? inset(upper, { top: 6, bottom: 1 }) : inset(upper, room);
  const bars = inset(lower, { ...room, left: Math.max(room.left, 5 * type), top: 0.5 * type });
  const highest = Math.max(...shown.p, ...shown.q);
  const [from = 0, to = 1] = [shown.at[0], shown.at.at(-1)];
  const x = scaleLinear([from, to], [plot.x, plot.x + plot.width]);
  const y = scaleLinear([0, Math.max(0.6, highest)], [plot.y + plot.height, plot.y]);
  const nats = scaleLinear()
    .domain([Math.min(0, shown.entropy), Math.max(3, shown.crossEntropy)])
    .nice(5)
    .range([bars.x, bars.x + bars.width]);
  return { plot, bars, x, y, nats };
}

function paintCurve({ context }: Surface, at: Float32Array, values: Float32Array, { x, y }: ReturnType<typeof layout>, colour: string, line: number): void {
  context.beginPath();
  context.moveTo(x(at[0] ?? 0), y(0));
  at.forEach((place, i) => context.lineTo(x(place), y(values[i] ?? 0)));
  context.lineTo(x(at.at(-1) ?? 0), y(0));
  context.globalAlpha = 0.12;
  context.fillStyle = colour;
  context.fill();
  context.globalAlpha = 1;
  context.beginPath();
  at.forEach((place, i) => context.lineTo(x(place), y(values[i] ?? 0)));
  context.strokeStyle = colour;
  context.lineWidth = line;
  context.lineJoin = 'round';
  context.stroke();
} // prettier-ignore

/** How high a curve is at a place of the axis. */
function heightAt(shown: TwoGaussiansShown, { of }: Curve, place: number): number {
  const { at, [of]: values } = shown;
  const [from = 0, to = 1] = [at[0], at.at(-1)];
  return values[Math.round(((place - from) / (to - from)) * (at.length - 1))] ?? 0;
}

/** The place of the handle that makes a curve wider: one width beside its mean. */
function handleOf(curve: Curve, shown: TwoGaussiansShown, values: Values): Place {
  const x = numberOf(values, curve.mean) + numberOf(values, curve.width);
  return { x, y: heightAt(shown, curve, x) };
}

export const twoGaussiansPicture: ExhibitPicture<TwoGaussiansShown> = {
  paint(surface, shown, { look, values, lit, isSmall }) {
    const { context } = surface;
    const { colours } = look;
    const where = layout({ ...surface, type: look.type }, shown, isSmall);
    const { plot, x, y } = where;
    const area = areaOf(plot);
    context.font = fontOf(look);
    if (!isSmall) {
      paintAxis(context, area, { side: 'bottom', scale: x, ticks: x.ticks(8) }, { line: colours.line, soft: colours.soft }); // prettier-ignore
      paintAxis(context, area, { side: 'left', scale: y, lines: y.ticks(4), ticks: y.ticks(4) }, { line: colours.faint, soft: colours.soft }); // prettier-ignore
      paintAxisTitles(context, look, area, { left: 'density', bottom: 'number that is drawn' });
    }
    for (const curve of [...CURVES].reverse())
      paintCurve(surface, shown.at, shown[curve.of], where, colours[curve.colour], isSmall ? 1.75 : 2.25); // prettier-ignore
    if (isSmall) return;
    for (const curve of CURVES)
      paintHandle(context, look, curve, handleOf(curve, shown, values), where);
    paintNames(context, look, values, where);
    paintBars(context, look, shown, lit, where);
  },
  grab(at, size, shown, values) {
    return grabOf(at, layout(size, shown, false), shown, values);
  },
  describe: ({ entropy, crossEntropy, divergence }) =>
    `Two bell curves, the world p and the belief q; below, the cross entropy of ${crossEntropy.toFixed(2)} nats as the entropy of ${entropy.toFixed(2)} and the divergence of ${divergence.toFixed(2)} nats.`,
};

function paintHandle(context: CanvasRenderingContext2D, { colours }: ExhibitLook, curve: Curve, at: Place, { x, y }: ReturnType<typeof layout>): void {
  context.beginPath();
  context.arc(x(at.x), y(at.y), 6, 0, 2 * Math.PI);
  context.fillStyle = colours.panel;
  context.fill();
  context.strokeStyle = colours[curve.colour];
  context.lineWidth = 2.25;
  context.stroke();
} // prettier-ignore

/** What each curve is called, beside its peak and clear of the other's name. */
function paintNames(context: CanvasRenderingContext2D, look: ExhibitLook, values: Values, { plot, x }: ReturnType<typeof layout>): void {
  context.font = fontOf(look, 650);
  context.textBaseline = 'top';
  const isLeft = numberOf(values, 'trueMean') <= numberOf(values, 'believedMean');
  const names = { p: 'p, the world', q: 'q, the belief' };
  for (const { of, colour, mean } of CURVES) {
    const toLeft = (of === 'p') === isLeft;
    const text = names[of];
    const wide = context.measureText(text).width;
    const from = x(numberOf(values, mean)) + (toLeft ? -wide - 6 : 6);
    context.textAlign = 'left';
    context.fillStyle = look.colours[colour];
    context.fillText(text, Math.min(Math.max(from, plot.x), plot.x + plot.width - wide), plot.y);
  }
} // prettier-ignore

/** The cross entropy over what it is made of, on one axis. */
function paintBars(context: CanvasRenderingContext2D, look: ExhibitLook, shown: TwoGaussiansShown, lit: string | null, { bars, nats }: ReturnType<typeof layout>): void {
  const { colours, type } = look;
  const area = areaOf(bars);
  context.font = fontOf(look);
  paintAxis(context, area, { side: 'bottom', scale: nats, lines: nats.ticks(5), ticks: nats.ticks(5) }, { line: colours.faint, soft: colours.soft }); // prettier-ignore
  paintAxisTitles(context, look, area, { bottom: 'nats' });
  const [first = bars, second = bars] = rowsOf(bars, [1, 1], 0.7 * type);
  const { entropy, crossEntropy, divergence } = shown;
  const parts = [
    { name: 'crossEntropy', row: first, from: 0, to: crossEntropy, colour: colours.down },
    { name: 'entropy', row: second, from: 0, to: entropy, colour: colours.soft },
    { name: 'divergence', row: second, from: entropy, to: crossEntropy, colour: colours.up },
  ];
  for (const { name, row, from, to, colour } of parts) {
    const [left, right] = [nats(Math.min(from, to)), nats(Math.max(from, to))];
    // A divergence that goes back over the entropy of a narrow p lies below it, so that both are seen.
    const part = name === 'divergence' && entropy < 0 ? half(row, 1) : name === 'entropy' && entropy < 0 ? half(row, 0) : row; // prettier-ignore
    context.globalAlpha = lit === null || lit === name ? 1 : 0.25;
    context.fillStyle = colour;
    context.fillRect(left, part.y, Math.max(1, right - left), part.height);
    if (lit === name) {
      context.strokeStyle = colours.ink;
      context.lineWidth = 2;
      context.strokeRect(left, part.y, Math.max(1, right - left), part.height);
    }
  }
  context.globalAlpha = 1;
  context.fillStyle = colours.ink;
  context.textAlign = 'right';
  context.textBaseline = 'middle';
  context.fillText('H(p, q)', bars.x - 6, first.y + first.height / 2);
  context.fillText('H + KL', bars.x - 6, second.y + second.height / 2);
  paintValue(context, look, first, nats(crossEntropy), crossEntropy.toFixed(2));
  paintValue(context, look, second, nats(crossEntropy), `${entropy.toFixed(2)} + ${divergence.toFixed(2)}`); // prettier-ignore
} // prettier-ignore

const half = (row: Box, which: 0 | 1): Box => rowsOf(row, [1, 1], 0)[which] ?? row;

/** A number at the end of a bar: behind it, or within where there is no room. */
function paintValue(context: CanvasRenderingContext2D, look: ExhibitLook, row: Box, end: number, text: string): void {
  const wide = context.measureText(text).width;
  const isBehind = end + wide + 8 < row.x + row.width;
  context.font = fontOf(look, 650);
  context.textAlign = isBehind ? 'left' : 'right';
  context.fillStyle = isBehind ? look.colours.ink : look.colours.panel;
  context.fillText(text, end + (isBehind ? 6 : -6), row.y + row.height / 2);
} // prettier-ignore

const between = (value: number, [least, most]: readonly [number, number]) =>
  Math.round(Math.min(most, Math.max(least, value)) * 20) / 20;

/** A handle makes its curve wider; any other place takes the curve that is nearest along. */
function grabOf(
  at: Place,
  { x, y, plot }: ReturnType<typeof layout>,
  shown: TwoGaussiansShown,
  values: Values,
): Grab | null {
  for (const curve of CURVES) {
    const handle = handleOf(curve, shown, values);
    if (Math.hypot(at.x - x(handle.x), at.y - y(handle.y)) > REACH) continue;
    const mean = numberOf(values, curve.mean);
    return {
      cursor: 'ew-resize',
      move: (to) => ({
        kind: 'values',
        values: { [curve.width]: between(Math.abs(x.invert(to.x) - mean), WIDTHS) },
      }),
    };
  }
  if (at.y < plot.y || at.y > plot.y + plot.height) return null;
  const distance = (curve: Curve) => Math.abs(y(heightAt(shown, curve, x.invert(at.x))) - at.y);
  const [nearest] = [...CURVES].sort((a, b) => distance(a) - distance(b));
  if (!nearest) return null;
  const from = numberOf(values, nearest.mean) - x.invert(at.x);
  return {
    cursor: 'grab',
    move: (to) => ({
      kind: 'values',
      values: { [nearest.mean]: between(x.invert(to.x) + from, MEANS) },
    }),
  };
}
