import type { Curve } from '../../experiments/result.ts';
import { grouped } from '../../shared/grouped.ts';
import type { ChartPoint, ChartSeries } from './chart.ts';
import { chart, key } from './chart.ts';
import type { FigureLook, Size } from './look.ts';
import { curvePoints } from './plots.ts';
import type { SvgNode } from './svg.ts';
import { svgPicture } from './svg.ts';

/** How trainings went, over the images learnt from: the batches' loss in grey, the validation images' in ink or the reader's colour. */
export function coursePicture(
  title: string,
  courses: readonly { readonly curve: Curve | null; readonly own: boolean }[],
  { width, height }: Size,
  look: FigureLook,
): SvgNode | null {
  const series = courses.flatMap(({ curve, own }): ChartSeries[] => {
    if (!curve) return [];
    const train = curve.images.flatMap((x, i): ChartPoint[] => {
      const y = curve.train[i];
      if (y === undefined) return [];
      return [{ x, y, deviation: null, note: `${y.toFixed(2)} at ${grouped(x)} images` }];
    });
    const by = own ? 'own' : 'shipped';
    const whose = own ? ', your run' : '';
    const validation = own ? (look.hues[4] ?? look.ink) : look.ink;
    return [
      { name: `training${whose}`, colour: look.soft, by, points: train },
      { name: `validation${whose}`, colour: validation, by, points: curvePoints(curve, 'images') },
    ];
  });
  if (!series.some(({ points }) => points.length > 0)) return null;
  const legend = key(series, width, look);
  const box = { left: 0, top: legend.height, width, height: height - legend.height };
  const plot = chart(box, { title: 'images learnt from', log: false }, { title, log: false }, series, look); // prettier-ignore
  return svgPicture({ width, height, title, ground: look.ground, font: look.font }, [
    legend.node,
    plot,
  ]);
}
