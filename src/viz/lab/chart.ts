import type { ScaleContinuousNumeric } from 'd3';
import { area, extent, format, line, scaleLinear, scaleLog } from 'd3';
import type { Layer } from '../../experiments/layers.ts';
import type { FigureLook } from './look.ts';
import type { SvgNode } from './svg.ts';
import { svg } from './svg.ts';

/** A value along a line, with the spread over seeds where there are several. */
export interface ChartPoint {
  readonly x: number;
  readonly y: number;
  readonly deviation: number | null;
  /** What stands in the note of its dot. */
  readonly note: string;
}

export interface ChartSeries {
  readonly name: string;
  readonly colour: string;
  /** What is claimed are rings without a line; ours are dots; the reader's own diamonds, on a thicker line. */
  readonly by: Layer;
  readonly points: readonly ChartPoint[];
}

export interface ChartAxis {
  readonly title: string;
  readonly log: boolean;
}

export interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

const MARGIN = { left: 46, right: 12, top: 24, bottom: 38 };

type Scale = ScaleContinuousNumeric<number, number>;

function scaleOf({ log }: ChartAxis, values: readonly number[], range: [number, number]): Scale {
  const [low = 1, high = 1] = extent(values);
  if (log && low > 0) return scaleLog([low / 1.15, high * 1.15], range);
  const room = (high - low || Math.abs(high) || 1) * 0.06;
  // What is never below nothing has an axis that is not either.
  return scaleLinear([low >= 0 ? Math.max(0, low - room) : low - room, high + room], range).nice(5);
}

/** Lines with bands (mean ± spread) and marks over two axes; what is not finite is left out. */
export function chart(
  box: Box,
  x: ChartAxis,
  y: ChartAxis,
  series: readonly ChartSeries[],
  look: FigureLook,
): SvgNode {
  const finite = series.map((one) => ({
    ...one,
    points: one.points.filter((p) => Number.isFinite(p.x) && Number.isFinite(p.y)),
  }));
  const points = finite.flatMap((one) => one.points);
  const right = box.width - MARGIN.right;
  const bottom = box.height - MARGIN.bottom;
  const toX = scaleOf(x, points.map((p) => p.x), [MARGIN.left, right]); // prettier-ignore
  const spans = points.flatMap((p) => [p.y - (p.deviation ?? 0), p.y + (p.deviation ?? 0)]);
  const toY = scaleOf(y, spans, [bottom, MARGIN.top]);
  return svg(
    'g',
    { transform: `translate(${box.left},${box.top})` },
    ...axes({ x, y, toX, toY, right, bottom }, look),
    ...finite.flatMap((one) => drawn(one, toX, toY)),
  );
}

interface Axes {
  readonly x: ChartAxis;
  readonly y: ChartAxis;
  readonly toX: Scale;
  readonly toY: Scale;
  readonly right: number;
  readonly bottom: number;
}

/** So many pixels a number at a tick wants at least. */
const TICK_ROOM = 64;

/** 40,000 as 40k: numbers of images, and seconds, in little room. */
const shortNumber = format('~s');

function axes({ x, y, toX, toY, right, bottom }: Axes, { line: rule, soft, ink }: FigureLook) {
  const across = toY.ticks(5).flatMap((tick) => [
    svg('line', { x1: MARGIN.left, x2: right, y1: toY(tick), y2: toY(tick), stroke: rule }),
    svg('text', { x: MARGIN.left - 6, y: toY(tick) + 4, 'text-anchor': 'end', fill: soft }, toY.tickFormat(5)(tick)), // prettier-ignore
  ]);
  // Log axes leave out the text of ticks that would be too close.
  const written = toX.tickFormat(5);
  const said = (tick: number) => (written(tick) === '' ? '' : shortNumber(tick));
  const ticks = toX.ticks(Math.min(5, (right - MARGIN.left) / TICK_ROOM));
  // About one point alone a log axis may have none.
  const worded = ticks.some((tick) => said(tick) !== '') ? said : shortNumber;
  const along = ticks.flatMap((tick) => {
    const text = worded(tick);
    if (text === '') return [];
    return [
      svg('line', { x1: toX(tick), x2: toX(tick), y1: bottom, y2: bottom + 4, stroke: soft }),
      svg(
        'text',
        {
          x: toX(tick),
          y: bottom + 17,
          'text-anchor': toX(tick) > right - 12 ? 'end' : 'middle',
          fill: soft,
        },
        text,
      ),
    ];
  });
  return [
    ...across,
    ...along,
    svg('text', { x: 4, y: 12, fill: ink, 'font-weight': 600 }, y.title),
    svg('text', { x: right, y: bottom + 33, 'text-anchor': 'end', fill: soft }, `${x.title} →`),
  ];
}

function drawn({ name, colour, by, points }: ChartSeries, toX: Scale, toY: Scale): SvgNode[] {
  const sorted = [...points].sort((a, b) => a.x - b.x);
  const at = (p: ChartPoint) => toX(p.x);
  const path = line(at, (p: ChartPoint) => toY(p.y))(sorted);
  const spread = area(
    at,
    (p: ChartPoint) => toY(p.y - (p.deviation ?? 0)),
    (p: ChartPoint) => toY(p.y + (p.deviation ?? 0)),
  )(sorted);
  const few = sorted.length <= 40;
  const band = sorted.some((p) => p.deviation !== null);
  return [
    ...(band && spread !== null ? [svg('path', { d: spread, fill: colour, opacity: 0.15 })] : []),
    ...(path === null || by === 'paper' ? [] : [svg('path', { d: path, fill: 'none', stroke: colour, 'stroke-width': by === 'own' ? 2.6 : 1.6 })]), // prettier-ignore
    ...(few ? sorted : []).map((p) => mark(toX(p.x), toY(p.y), by, colour, `${name}: ${p.note}`)),
  ];
}

/** A ring, a dot or a diamond with a note. */
export function mark(x: number, y: number, by: Layer, fill: string, note: string): SvgNode {
  const title = svg('title', {}, note);
  if (by === 'paper') return svg('circle', { cx: x, cy: y, r: 5.5, fill: 'none', stroke: fill, 'stroke-width': 1.4 }, title); // prettier-ignore
  if (by === 'shipped') return svg('circle', { cx: x, cy: y, r: 3.6, fill }, title);
  return svg('path', { d: `M${x} ${y - 5.5}l5.5 5.5-5.5 5.5-5.5-5.5z`, fill }, title);
}

/** About how wide a name is in the figures' type (pixels at size 12), which need no document to be drawn. */
function widthOf(name: string): number {
  const wide = (sign: string) => (/[A-ZΣ]/.test(sign) ? 8.2 : /[a-z\d–−-]/.test(sign) ? 6.5 : 3.6);
  return Array.from(name).reduce((sum, sign) => sum + wide(sign), 0);
}

/** What the lines are, in rows as wide as the picture. Answers how high it is. */
export function key(
  series: readonly Pick<ChartSeries, 'name' | 'colour' | 'by'>[],
  width: number,
  look: FigureLook,
): { readonly node: SvgNode; readonly height: number } {
  let [left, row] = [8, 0];
  const entries = series.map(({ name, colour, by }) => {
    const wide = 38 + widthOf(name);
    if (left + wide > width && left > 8) [left, row] = [8, row + 1];
    const y = 12 + 18 * row;
    const entry = svg(
      'g',
      {},
      mark(left + 6, y, by, colour, name),
      svg('text', { x: left + 16, y: y + 4, fill: look.ink }, name),
    );
    left += wide;
    return entry;
  });
  return { node: svg('g', {}, ...entries), height: 24 + 18 * row };
}
