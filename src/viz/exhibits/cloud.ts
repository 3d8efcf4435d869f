import { bin, scaleLinear } from 'd3';
import type { Values } from '../../exhibits/exhibit.ts';
import type { CloudShown, Curve } from '../../exhibits/list/cloud.ts';
import { CLOUD_AXES } from '../../exhibits/list/cloud.ts';
import { isOn, numberOf } from '../../exhibits/values.ts';
import type { Surface } from '../canvas.ts';
import type { Box } from '../columns.ts';
import type { LineStyle } from '../lines.ts';
import { formatNumber } from '../scales.ts';
import type { ExhibitLook, ExhibitPicture, PictureSize } from './exhibitPicture.ts';
import { columnsOf, inset, isWide, panes, rowsOf } from './panes.ts';
import type { Plot } from './plot.ts';
import { paintPlot, paintValues } from './plot.ts';
import { paintKeys, write } from './words.ts';

const { causes: CAUSES, numbers: NUMBERS, rates: RATES } = CLOUD_AXES;
const BARS = 60;

function layout({ width, height, type }: PictureSize) {
  const wide = isWide({ width, height });
  const [main, side] = panes({ width, height }, wide ? [1.5, 1] : [1.2, 1], 1.2 * type) as [Box, Box]; // prettier-ignore
  const [upper, lower] = (wide ? rowsOf(side, [1, 1], type) : columnsOf(side, [1, 1], type)) as [Box, Box]; // prettier-ignore
  const [belief = main, numbers = main] = rowsOf(main, [1, 0], 3.6 * type);
  return { belief: { ...belief, height: main.height - 3.6 * type }, numbers: { ...numbers, y: main.y + main.height - 3.2 * type, height: 3.2 * type }, upper, lower, type };
} // prettier-ignore

/** Where a number lies on the line of numbers that are seen. */
const numberScale = ({ x, width }: Box, type: number) =>
  scaleLinear([...NUMBERS], [x + 3.4 * type, x + width - type]);

export const cloudPicture: ExhibitPicture<CloudShown> = {
  paint(surface, shown, { look, values, lit, isSmall }) {
    if (isSmall) return paintBelief(surface, shown, look, { x: 0, y: 0, ...surface }, lit, true);
    const { belief, numbers, upper, lower } = layout({ ...surface, type: look.type });
    paintBelief(surface, shown, look, belief, lit, false);
    paintNumbers(surface, shown, look, numbers);
    paintVariance(surface, shown, look, upper, values, lit);
    if (isOn(values, 'learn') && shown.course.length > 1) paintLearnt(surface, shown, look, lower);
    else paintNumbersDensity(surface, shown, look, lower);
  }, // prettier-ignore
  grab(at, size) {
    const { numbers, type } = layout(size);
    if (at.y < numbers.y - 6 || at.x > numbers.x + numbers.width) return null;
    const scale = numberScale(numbers, type);
    return {
      cursor: 'ew-resize',
      move: (to) => ({
        kind: 'values',
        values: { seen: Math.round(10 * Math.min(8, Math.max(-6, scale.invert(to.x)))) / 10 },
      }),
    };
  },
  describe: ({ cloud, cloudVariance, variance, mean, seen }) =>
    `${cloud.length} chains that explain the number ${seen}: their variance is ${formatNumber(cloudVariance)}; the exact belief is about ${formatNumber(mean)} with variance ${formatNumber(variance)}.`,
};

/** The cloud as dots and as a heap, over the exact belief. */
function paintBelief({ context }: Surface, shown: CloudShown, look: ExhibitLook, box: Box, lit: string | null, isSmall: boolean): void {
  const { colours } = look;
  const keys = [
    { name: 'chains', colour: colours.state, isArea: true },
    { name: 'exact belief', colour: colours.down },
  ];
  const used = isSmall ? 0 : paintKeys(context, look, keys, [box.x, box.y], box.width);
  const most = 1.35 * Math.max(...shown.belief.values);
  const plot = paintPlot(context, inset(box, { top: used }), {
    x: { title: 'what caused it, z', from: CAUSES[0], to: CAUSES[1] },
    y: { title: 'density', from: 0, to: most },
  }, look, isSmall);
  const width = (CAUSES[1] - CAUSES[0]) / BARS;
  const bars = bin().domain([...CAUSES]).thresholds(Array.from({ length: BARS - 1 }, (_, i) => CAUSES[0] + (i + 1) * width))(Array.from(shown.cloud));
  context.fillStyle = colours.state;
  context.globalAlpha = lit === 'cloud' ? 0.75 : 0.35;
  for (const { x0 = 0, x1 = 0, length } of bars) {
    const top = plot.y(Math.min(most, length / shown.cloud.length / width));
    context.fillRect(plot.x(x0) + 0.5, top, plot.x(x1) - plot.x(x0) - 1, plot.area.bottom - top);
  }
  paintDots(context, shown, look, plot, isSmall);
  paintCurve(context, plot, shown.belief, { colour: colours.down, dash: [], width: lit === 'belief' ? 4 : 2.4 });
} // prettier-ignore

const paintCurve = (
  context: CanvasRenderingContext2D,
  plot: Plot,
  { at, values }: Curve,
  style: LineStyle,
) => paintValues(context, plot, at, values, style);

/** A dot a chain, each at a height of its own, so that they do not lie on one another. */
function paintDots(context: CanvasRenderingContext2D, { cloud }: CloudShown, { colours }: ExhibitLook, { area, x }: Plot, isSmall: boolean): void {
  context.fillStyle = colours.state;
  context.globalAlpha = 0.8;
  const room = (area.bottom - area.top) * 0.3;
  cloud.forEach((z, i) => {
    const at = x(z);
    if (at < area.left || at > area.right) return;
    const height = ((i * 0.618034) % 1) * room;
    context.beginPath();
    context.arc(at, area.bottom - 3 - height, isSmall ? 1.2 : 2, 0, 2 * Math.PI);
    context.fill();
  });
  context.globalAlpha = 1;
} // prettier-ignore

/** The line of numbers, with the one that is seen as a handle. */
function paintNumbers({ context }: Surface, { seen, w, b }: CloudShown, look: ExhibitLook, box: Box): void {
  const { colours, type } = look;
  const scale = numberScale(box, type);
  const middle = box.y + 0.9 * type;
  context.fillStyle = colours.line;
  context.fillRect(scale(NUMBERS[0]), middle - 1, scale(NUMBERS[1]) - scale(NUMBERS[0]), 2);
  context.beginPath();
  context.arc(scale(seen), middle, 8, 0, 2 * Math.PI);
  context.fillStyle = colours.ink;
  context.fill();
  const words = `seen: y = ${formatNumber(seen, 2)}`;
  write(context, look, words, [Math.min(Math.max(scale(seen), scale(NUMBERS[0]) + 40), scale(NUMBERS[1]) - 40), middle + 1.9 * type], { colour: colours.ink, align: 'center', bold: true });
  const model = `w ${formatNumber(w, 3)}, b ${formatNumber(b, 2)}`;
  if (scale(seen) < box.x + 0.6 * box.width) write(context, look, model, [box.x + box.width - type, middle + 1.9 * type], { colour: colours.soft, align: 'right' });
} // prettier-ignore

/** The variance of a cloud against the rate: theory, the bound, and where this cloud is. */
function paintVariance({ context }: Surface, shown: CloudShown, look: ExhibitLook, box: Box, values: Values, lit: string | null): void {
  const { colours } = look;
  const [temperature, rate] = [numberOf(values, 'temperature'), numberOf(values, 'rate')];
  const { curvature, bound, cloudVariance } = shown;
  const used = paintKeys(context, look, [{ name: 'theory', colour: colours.down }, { name: 'this cloud', colour: colours.state, isArea: true }], [box.x, box.y], box.width);
  const most = Math.max(0.1, (6 * Math.max(temperature, 0.2)) / curvature);
  const plot = paintPlot(context, inset(box, { top: used }), {
    x: { title: 'rate γ', from: RATES[0], to: RATES[1] },
    y: { title: 'variance of the cloud', from: 0, to: most },
  }, look, false);
  paintCurve(context, plot, shown.theory, { colour: colours.down, dash: [], width: lit === 'variance' ? 4 : 2.2 });
  if (bound < RATES[1]) {
    paintValues(context, plot, [bound, bound], [0, most], { colour: colours.warn, dash: [4, 4], width: 1.8 });
    write(context, look, `2/λ = ${formatNumber(bound, 2)}`, [plot.x(bound) - 5, plot.area.bottom - 0.6 * look.type], { colour: colours.warn, align: 'right' });
  }
  context.fillStyle = colours.state;
  context.beginPath();
  context.arc(plot.x(rate), plot.y(Math.min(most, cloudVariance)), 5, 0, 2 * Math.PI);
  context.fill();
} // prettier-ignore

/** What the world's numbers are, and what the model believes them to be. */
function paintNumbersDensity({ context }: Surface, { world, learnt }: CloudShown, look: ExhibitLook, box: Box): void {
  const { colours } = look;
  const keys = [{ name: 'the world', colour: colours.ink, dash: [5, 4] }, { name: 'the model', colour: colours.down }];
  const used = paintKeys(context, look, keys, [box.x, box.y], box.width);
  const plot = paintPlot(context, inset(box, { top: used }), {
    x: { title: 'number y', from: NUMBERS[0], to: NUMBERS[1] },
    y: { title: 'density', from: 0, to: 0.3 },
  }, look, false);
  paintCurve(context, plot, learnt, { colour: colours.down, dash: [], width: 2.4 });
  paintCurve(context, plot, world, { colour: colours.ink, dash: [5, 4], width: 1.8 });
} // prettier-ignore

/** The same while it learns, with w over the updates. */
function paintLearnt(surface: Surface, shown: CloudShown, look: ExhibitLook, box: Box): void {
  const { context } = surface;
  const { colours } = look;
  if (box.width < 20 * look.type) return paintNumbersDensity(surface, shown, look, box);
  const [left, right] = columnsOf(box, [1, 0.8], look.type) as [Box, Box];
  paintNumbersDensity(surface, shown, look, left);
  const used = paintKeys(context, look, [{ name: 'w', colour: colours.learn }], [right.x, right.y], right.width);
  const { course } = shown;
  const highest = course.reduce((most, w) => Math.max(most, w), 2.5);
  const plot = paintPlot(context, inset(right, { top: used }), {
    x: { title: 'update', from: 0, to: Math.max(100, course.length) },
    y: { title: 'w', from: 0, to: highest },
  }, look, false);
  paintValues(context, plot, [0, Math.max(100, course.length)], [2, 2], { colour: colours.line, dash: [4, 4], width: 1.5 });
  paintValues(context, plot, course.map((_, i) => i + 1), course, { colour: colours.learn, dash: [], width: 2.2 });
} // prettier-ignore
