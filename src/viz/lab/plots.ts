import type {
  Drawing,
  Experiment,
  LabDataset,
  Quantity,
  Row,
} from '../../experiments/experiment.ts';
import type { Known } from '../../experiments/layers.ts';
import type { CellResult, Curve } from '../../experiments/result.ts';
import { printedAt } from '../../experiments/printed.ts';
import { resultsAt, summarise } from '../../experiments/summary.ts';
import { DATASET_TITLES } from '../../experiments/titles.ts';
import { grouped } from '../../shared/grouped.ts';
import type { ChartPoint, ChartSeries } from './chart.ts';
import { chart, key } from './chart.ts';
import type { FigureLook, Size } from './look.ts';
import type { SvgNode } from './svg.ts';
import { svgPicture } from './svg.ts';

type Of<K extends Drawing['kind']> = Extract<Drawing, { kind: K }>;
type PointsOf = (results: readonly CellResult[], row: Row) => readonly ChartPoint[];

const number = (value: number, { digits }: Quantity) => value.toFixed(digits).replace('-', '−');
const withUnit = ({ title, unit }: Pick<Quantity, 'title' | 'unit'>) =>
  unit === '' ? title : `${title} (${unit})`;

/** A line for every row and layer that has points. */
function seriesOf(
  { rows }: Experiment,
  { shipped, own }: Known,
  points: PointsOf,
  look: FigureLook,
): ChartSeries[] {
  return rows.flatMap((row, i) => {
    const colour = look.hues[i % look.hues.length]!;
    return [shipped, own].flatMap((results, layer): ChartSeries[] => {
      const found = points(results, row);
      const by = layer === 1 ? 'own' : 'shipped';
      const name = by === 'own' ? `${row.title}, your run` : row.title;
      return found.length > 0 ? [{ name, colour, by, points: found }] : [];
    });
  });
}

/** What is claimed of each row at the points where it has results; nothing of a row that has none. */
function claimedOf(
  { id, rows }: Experiment,
  dataset: LabDataset,
  quantity: Quantity,
  pointsOf: (row: Row) => readonly ChartPoint[],
  look: FigureLook,
): ChartSeries[] {
  return rows.flatMap((row, i): ChartSeries[] => {
    const at = new Set(pointsOf(row).map(({ x }) => x));
    const points = [...at].flatMap((x): ChartPoint[] => {
      const found = printedAt(id, { row: row.key, dataset, point: x }, quantity.key);
      if (!found) return [];
      const note = `${row.title}: ${number(found.mean, quantity)}`;
      return [{ x, y: found.mean, deviation: null, note }];
    });
    const colour = look.hues[i % look.hues.length]!;
    return points.length > 0 ? [{ name: 'claimed', colour, by: 'paper', points }] : [];
  });
}

/** Charts side by side (below each other where there is little room) under one key; null where there is nothing to draw. */
function charts(
  title: string,
  panels: readonly { x: Parameters<typeof chart>[1]; y: Parameters<typeof chart>[2]; series: readonly ChartSeries[] }[], // prettier-ignore
  { width, height }: Size,
  look: FigureLook,
): SvgNode | null {
  const all = panels.flatMap(({ series }) => series);
  if (all.length === 0) return null;
  const named = all.filter(({ name }, i) => all.findIndex((one) => one.name === name) === i);
  const legend = key(named, width, look);
  const columns = Math.max(1, Math.min(panels.length, Math.floor(width / 300)));
  const rows = Math.ceil(panels.length / columns);
  const whole = Math.max(height, legend.height + rows * 240);
  const [wide, high] = [width / columns, (whole - legend.height) / rows];
  const drawn = panels.map(({ x, y, series }, i) => {
    const left = (i % columns) * wide;
    const top = legend.height + Math.floor(i / columns) * high;
    return chart({ left, top, width: wide, height: high }, x, y, series, look);
  });
  return svgPicture({ width, height: whole, title, ground: look.ground, font: look.font }, [
    legend.node,
    ...drawn,
  ]);
}

/** Lines over the points of an experiment: mean ± spread over seeds; one chart a set. */
export function linesFigure(
  experiment: Experiment,
  { x, y }: Of<'lines'>,
  known: Known,
  size: Size,
  look: FigureLook,
): SvgNode | null {
  const panels = experiment.datasets.map((dataset) => {
    const points: PointsOf = (results, { key: row }) =>
      pointsIn(resultsAt(results, { row, dataset })).flatMap((point): ChartPoint[] => {
        const found = summarise(results, { row, dataset, point }, y);
        if (!found) return [];
        const note = `${number(found.mean, y)} at ${grouped(point)} ${x.title}`;
        return [{ x: point, y: found.mean, deviation: found.deviation, note }];
      });
    const many = experiment.datasets.length > 1;
    const title = many ? `${withUnit(y)}, ${DATASET_TITLES[dataset]}` : withUnit(y);
    const series = seriesOf(experiment, known, points, look);
    const both = (row: Row) => [...points(known.shipped, row), ...points(known.own, row)];
    const claimed = claimedOf(experiment, dataset, y, both, look);
    return { x: { title: withUnit(x), log: x.log }, y: { title, log: false }, series: [...series, ...claimed] }; // prettier-ignore
  });
  return charts(experiment.title, panels, size, look);
}

function pointsIn(results: readonly CellResult[]): number[] {
  return [...new Set(results.flatMap(({ point }) => point ?? []))].sort((a, b) => a - b);
}

/** The validation curve of a training as points; `shown`: what is made of its values. */
export function curvePoints(
  curve: Curve,
  along: 'images' | 'seconds',
  shown = (value: number) => value,
): readonly ChartPoint[] {
  return curve.images.flatMap((images, i): ChartPoint[] => {
    const looked = curve.validation[i];
    const seconds = curve.seconds[i] ?? 0;
    if (looked === null || looked === undefined) return [];
    const value = shown(looked);
    const note = `${value.toFixed(2)} after ${grouped(images)} images, ${Math.round(seconds)} s`;
    return [{ x: along === 'images' ? images : seconds, y: value, deviation: null, note }];
  });
}

/** The curves of the trainings themselves, of the first seed of every row. */
export function curvesFigure(
  experiment: Experiment,
  { x, y }: Of<'curves'>,
  known: Known,
  size: Size,
  look: FigureLook,
): SvgNode | null {
  const title = `${withUnit(y)}, validation images`;
  const panels = experiment.datasets.map((dataset) => {
    const points: PointsOf = (results, { key: row }) => {
      const curve = resultsAt(results, { row, dataset })[0]?.curve;
      return curve ? curvePoints(curve, x, y.ofValidation) : [];
    };
    const series = seriesOf(experiment, known, points, look);
    const along = x === 'images' ? 'images learnt from' : 'seconds of training';
    return { x: { title: along, log: false }, y: { title, log: false }, series };
  });
  return charts(experiment.title, panels, size, look);
}

/** Several quantities against the seconds of training, a mark a point. */
export function tradeoffFigure(
  experiment: Experiment,
  { x, y }: Of<'tradeoff'>,
  known: Known,
  size: Size,
  look: FigureLook,
): SvgNode | null {
  const panels = y.flatMap((quantity) =>
    experiment.datasets.map((dataset) => {
      const points: PointsOf = (results, { key: row }) =>
        pointsIn(resultsAt(results, { row, dataset })).flatMap((point): ChartPoint[] => {
          const found = summarise(results, { row, dataset, point }, quantity);
          const at = resultsAt(results, { row, dataset, point });
          if (!found || at.length === 0) return [];
          const seconds = at.reduce((sum, { origin }) => sum + origin.training, 0) / at.length;
          const note = `${number(found.mean, quantity)} after ${Math.round(seconds)} s, ${grouped(point)} images`;
          return [{ x: seconds, y: found.mean, deviation: found.deviation, note }];
        });
      const series = seriesOf(experiment, known, points, look);
      return { x: { title: withUnit(x), log: x.log }, y: { title: withUnit(quantity), log: false }, series }; // prettier-ignore
    }),
  );
  return charts(experiment.title, panels, size, look);
}
