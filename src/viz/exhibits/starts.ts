import type { Start, StartsShown } from '../../exhibits/list/starts.ts';
import { STARTS } from '../../exhibits/list/starts.ts';
import { numberOf } from '../../exhibits/values.ts';
import type { Surface } from '../canvas.ts';
import type { Box } from '../columns.ts';
import { formatNumber, largest } from '../scales.ts';
import { paintCells } from './cells.ts';
import { paintEnds } from './ends.ts';
import { FADED } from './lights.ts';
import type { ExhibitLook, ExhibitPicture, PictureSize } from './exhibitPicture.ts';
import { inset } from './panes.ts';
import { paintPlot, paintValues } from './plot.ts';
import { GAUGE_HEIGHT, paintRateGauge, rateGrab } from './rateGauge.ts';
import { tableOf } from './tower.ts';
import { write } from './words.ts';

const LOOKS: Readonly<Record<Start, { readonly name: string; readonly colour: 'down' | 'ink' | 'up'; readonly dash: readonly number[] }>> = {
  forward: { name: 'forward', colour: 'down', dash: [] },
  zero: { name: 'zero', colour: 'ink', dash: [7, 3] },
  random: { name: 'random', colour: 'up', dash: [2, 3] },
}; // prettier-ignore

/** The axis of energies ends here at least, nats. */
const LEAST = 1e-5;

/** Where the gauge, the curves and the neurons of each start lie. */
function layoutOf({ width, height, type }: PictureSize, isSmall: boolean) {
  const all = { x: 0, y: 0, width, height };
  if (isSmall) return { curves: all, rest: null };
  const gauge = { ...all, width: width - type, height: GAUGE_HEIGHT * type };
  const strip = Math.min(5 * type, 0.09 * height);
  const strips = (strip + 0.6 * type) * STARTS.length + 2.6 * type;
  const curves = inset(all, { top: gauge.height + type, bottom: strips, right: 9 * type });
  const rest = STARTS.map((_, i): Box => ({
    ...{ x: 5.4 * type, width: width - 6.4 * type, height: strip },
    y: height - strips + 2.6 * type + i * (strip + 0.6 * type),
  }));
  return { curves, rest: { gauge, strips: rest } };
}

export const startsPicture: ExhibitPicture<StartsShown> = {
  paint(surface, shown, { look, values, lit, isSmall }) {
    const { curves, rest } = layoutOf({ ...surface, type: look.type }, isSmall);
    paintCurves(surface.context, curves, shown, look, lit, isSmall);
    if (!rest) return;
    paintRateGauge(surface.context, rest.gauge, { rate: numberOf(values, 'rate'), bound: shown.bound }, look); // prettier-ignore
    paintNeurons(surface, rest.strips, shown, look, lit);
  },
  grab: (at, size) => rateGrab(at, layoutOf(size, false).rest?.gauge),
  describe({ descents, step }, values) {
    const ends = STARTS.map((start) => `${start} ${formatNumber(descents[start].energies.at(-1))}`);
    return `Free energy after ${step} settling steps from three starts, in nats: ${ends.join(', ')}; rate ${numberOf(values, 'rate')}.`;
  },
};

const isFaded = (lit: string | null, start: Start) =>
  lit !== null && STARTS.some((one) => one === lit) && lit !== start;

function paintCurves(context: CanvasRenderingContext2D, box: Box, { descents, steps }: StartsShown, look: ExhibitLook, lit: string | null, isSmall: boolean): void {
  const all = STARTS.flatMap((start) => Array.from(descents[start].energies));
  const most = all.reduce((high, one) => Math.max(high, one), 10 * LEAST);
  const least = all.reduce((low, one) => Math.min(low, one), most);
  const axes = {
    x: { title: 'settling steps + 1', from: 1, to: steps + 1, scale: 'logarithmic' },
    y: { title: 'free energy F, nats', from: Math.max(LEAST, least / 3), to: 2 * most, scale: 'logarithmic' },
  } as const;
  const plot = paintPlot(context, box, axes, look, isSmall);
  for (const start of STARTS) {
    const { colour, dash } = LOOKS[start];
    const { energies } = descents[start];
    context.globalAlpha = isFaded(lit, start) ? FADED : 1;
    paintValues(context, plot, energies.map((_, step) => step + 1), energies, { colour: look.colours[colour], dash: isSmall ? [] : dash, width: 2.4 });
  }
  context.globalAlpha = 1;
  if (isSmall) return;
  const ends = STARTS.map((start) => {
    const at = descents[start].energies.at(-1)!;
    const { name, colour } = LOOKS[start];
    return { name, value: formatNumber(at), colour: look.colours[colour], at, isFaded: isFaded(lit, start) };
  });
  paintEnds(context, plot, ends, look);
} // prettier-ignore

/** The hidden neurons of each start, by one scale of colours. */
function paintNeurons(surface: Surface, strips: readonly Box[], { descents }: StartsShown, look: ExhibitLook, lit: string | null): void {
  const { context } = surface;
  const { colours, palette, type } = look;
  const most = Math.max(0.1, ...STARTS.map((start) => largest(descents[start].hidden)));
  const [first] = strips;
  write(context, look, `hidden neurons for the first picture, 0 … ${formatNumber(most)}`, [first!.x, first!.y - 0.6 * type], { colour: colours.soft });
  STARTS.forEach((start, i) => {
    const box = strips[i]!;
    const { hidden } = descents[start];
    const { name, colour } = LOOKS[start];
    context.globalAlpha = isFaded(lit, start) ? FADED : 1;
    paintCells(surface, { box, ...tableOf(box, hidden.length) }, hidden, { map: palette.activity, scale: { low: 0, high: most } });
    write(context, look, name, [box.x - 0.6 * type, box.y + box.height / 2], { colour: colours[colour], align: 'right', baseline: 'middle', bold: true });
    context.globalAlpha = 1;
  });
} // prettier-ignore
