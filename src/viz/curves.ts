import { bisector, line, max, scaleLinear } from 'd3';
import type { HistoryPoint } from '../protocol/messages.ts';
import type { Surface } from './canvas.ts';
import type { PlotArea } from './timeline.ts';

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

/** The value axis of a chart: around what there is, from zero where that is near. */
export function chartDomain(
  points: readonly HistoryPoint[],
  series: readonly Series[],
): readonly [number, number] {
  let low = Infinity;
  let high = -Infinity;
  for (const point of points)
    for (const one of series) {
      const value = one.value(point);
      if (value === null || value === undefined || !Number.isFinite(value)) continue;
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
  if (low > high) return [0, 1];
  if (low >= 0 && low < 0.6 * high) low = 0;
  if (high <= 0 && high > 0.6 * low) high = 0;
  return low === high ? [low - 1, high + 1] : [low, high];
}

/** Draws at most this many points: more cannot be told apart on screen. */
const MOST_POINTS = 600;

/** Every n-th point and the last one, so that painting costs the same however long training runs. */
export function thinned<T>(points: readonly T[], most = MOST_POINTS): readonly T[] {
  if (points.length <= most) return points;
  const every = Math.ceil(points.length / most);
  return points.filter((_, i) => i % every === 0 || i === points.length - 1);
}

const byImages = bisector((point: HistoryPoint) => point.imagesSeen);

/** The point nearest to a position in the plot, for reading values off; null if there are none. */
export function pointAt(points: readonly HistoryPoint[], x: number, area: PlotArea): number | null {
  const last = points.at(-1);
  if (last === undefined) return null;
  const scale = scaleLinear([area.left, area.right], [0, Math.max(1, last.imagesSeen)]);
  return byImages.center(points, scale(x));
}

/** Paints one chart; `cursor` is the index of the point whose values are read off. */
export function paintChart(
  { context, width }: Surface,
  area: PlotArea,
  points: readonly HistoryPoint[],
  series: readonly Series[],
  cursor: number | null,
  style: ChartStyle,
): void {
  const x = scaleLinear(
    [0, Math.max(1, max(points, (p) => p.imagesSeen) ?? 1)],
    [area.left, area.right],
  );
  const y = scaleLinear(chartDomain(points, series), [area.bottom, area.top]).nice(4);
  context.font = `${style.fontSize}px ${style.font}`;
  context.textBaseline = 'middle';
  context.textAlign = 'right';
  const format = y.tickFormat(4);
  for (const tick of y.ticks(4)) {
    context.fillStyle = style.line;
    context.fillRect(area.left, Math.round(y(tick)), area.right - area.left, 1);
    context.fillStyle = style.soft;
    context.fillText(format(tick), area.left - 5, y(tick));
  }
  context.textBaseline = 'top';
  const images = x.ticks(Math.max(2, Math.floor((area.right - area.left) / 80)));
  for (const tick of images) {
    context.textAlign = tick === 0 ? 'left' : x(tick) > width - 26 ? 'right' : 'center';
    context.fillText(tick >= 1000 ? `${tick / 1000}k` : String(tick), x(tick), area.bottom + 4);
  }
  context.lineWidth = 1.8;
  context.lineJoin = 'round';
  for (const one of series) {
    // Thinned after the choice: test values are few, and each counts.
    const known = thinned(points.filter((p) => Number.isFinite(one.value(p) ?? NaN)));
    context.strokeStyle = one.colour;
    context.setLineDash([...one.dash]);
    context.beginPath();
    line<HistoryPoint>(
      (p) => x(p.imagesSeen),
      (p) => y(one.value(p) ?? 0),
    ).context(context)(known);
    context.stroke();
    context.setLineDash([]);
    const only = known.length === 1 ? known[0] : undefined;
    if (only !== undefined) dot(context, x(only.imagesSeen), y(one.value(only) ?? 0), one.colour);
  }
  const at = cursor === null ? undefined : points[cursor];
  if (at === undefined) return;
  context.fillStyle = style.ink;
  context.globalAlpha = 0.4;
  context.fillRect(Math.round(x(at.imagesSeen)), area.top, 1, area.bottom - area.top);
  context.globalAlpha = 1;
  for (const one of series) {
    const value = one.value(at);
    if (value !== null && value !== undefined && Number.isFinite(value))
      dot(context, x(at.imagesSeen), y(value), one.colour);
  }
}

function dot(context: CanvasRenderingContext2D, x: number, y: number, colour: string): void {
  context.fillStyle = colour;
  context.beginPath();
  context.arc(x, y, 3.2, 0, 2 * Math.PI);
  context.fill();
}
