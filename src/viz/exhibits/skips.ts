import { scaleLog } from 'd3';
import type { Course, SkipsShown, Way } from '../../exhibits/list/skips.ts';
import { WAYS } from '../../exhibits/list/skips.ts';
import type { Box } from '../columns.ts';
import { formatNumber } from '../scales.ts';
import { paintEnds } from './ends.ts';
import { FADED } from './lights.ts';
import type { ExhibitLook, ExhibitPicture, PictureSize } from './exhibitPicture.ts';
import { columnsOf, inset, panes } from './panes.ts';
import { paintPlot, paintValues } from './plot.ts';
import { fitting, sourceWordings, write } from './words.ts';

const LOOKS: Readonly<Record<Way, { readonly name: string; readonly colour: 'ink' | 'learn'; readonly dash: readonly number[] }>> = {
  plain: { name: 'plain', colour: 'ink', dash: [6, 3] },
  skip: { name: 'with skips', colour: 'learn', dash: [] },
}; // prettier-ignore

/** Bars of energy run from 10⁻¹² to 10 nats, in ratios. */
const ENERGY = [1e-12, 10] as const;

function layoutOf(size: PictureSize, isSmall: boolean) {
  const all = { x: 0, y: 0, width: size.width, height: size.height };
  if (isSmall) return { curves: all, towers: null };
  const [curves, towers] = panes(size, [0.58, 0.42], 1.8 * size.type);
  return { curves: inset(curves!, { right: 8.5 * size.type }), towers: columnsOf(inset(towers!, { top: 3.4 * size.type, bottom: size.type / 2, right: size.type }), [1, 1], 2 * size.type) }; // prettier-ignore
}

export const skipsPicture: ExhibitPicture<SkipsShown> = {
  paint({ context, width, height }, shown, { look, lit, isSmall }) {
    const { curves, towers } = layoutOf({ width, height, type: look.type }, isSmall);
    paintCourses(context, curves, shown, look, lit, isSmall);
    if (!towers) return;
    const { colours, type } = look;
    write(context, look, 'energy of each layer after settling, nats', [towers[0]!.x, towers[0]!.y - 2.2 * type], { colour: colours.soft }); // prettier-ignore
    WAYS.forEach((way, i) => {
      context.globalAlpha = isFaded(lit, way) ? FADED : 1;
      paintTower(context, towers[i]!, shown.courses[way], way, look);
      context.globalAlpha = 1;
    });
  },
  describe({ courses, layers }) {
    const now = WAYS.map((way) => `${LOOKS[way].name} ${percent(courses[way].accuracies.at(-1)!)}`);
    return `Held-out accuracy of a network of ${layers} layers after ${courses.plain.at.at(-1)} batches: ${now.join(', ')}.`;
  },
};

const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
const isFaded = (lit: string | null, way: Way) =>
  lit !== null && WAYS.some((one) => one === lit) && lit !== way;

function paintCourses(context: CanvasRenderingContext2D, box: Box, { courses, batches, source }: SkipsShown, look: ExhibitLook, lit: string | null, isSmall: boolean): void {
  const axes = {
    x: { title: fitting(context, look, sourceWordings('batches of 100 from', source), box.width - 1.5 * look.type), from: 0, to: batches },
    y: { title: 'held-out images it gets right, %', from: 0, to: 100 },
  };
  const plot = paintPlot(context, box, axes, look, isSmall);
  for (const way of WAYS) {
    const { at, accuracies } = courses[way];
    context.globalAlpha = isFaded(lit, way) ? FADED : 1;
    paintValues(context, plot, at, accuracies.map((share) => 100 * share), { colour: look.colours[LOOKS[way].colour], dash: isSmall ? [] : LOOKS[way].dash, width: 2.4 });
  }
  context.globalAlpha = 1;
  if (isSmall) return;
  paintEnds(context, plot, WAYS.map((way) => {
    const share = courses[way].accuracies.at(-1)!;
    return { name: LOOKS[way].name, value: percent(share), at: 100 * share, colour: look.colours[LOOKS[way].colour], isFaded: isFaded(lit, way) };
  }), look);
} // prettier-ignore

/** The layers of a network, the label's on top, each with its energy as a bar; arcs are what skips. */
function paintTower(context: CanvasRenderingContext2D, box: Box, { energies }: Course, way: Way, look: ExhibitLook): void {
  const { colours, type } = look;
  const { name, colour } = LOOKS[way];
  write(context, look, name, [box.x, box.y - 0.6 * type], { colour: colours[colour], bold: true });
  const arcs = way === 'skip' ? 1.8 * type : 0;
  const bar = inset(box, { left: 1.6 * type, right: arcs });
  const high = box.height / energies.length;
  const x = scaleLog(ENERGY, [0, bar.width]).clamp(true);
  const isRoomy = high >= 1.3 * type;
  const isThin = high >= 2.2 * type;
  energies.forEach((energy, i) => {
    const top = box.y + box.height - (i + 1) * high;
    context.fillStyle = colours.raised;
    context.fillRect(bar.x, top, bar.width, high - 2);
    context.fillStyle = colours.up;
    context.globalAlpha *= isThin ? 1 : 0.4;
    context.fillRect(bar.x, top, energy > 0 ? x(energy) : 0, isThin ? 0.25 * high : high - 2);
    context.globalAlpha /= isThin ? 1 : 0.4;
    if (isRoomy || i === 0 || i === energies.length - 1) {
      write(context, look, String(i + 1), [bar.x - 0.4 * type, top + high / 2], { colour: colours.soft, align: 'right', baseline: 'middle' });
      if (isRoomy) write(context, look, formatNumber(energy), [bar.x + 4, top + high * (isThin ? 0.62 : 0.46)], { colour: colours.ink, baseline: 'middle' });
    }
    // Hidden layers of one size are skipped: from the second to the last but one.
    if (way === 'skip' && i > 0 && i < energies.length - 1) paintArc(context, bar.x + bar.width + 3, top + high / 2, top + 1.5 * high, arcs, colours[colour]);
  });
} // prettier-ignore

function paintArc(context: CanvasRenderingContext2D, x: number, top: number, bottom: number, out: number, colour: string): void {
  context.strokeStyle = colour;
  context.lineWidth = 1.8;
  context.beginPath();
  context.moveTo(x, bottom);
  context.bezierCurveTo(x + out, bottom, x + out, top, x, top);
  context.stroke();
} // prettier-ignore
