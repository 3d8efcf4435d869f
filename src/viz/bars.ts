import { scaleLinear, scaleSymlog } from 'd3';
import type { Surface } from './canvas.ts';
import { formatNumber } from './scales.ts';
import type { PlotArea } from './timeline.ts';

/** Counts of neurons in bins of activity, as `activityHistogram` makes them. */
export interface Histogram {
  readonly silent: number;
  readonly counts: readonly number[];
  readonly width: number;
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
  const ticks = [0, 1, 10, 100, 1000, 10000].filter((tick) => tick <= most);
  return ticks.length > 1 ? ticks : [0, 1];
}

/** The bar of the silent neurons takes this many bins' room, and a gap of one follows. */
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
  const all = [histogram, ...(other ? [other] : [])];
  const most = Math.max(1, ...all.flatMap((one) => [one.silent, ...one.counts]));
  const y = scaleSymlog([0, most], [area.bottom, area.top]).constant(1);
  const bin = (area.right - area.left) / (counts.length + SILENT_BINS + GAP_BINS);
  const first = area.left + (SILENT_BINS + GAP_BINS) * bin;
  const x = scaleLinear([0, counts.length * width], [first, area.right]);
  context.font = `${style.fontSize}px ${style.font}`;
  context.textAlign = 'right';
  context.textBaseline = 'middle';
  for (const tick of countTicks(most)) {
    context.fillStyle = style.line;
    context.fillRect(area.left, Math.round(y(tick)), area.right - area.left, 1);
    context.fillStyle = style.soft;
    context.fillText(String(tick), area.left - 5, y(tick));
  }
  const bar = (left: number, wide: number, count: number, colour: string) => {
    if (count === 0) return;
    context.fillStyle = colour;
    context.fillRect(left, y(count), wide, area.bottom - y(count));
  };
  bar(area.left + 1, SILENT_BINS * bin - 2, histogram.silent, style.silent);
  counts.forEach((count, i) => bar(first + i * bin, Math.max(1, bin - 1), count, style.active));
  if (other) {
    context.fillStyle = style.other;
    context.fillRect(area.left + 1, y(other.silent) - 1, SILENT_BINS * bin - 2, 2);
    other.counts.forEach((count, i) => {
      if (count > 0) context.fillRect(first + i * bin, y(count) - 1, Math.max(1, bin - 1), 2);
    });
  }
  context.fillStyle = style.soft;
  context.textBaseline = 'top';
  context.textAlign = 'center';
  context.fillText(style.silentName, area.left + (SILENT_BINS * bin) / 2, area.bottom + 4);
  for (const tick of x.ticks(3)) {
    if (tick === 0) continue;
    context.textAlign = x(tick) > area.right - 14 ? 'right' : 'center';
    context.fillText(formatNumber(tick, 2), x(tick), area.bottom + 4);
  }
}

/** The share of active neurons of one layer, and what it is compared with. */
export interface Share {
  readonly now: number;
  readonly without: number | null;
  readonly paper: number | null;
  readonly colour: string;
}

/**
 * Paints shares as bars from 0 to 1, a row for each layer: as it is, below it without competition (hollow), and a mark where the paper
 * stands. Rows have equal heights, so that labels can stand beside them.
 */
export function paintShares(
  { context, width, height }: Surface,
  shares: readonly Share[],
  style: { readonly ink: string; readonly line: string; readonly panel: string },
): void {
  const x = scaleLinear([0, 1], [0, width - 2]);
  const row = height / Math.max(1, shares.length);
  for (const tick of [0, 0.25, 0.5, 0.75, 1]) {
    context.fillStyle = style.line;
    context.fillRect(Math.round(x(tick)), 0, 1, height);
  }
  shares.forEach(({ now, without, paper, colour }, i) => {
    const top = i * row + row * 0.16;
    const bar = row * 0.32;
    context.fillStyle = colour;
    context.fillRect(0, top, x(now), bar);
    if (without !== null) {
      const below = top + bar + row * 0.04;
      context.fillRect(0, below, x(without), bar);
      context.fillStyle = style.panel;
      context.fillRect(1.5, below + 1.5, Math.max(0, x(without) - 3), bar - 3);
    }
    if (paper !== null) {
      context.fillStyle = style.ink;
      context.fillRect(x(paper) - 1, top - row * 0.08, 2, row * (without === null ? 0.48 : 0.84));
    }
  });
}
