import { grouped } from '../../shared/grouped.ts';
import type { ChartSeries } from './chart.ts';
import { chart, key } from './chart.ts';
import type { FigureLook, Size } from './look.ts';
import type { SvgNode } from './svg.ts';
import { svgPicture } from './svg.ts';

/** A run, or several that differ in their seeds alone, as a line. */
export interface RunLine {
  readonly name: string;
  readonly points: readonly {
    readonly images: number;
    readonly mean: number;
    readonly deviation: number | null;
  }[];
}

/** Runs on the same axes, over the images learnt from: means, with bands of ± one standard deviation where there are several seeds. */
export function runsPicture(
  title: string,
  lines: readonly RunLine[],
  { log }: { readonly log: boolean },
  { width, height }: Size,
  look: FigureLook,
): SvgNode {
  const series = lines.map(({ name, points }, i): ChartSeries => ({
    name,
    colour: look.hues[i % look.hues.length]!,
    by: 'shipped' as const,
    points: points.map(({ images, mean, deviation }) => ({
      ...{ x: images, y: mean, deviation },
      note: `${mean.toFixed(2)} at ${grouped(images)} images`,
    })),
  }));
  const legend = key(series, width, look);
  const box = { left: 0, top: legend.height, width, height: height - legend.height };
  const x = { title: 'images learnt from', log: false };
  return svgPicture({ width, height, title, ground: look.ground, font: look.font }, [
    legend.node,
    chart(box, x, { title, log }, series, look),
  ]);
}
