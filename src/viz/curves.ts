import type { ScaleContinuousNumeric, ScaleLinear } from 'd3';
import { ascending, bisector, extent, scaleLinear, scaleLog } from 'd3';
import type { HistoryPoint, SettingChange } from '../protocol/snapshot.ts';
import type { PlotArea } from './axis.ts';
import { paintAxis } from './axis.ts';
import type { Surface } from './canvas.ts';
import type { LinePoint } from './lines.ts';
import { paintDot, paintLine, yOf } from './lines.ts';

/** One line of a chart. */
export interface Series {
  readonly name: string;
  readonly colour: string;
  readonly dash: readonly number[];
  /** Null: no value at this point; the line runs on between its neighbours. */
  value(point: HistoryPoint): number | null | undefined;
}

export interface ChartStyle {
  readonly ink: string;
  readonly soft: string;
  readonly line: string;
  readonly panel: string;
  readonly font: string;
  readonly fontSize: number;
}

/** Which part of the curves is on show, and on which scale. */
export interface ChartView {
  /** Images seen, from and to; null: the whole run. */
  readonly range: readonly [from: number, to: number] | null;
  /** Values in ratios, where all are above zero. */
  readonly log: boolean;
}

export const WHOLE_RUN: ChartView = { range: null, log: false };

/** Where a setting was changed, and its name. */
export interface Mark {
  readonly imagesSeen: number;
  readonly label: string;
}

/** Whether there is anything to draw of these series. */
export function isKnown(points: readonly HistoryPoint[], series: readonly Series[]): boolean {
  return points.some((point) => series.some((one) => isTold(one.value(point))));
}

const NONE: Mark[] = [];

/** The changes of settings as marks: a setting that moves from point to point, as by a slider, is marked where it comes to rest. */
export function marksOf(
  points: readonly HistoryPoint[],
  nameOf: (change: SettingChange) => string,
): Mark[] {
  return points.flatMap(({ imagesSeen, changes }, i) => {
    if (changes.length === 0) return NONE;
    const goesOn = (key: string) => points[i + 1]?.changes.some((later) => later.key === key);
    return changes
      .filter(({ key }) => goesOn(key) !== true)
      .map((change) => ({ imagesSeen, label: nameOf(change) }));
  });
}

/** The value axis of a chart: around what there is, from zero where that is near. What is not finite does not count. */
export function chartDomain(values: readonly number[]): readonly [number, number] {
  let [low, high] = extent(values.filter(Number.isFinite));
  if (low === undefined || high === undefined) return [0, 1];
  if (low >= 0 && low < 0.6 * high) low = 0;
  if (high <= 0 && high > 0.6 * low) high = 0;
  return low === high ? [low - 1, high + 1] : [low, high];
}

/** On a scale of ratios, the least and the largest value stand so far from the edges. */
const ROOM = 1.05;

/** Where a number of images seen lies in the plot. */
function imagesScale(
  points: readonly HistoryPoint[],
  { left, right }: PlotArea,
  { range }: ChartView,
): ScaleLinear<number, number> {
  return scaleLinear(range ?? [0, Math.max(1, points.at(-1)?.imagesSeen ?? 1)], [left, right]);
}

/** How many images had been seen at a position in the plot. */
export const imagesAt = (
  points: readonly HistoryPoint[],
  x: number,
  area: PlotArea,
  view: ChartView,
): number => imagesScale(points, area, view).invert(Math.min(area.right, Math.max(area.left, x)));

/**
 * The part of a run between two positions of the plot, for looking closer; null where they hold less than three points.
 */
export function rangeBetween(
  points: readonly HistoryPoint[],
  positions: readonly [number, number],
  area: PlotArea,
  view: ChartView,
): [number, number] | null {
  const [from, to] = positions.map((x) => imagesAt(points, x, area, view)).sort(ascending) as [number, number]; // prettier-ignore
  return pointsIn(points, [from, to]).length < 3 ? null : [from, to];
}

/** The points of a part of the run. */
function pointsIn(
  points: readonly HistoryPoint[],
  range: ChartView['range'],
): readonly HistoryPoint[] {
  if (range === null) return points;
  const [from, to] = range;
  return points.filter(({ imagesSeen }) => imagesSeen >= from && imagesSeen <= to);
}

/** Where a value lies: in ratios where that is wanted, and can be. */
function valueScale(
  values: readonly number[],
  { top, bottom }: PlotArea,
  { log }: ChartView,
): ScaleContinuousNumeric<number, number> {
  const [low = 0, high = 0] = extent(values.filter(Number.isFinite));
  if (log && low > 0 && high > low) return scaleLog([low / ROOM, high * ROOM], [bottom, top]);
  return scaleLinear(chartDomain(values), [bottom, top]).nice(4);
}

const byImages = bisector((point: HistoryPoint) => point.imagesSeen);

/** The point nearest to a position in the plot, for reading values off; null if there are none. */
export function pointAt(
  points: readonly HistoryPoint[],
  x: number,
  area: PlotArea,
  view = WHOLE_RUN,
): number | null {
  return points.length === 0 ? null : byImages.center(points, imagesAt(points, x, area, view));
}

/** The point nearest to a number of images seen; null if there are none. */
export const pointNear = (points: readonly HistoryPoint[], imagesSeen: number): number | null =>
  points.length === 0 ? null : byImages.center(points, imagesSeen);

/** The latest known value of a series at or before a point: test values come now and then. */
export function latestValue(
  points: readonly HistoryPoint[],
  index: number,
  series: Series,
): number | null {
  const point = points.findLast((one, i) => i <= index && isTold(series.value(one)));
  return (point && series.value(point)) ?? null;
}

const isTold = (value: number | null | undefined): value is number =>
  value !== null && value !== undefined;

/** Paints one chart; `cursor` is the index of the point whose values are read off; `marks` say where a setting was changed. */
export function paintChart(
  { context, width }: Surface,
  area: PlotArea,
  points: readonly HistoryPoint[],
  series: readonly Series[],
  cursor: number | null,
  style: ChartStyle,
  marks: readonly Mark[] = [],
  view = WHOLE_RUN,
): void {
  const x = imagesScale(points, area, view);
  const [first, last] = x.domain() as [number, number];
  const isVisible = (imagesSeen: number) => imagesSeen >= first && imagesSeen <= last;
  const lines = series.map((one) => ({ ...one, means: columnMeans(pointsIn(points, view.range), one, x) })); // prettier-ignore
  const y = valueScale(lines.flatMap(({ means }) => means.map(({ value }) => value)), area, view); // prettier-ignore
  context.font = `${style.fontSize}px ${style.font}`;
  const values = y.ticks(4);
  const format = y.tickFormat(4, y.domain()[0]! > 0 && view.log ? '~g' : undefined);
  paintAxis(
    context,
    area,
    { side: 'left', scale: y, lines: values, ticks: values, format, gap: 5 },
    style,
  );
  paintAxis(
    context,
    area,
    {
      side: 'bottom',
      scale: x,
      ticks: x.ticks(Math.max(2, Math.floor((area.right - area.left) / 80))),
      format: (tick) => (tick >= 1000 ? `${tick / 1000}k` : String(tick)),
      place: (at, tick) => ({
        align: tick === 0 ? 'left' : at > width - 26 ? 'right' : 'center',
      }),
    },
    style,
  );
  paintMarks(context, area, marks.filter((mark) => isVisible(mark.imagesSeen)), x, style); // prettier-ignore
  context.lineJoin = 'round';
  const markAt = area.top + 4;
  for (const { means, colour, dash } of lines) {
    const line = means.map(({ at, value }): LinePoint => [at, yOf(value, y)]);
    paintLine(context, line, { colour, dash, width: 1.8 }, markAt);
    const [only] = line;
    if (only !== undefined && line.length === 1) paintDot(context, only, colour, DOT, markAt);
  }
  const at = cursor === null ? undefined : points[cursor];
  if (at === undefined || !isVisible(at.imagesSeen)) return;
  context.fillStyle = style.ink;
  context.globalAlpha = 0.4;
  context.fillRect(Math.round(x(at.imagesSeen)), area.top, 1, area.bottom - area.top);
  context.globalAlpha = 1;
  for (const one of series)
    if (isTold(one.value(at)))
      paintDot(context, [x(at.imagesSeen), yOf(one.value(at) ?? NaN, y)], one.colour, DOT, markAt);
}

/** A vertical line with its name beside it, on the side where there is room; names that would overlap stand below each other. */
function paintMarks(
  context: CanvasRenderingContext2D,
  { left, right, top, bottom }: PlotArea,
  marks: readonly Mark[],
  x: (imagesSeen: number) => number,
  { soft, fontSize }: ChartStyle,
): void {
  context.fillStyle = soft;
  context.textBaseline = 'top';
  let row = 0;
  let taken = -Infinity;
  for (const { imagesSeen, label } of marks) {
    const at = Math.round(x(imagesSeen));
    context.fillRect(at, top, 1, bottom - top);
    const beside = at < (left + right) / 2;
    context.textAlign = beside ? 'left' : 'right';
    const { width } = context.measureText(label);
    const start = beside ? at + 4 : at - 4 - width;
    row = start < taken ? row + 1 : 0;
    taken = Math.max(taken, start + width);
    context.fillText(label, beside ? at + 4 : at - 4, top + row * fontSize * 1.2);
  }
}

const DOT = 3.2;

/** What one column of the screen shows of a series. */
interface ColumnMean {
  /** Where it lies, in CSS pixels: the mean place of its points. */
  readonly at: number;
  /** The mean of what they tell; not finite where one of them is not. */
  readonly value: number;
}

/** So wide (CSS pixels) is a column: finer than this a line only gets darker, and each step of it costs. */
const COLUMN = 1.5;

/**
 * A series as a screen can show it, in one pass over what may be thousands of points: those that fall into one column are
 * one point, their mean. A value that is not finite stands alone, so that it is marked where it is.
 */
export function columnMeans(
  points: readonly HistoryPoint[],
  { value: valueOf }: Series,
  x: (imagesSeen: number) => number,
): ColumnMean[] {
  const means: ColumnMean[] = [];
  let [column, count, at, sum] = [NaN, 0, 0, 0];
  const close = () => {
    if (count > 0) means.push({ at: at / count, value: sum / count });
    [count, at, sum] = [0, 0, 0];
  };
  for (const point of points) {
    const value = valueOf(point);
    if (!isTold(value)) continue;
    const place = x(point.imagesSeen);
    const here = Math.floor(place / COLUMN);
    if (here !== column || !Number.isFinite(value)) close();
    column = here;
    if (!Number.isFinite(value)) {
      means.push({ at: place, value });
      continue;
    }
    count++;
    at += place;
    sum += value;
  }
  close();
  return means;
}
