import { area as areaOf, extent } from 'd3';
import type { TrackedDotShown } from '../../exhibits/list/trackedDot.ts';
import type { Box } from '../columns.ts';
import { paintDot } from '../lines.ts';
import type { ExhibitLook, ExhibitPicture } from './exhibitPicture.ts';
import { inset, panes } from './panes.ts';
import type { Plot } from './plot.ts';
import { paintPlot, paintValues } from './plot.ts';
import { paintKeys, write } from './words.ts';

type Context = CanvasRenderingContext2D;

/** Measurements across the plot, of which the latest has room to its right. */
const SPAN = 84;
/** The plot spans at least so many units of position, and shows estimates that are farther off at its edge. */
const LEAST_SPAN = 8;
const MOST_AROUND = 30;

const boxes = (size: Parameters<typeof panes>[0]) => panes(size, [5, 2], 24) as [Box, Box];

/** The positions that are on show: those of the dot and its measurements, and of estimates that are not lost. */
function positions({ truth, measured, settled }: TrackedDotShown): readonly [number, number] {
  const [low = 0, high = 0] = extent([...truth, ...measured]);
  const near = settled.filter((at) => at > low - MOST_AROUND && at < high + MOST_AROUND);
  const [least = 0, most = 0] = extent([low, high, ...near]);
  const room = Math.max(0, LEAST_SPAN - (most - least)) / 2 + 0.06 * (most - least);
  return [least - room, most + room];
}

const axesOf = (shown: TrackedDotShown) => {
  const [from, to] = positions(shown);
  return {
    x: { title: 'time, in measurements', from: shown.from + 1, to: shown.from + SPAN },
    y: { title: 'position', from, to },
  };
};

const courseBox = (box: Box, type: number) => inset(box, { top: 3 * type });

function paintCourse(
  context: Context,
  box: Box,
  shown: TrackedDotShown,
  look: ExhibitLook,
  { lit, isSmall }: { readonly lit: string | null; readonly isSmall: boolean },
): void {
  const { colours } = look;
  const plot = paintPlot(context, box, axesOf(shown), look, isSmall);
  const time = Float32Array.from(shown.truth, (_, i) => shown.from + 1 + i);
  paintBand(context, plot, time, shown, colours.state);
  context.fillStyle = colours.up;
  context.globalAlpha = lit === null || lit === 'measured' ? 0.8 : 0.25;
  shown.measured.forEach(
    (y, i) =>
    paintDot(context, [plot.x(time[i]!), plot.y(y)], colours.up, isSmall ? 1.4 : lit === 'measured' ? 3.6 : 2.4, plot.area.top), // prettier-ignore
  );
  context.globalAlpha = 1;
  const line = (values: Float32Array, colour: string, width: number, dash: readonly number[] = []) => paintValues(context, plot, time, values, { colour, width, dash }); // prettier-ignore
  line(shown.truth, colours.ink, isSmall ? 1.2 : 1.6);
  line(shown.exact, colours.state, 2, [7, 4]);
  line(shown.settled, colours.down, lit === 'settled' ? 4 : 2.2);
  const last = shown.truth.length - 1;
  if (last < 0) return;
  const now = [plot.x(time[last]!), plot.y(shown.truth[last]!)] as const;
  paintDot(context, now, colours.ink, isSmall ? 3 : shown.isHeld ? 9 : 7, plot.area.top);
}

/** Two standard deviations of the exact filter to each side: the dot is within nineteen times of twenty. */
function paintBand(
  context: Context,
  { x, y, area }: Plot,
  time: Float32Array,
  { exact, exactWidth }: TrackedDotShown,
  colour: string,
): void {
  const within = (value: number) => Math.min(area.bottom, Math.max(area.top, y(value)));
  const shape = areaOf<number>()
    .x((i) => x(time[i]!))
    .y0((i) => within(exact[i]! - 2 * exactWidth[i]!))
    .y1((i) => within(exact[i]! + 2 * exactWidth[i]!))
    .context(context);
  context.fillStyle = colour;
  context.globalAlpha = 0.16;
  context.beginPath();
  shape(Array.from(time, (_, i) => i));
  context.fill();
  context.globalAlpha = 1;
}

/** Bars of the three errors, on one axis. */
function paintErrors(
  context: Context,
  box: Box,
  { errors }: TrackedDotShown,
  look: ExhibitLook,
): void {
  const { colours, type } = look;
  const rows = [
    { name: 'measured', value: errors.measured, colour: colours.up },
    { name: 'Kalman filter', value: errors.exact, colour: colours.state },
    { name: 'settled network', value: errors.settled, colour: colours.down },
  ];
  write(context, look, 'error so far (root mean square)', [box.x, box.y + type], { colour: colours.soft }); // prettier-ignore
  const most = 2 * Math.max(0.5, Number.isFinite(errors.measured) ? errors.measured : 1);
  const height = Math.min(4 * type, (box.height - 2 * type) / rows.length);
  rows.forEach(({ name, value, colour }, i) => {
    const top = box.y + 2 * type + i * height;
    const isKnown = Number.isFinite(value);
    const words = `${name} ${isKnown ? value.toFixed(2) : '–'}`;
    write(context, look, words, [box.x, top + type * 0.9], { colour: colours.ink });
    context.fillStyle = colours.faint;
    context.fillRect(box.x, top + 1.25 * type, box.width, height * 0.3);
    context.fillStyle = colour;
    const share = isKnown ? Math.min(1, value / most) : 0;
    context.fillRect(box.x, top + 1.25 * type, share * box.width, height * 0.3);
  });
}

/** How the network settled on the last measurement: its estimate of the position after each step. */
function paintSettling(
  context: Context,
  box: Box,
  { settling, exact }: TrackedDotShown,
  look: ExhibitLook,
): void {
  const target = exact.at(-1);
  if (target === undefined) return;
  const { colours } = look;
  const [low = 0, high = 0] = extent([...settling, target]);
  const room = Math.max(0.25, 0.15 * (high - low));
  const steps = Float32Array.from(settling, (_, n) => n);
  const plot = paintPlot(
    context,
    box,
    {
      x: { title: 'steps on the last measurement', from: 0, to: Math.max(1, settling.length - 1) },
      y: { title: 'estimate of the position', from: low - room, to: high + room },
    },
    look,
    false,
  );
  paintValues(context, plot, [0, settling.length], [target, target], { colour: colours.state, dash: [7, 4], width: 2 }); // prettier-ignore
  paintValues(context, plot, steps, settling, { colour: colours.down, dash: [], width: 2.2 });
}

export const trackedDotPicture: ExhibitPicture<TrackedDotShown> = {
  paint(surface, shown, { look, lit, isSmall }) {
    const { context } = surface;
    if (isSmall)
      return paintCourse(context, { x: 0, y: 0, ...surface }, shown, look, { lit, isSmall });
    const [course, errors] = boxes(surface);
    const { colours } = look;
    paintKeys(context, look, [
      { name: 'the dot', colour: colours.ink },
      { name: 'measured', colour: colours.up, isArea: true },
      { name: 'Kalman filter ±2σ', colour: colours.state, dash: [7, 4] },
      { name: 'settled network', colour: colours.down },
    ], [course.x, course.y], course.width); // prettier-ignore
    paintCourse(context, courseBox(course, look.type), shown, look, { lit, isSmall });
    paintErrors(context, errors, shown, look);
    const below = inset(errors, { top: 16 * look.type });
    if (below.height > 12 * look.type) paintSettling(context, below, shown, look);
  },
  grab(at, size, shown) {
    const [box] = boxes(size);
    const { x, y, width, height } = courseBox(box, size.type);
    if (at.x < x || at.x > x + width || at.y < y || at.y > y + height) return null;
    const [low, high] = positions(shown);
    // The scale stays that of the moment in which it is taken hold of.
    const [top, bottom] = [y + 1.8 * size.type, y + height - 3.2 * size.type];
    const value = (place: number) => high - ((place - top) / (bottom - top)) * (high - low);
    return {
      cursor: 'ns-resize',
      move: (to) => ({ kind: 'act', act: { name: 'hold', values: [value(to.y)] } }),
      drop: () => ({ kind: 'act', act: { name: 'release', values: [] } }),
    };
  },
  describe: ({ errors, truth }) =>
    truth.length === 0
      ? 'A dot that has not been measured yet.'
      : `A dot and two filters that follow it: the measurements are off by ${errors.measured.toFixed(2)}, the Kalman filter by ${errors.exact.toFixed(2)}, the settled network by ${errors.settled.toFixed(2)}.`,
};
