import { extent, scaleLinear } from 'd3';
import { numbersOf } from '../../experiments/arrays.ts';
import type { Experiment } from '../../experiments/experiment.ts';
import type { Known } from '../../experiments/layers.ts';
import { key } from './chart.ts';
import type { FigureLook, Size } from './look.ts';
import { exhibited } from './pictures.ts';
import type { SvgNode } from './svg.ts';
import { svg, svgPicture } from './svg.ts';

/** Above each map, for its name; and left of it and under it (pixels). */
const HEAD = 24;
const GAP = 14;
/** Smaller maps are not read: the figure becomes higher instead. */
const SMALLEST = 190;

/** In how many columns maps are largest, and how large they are there. */
function arranged(maps: number, width: number, height: number) {
  const sideOf = (columns: number) => {
    const rows = Math.ceil(maps / columns);
    const wide = width / columns - 2 * GAP;
    return Math.min(wide, Math.max(SMALLEST, height / rows - HEAD - GAP));
  };
  let columns = 1;
  for (let more = 2; more <= maps; more++) if (sideOf(more) > sideOf(columns)) columns = more;
  return { columns, side: sideOf(columns) };
}

/** A map of codes: a dot an image, a colour a class; one for each model. map.points: [N, 2], map.labels: [N]. */
export function mapFigure(
  experiment: Experiment,
  known: Known,
  { width, height }: Size,
  look: FigureLook,
): SvgNode | null {
  const maps = exhibited(experiment, known, 'map.points').flatMap(({ title, result, stored }) => {
    const labels = result.arrays['map.labels'];
    return labels ? [{ title, points: numbersOf(stored), classes: classesOf(labels) }] : [];
  });
  if (maps.length === 0) return null;
  const count = 1 + Math.max(...maps.flatMap(({ classes }) => classes));
  const hue = (label: number) => look.hues[label % look.hues.length]!;
  const names = Array.from({ length: count }, (_, label) => ({
    name: String(label),
    colour: hue(label),
    by: 'shipped' as const,
  }));
  const legend = key(names, width, look);
  const { columns, side } = arranged(maps.length, width, height - legend.height);
  const wide = width / columns;
  const rows = Math.ceil(maps.length / columns);
  const high = side + HEAD + GAP;
  const drawn = maps.map(({ title, points, classes }, i) => {
    const xs = points.filter((_, at) => at % 2 === 0);
    const ys = points.filter((_, at) => at % 2 === 1);
    const x = scaleLinear(span(xs), [GAP, GAP + side]);
    const y = scaleLinear(span(ys), [HEAD + side, HEAD]);
    const place = `translate(${(i % columns) * wide},${legend.height + Math.floor(i / columns) * high})`;
    // A dot is a line of no length with round ends: a path for each class, not an element for each image.
    const dots = names.map(({ colour }, label) => {
      const steps: string[] = [];
      classes.forEach((one, at) => {
        if (one === label) steps.push(`M${x(xs[at]!).toFixed(1)} ${y(ys[at]!).toFixed(1)}h0`);
      });
      return svg('path', { d: steps.join(''), stroke: colour, 'stroke-width': 4, 'stroke-linecap': 'round', opacity: 0.7 }); // prettier-ignore
    });
    const name = svg('text', { x: GAP, y: 14, fill: look.ink, 'font-weight': 600 }, title);
    return svg('g', { transform: place }, name, ...dots);
  });
  const whole = legend.height + rows * high;
  const frame = { width, height: whole, title: experiment.title, ground: look.ground };
  return svgPicture({ ...frame, font: look.font }, [legend.node, ...drawn]);
}

/** The classes of the images: bytes are stored as classes, not as shades. */
function classesOf(labels: Parameters<typeof numbersOf>[0]): readonly number[] {
  const scale = labels.type === 'u8' ? 255 : 1;
  return Array.from(numbersOf(labels), (value) => Math.round(value * scale));
}

function span(values: Float32Array): [number, number] {
  const [low = 0, high = 1] = extent(values);
  return low === high ? [low - 1, high + 1] : [low, high];
}
