import { ACTIVE } from '../engine/constants.ts';
import { bin, range, scaleLinear, scaleSymlog } from 'd3';
import type { PlotArea } from './axis.ts';
import { paintAxis } from './axis.ts';
import type { Surface } from './canvas.ts';
import { formatNumber, largest } from './scales.ts';
import { hatchUnknown } from './unknown.ts';

/** How activity is spread over the neurons of a layer. */
export interface Histogram {
  /** Neurons that are not active (φ ≤ 1e-6, negative ones of tanh included). */
  readonly silent: number;
  /** Active neurons by activity: bin i holds those from i to i + 1 widths, the last one also all above. */
  readonly counts: readonly number[];
  readonly width: number;
  /** Neurons whose activity is not a finite number. */
  readonly unknown: number;
}

/** Sorts activities into `bins` bins from 0 to `most` (their largest, if not given). */
export function activityHistogram(
  activity: ArrayLike<number>,
  bins: number,
  most = largest(activity),
): Histogram {
  const finite = Array.from(activity).filter(Number.isFinite);
  const active = finite.filter((value) => value > ACTIVE);
  const width = most > 0 ? most / bins : 1;
  const edges = range(1, bins).map((i) => i * width);
  const counts = bin().domain([0, Infinity]).thresholds(edges)(active);
  return {
    silent: finite.length - active.length,
    counts: counts.map(({ length }) => length),
    width,
    unknown: activity.length - finite.length,
  };
}

export interface HistogramStyle {
  readonly soft: string;
  readonly line: string;
  readonly font: string;
  readonly fontSize: number;
  /** Of the silent neurons' bar, the active ones', and the outline of the other histogram. */
  readonly silent: string;
  readonly active: string;
  readonly other: string;
  /** Under the bar of the silent neurons. */
  readonly silentName: string;
}

/** Heights of the count axis: round numbers that a logarithm spaces evenly. */
export function countTicks(most: number): number[] {
  return [0, ...range(5).map((power) => 10 ** power)].filter((tick) => tick <= Math.max(1, most));
}

/** The bar of the silent neurons takes this many bins' room; in the gap that follows, stripes count what is not finite. */
const SILENT_BINS = 2.4;
const GAP_BINS = 0.8;

/**
 * Paints a histogram with logarithmic counts (0 at the bottom): the silent neurons at the left, the active ones by activity. Another one
 * of the same bins can lie over it as an outline.
 */
export function paintHistogram(
  { context }: Surface,
  area: PlotArea,
  histogram: Histogram,
  other: Histogram | null,
  style: HistogramStyle,
): void {
  const { counts, width } = histogram;
  const unknown = Math.max(histogram.unknown, other?.unknown ?? 0);
  const all = [histogram, ...(other ? [other] : [])];
  const most = Math.max(1, unknown, ...all.flatMap((one) => [one.silent, ...one.counts]));
  const y = scaleSymlog([0, most], [area.bottom, area.top]).constant(1);
  const pitch = (area.right - area.left) / (counts.length + SILENT_BINS + GAP_BINS);
  const first = area.left + (SILENT_BINS + GAP_BINS) * pitch;
  const x = scaleLinear([0, counts.length * width], [first, area.right]);
  context.font = `${style.fontSize}px ${style.font}`;
  const ticks = countTicks(most);
  paintAxis(context, area, { side: 'left', scale: y, lines: ticks, ticks, gap: 5 }, style);
  const bar = (left: number, wide: number, count: number, colour: string) => {
    if (count === 0) return;
    context.fillStyle = colour;
    context.fillRect(left, y(count), wide, area.bottom - y(count));
  };
  bar(area.left + 1, SILENT_BINS * pitch - 2, histogram.silent, style.silent);
  const gap = GAP_BINS * pitch;
  if (unknown > 0)
    hatchUnknown(context, {
      x: first - gap,
      y: y(unknown),
      width: gap,
      height: area.bottom - y(unknown),
    });
  const barWidth = Math.max(1, pitch - 1);
  counts.forEach((count, i) => bar(x(i * width), barWidth, count, style.active));
  if (other) {
    context.fillStyle = style.other;
    context.fillRect(area.left + 1, y(other.silent) - 1, SILENT_BINS * pitch - 2, 2);
    other.counts.forEach((count, i) => {
      if (count > 0) context.fillRect(x(i * width), y(count) - 1, barWidth, 2);
    });
  }
  context.fillStyle = style.soft;
  context.textBaseline = 'top';
  context.textAlign = 'center';
  context.fillText(style.silentName, area.left + (SILENT_BINS * pitch) / 2, area.bottom + 4);
  paintAxis(
    context,
    area,
    {
      side: 'bottom',
      scale: x,
      ticks: x.ticks(3).filter((tick) => tick !== 0),
      format: (tick) => formatNumber(tick, 2),
      place: (at) => ({ align: at > area.right - 14 ? 'right' : 'center' }),
    },
    style,
  );
}
