import { scaleLinear } from 'd3';
import type { Values } from '../../exhibits/exhibit.ts';
import type { TwoGaussiansShown } from '../../exhibits/list/twoGaussians.ts';
import { twoGaussians } from '../../exhibits/list/twoGaussians.ts';
import { inReach } from '../../exhibits/reach.ts';
import { numberOf } from '../../exhibits/values.ts';
import { paintDot } from '../lines.ts';
import type { Box } from '../columns.ts';
import type { ExhibitLook, ExhibitPicture, Grab, PictureSize, Place } from './exhibitPicture.ts';
import { paintCosts } from './gaussianCosts.ts';
import { inset } from './panes.ts';
import type { Plot } from './plot.ts';
import { paintPlot, paintValues, plotBox } from './plot.ts';
import { paintKeys } from './words.ts';

/** Which of both, and its controls. The belief lies on top. */
const CURVES = [
  { of: 'q', mean: 'believedMean', width: 'believedWidth', colour: 'down' },
  { of: 'p', mean: 'trueMean', width: 'trueWidth', colour: 'ink' },
] as const;
type Curve = (typeof CURVES)[number];

/** How near (CSS pixels) a hand must come to a handle. */
const REACH = 20;

/** The curves above what they cost: below, two bars need so many lines of type. */
function boxes({ width, height, type }: PictureSize): {
  readonly curves: Box;
  readonly costs: Box;
} {
  const costs = Math.min(0.42 * height, 11.5 * type);
  return {
    curves: { x: 0, y: 0, width, height: height - costs },
    costs: { x: 0, y: height - costs, width, height: costs },
  };
}

/** The plot of the curves, below their legend. */
const plotted = (size: PictureSize): Box => inset(boxes(size).curves, { top: 2 * size.type });

function axes({ at, p, q }: TwoGaussiansShown) {
  const highest = Math.max(0.5, ...p, ...q);
  return {
    x: { title: 'a number that the world draws', from: at[0] ?? 0, to: at.at(-1) ?? 1 },
    y: { title: 'density', from: 0, to: 1.06 * highest },
  };
}

/** How high a curve is at a place of the axis. */
function heightAt(shown: TwoGaussiansShown, { of }: Curve, place: number): number {
  const { at, [of]: values } = shown;
  const [from = 0, to = 1] = [at[0], at.at(-1)];
  return values[Math.round(((place - from) / (to - from)) * (at.length - 1))] ?? 0;
}

/** Where one takes hold of a curve to make it wider: one width beside its mean. */
function handleOf(curve: Curve, shown: TwoGaussiansShown, values: Values): Place {
  const x = numberOf(values, curve.mean) + numberOf(values, curve.width);
  return { x, y: heightAt(shown, curve, x) };
}

function paintCurves(context: CanvasRenderingContext2D, plot: Plot, shown: TwoGaussiansShown, { colours }: ExhibitLook, isSmall: boolean): void {
  const { at } = shown;
  for (const { of, colour } of [...CURVES].reverse()) {
    context.beginPath();
    context.moveTo(plot.x(at[0] ?? 0), plot.y(0));
    at.forEach((place, i) => context.lineTo(plot.x(place), plot.y(shown[of][i] ?? 0)));
    context.lineTo(plot.x(at.at(-1) ?? 0), plot.y(0));
    context.globalAlpha = 0.14;
    context.fillStyle = colours[colour];
    context.fill();
    context.globalAlpha = 1;
    paintValues(context, plot, at, shown[of], { colour: colours[colour], dash: [], width: isSmall ? 1.75 : 2.5 }); // prettier-ignore
  }
} // prettier-ignore

export const twoGaussiansPicture: ExhibitPicture<TwoGaussiansShown> = {
  paint(surface, shown, { look, values, lit, isSmall }) {
    const { context, width, height } = surface;
    const { type, colours } = look;
    const size = { width, height, type };
    const box = isSmall ? { x: 0, y: 0, width, height } : plotted(size);
    const plot = paintPlot(context, box, axes(shown), look, isSmall);
    paintCurves(context, plot, shown, look, isSmall);
    if (isSmall) return;
    paintKeys(context, look, [
      { name: 'the world p', colour: colours.ink },
      { name: 'the belief q', colour: colours.down },
    ], [plot.area.left, 0.7 * type], width); // prettier-ignore
    for (const curve of CURVES) {
      const { x, y } = handleOf(curve, shown, values);
      const at = [plot.x(x), plot.y(y)] as const;
      paintDot(context, at, colours[curve.colour], 7, plot.area.top);
      paintDot(context, at, colours.panel, 4, plot.area.top);
    }
    paintCosts(context, boxes(size).costs, shown, look, lit);
  },
  grab: (at, size, shown, values) => grabOf(at, size, shown, values),
  describe: ({ entropy, crossEntropy, divergence }) =>
    `Two bell curves, the world p and the belief q. Below, what the belief costs: ${crossEntropy.toFixed(2)} nats, of which ${entropy.toFixed(2)} are the entropy and ${divergence.toFixed(2)} the divergence.`,
};

/** A handle makes its curve wider; any other place takes hold of the curve that is nearest there. */
function grabOf(at: Place, size: PictureSize, shown: TwoGaussiansShown, values: Values): Grab | null {
  const plot = plotBox(plotted(size), size.type, false);
  if (at.y < plot.y - REACH || at.y > plot.y + plot.height + REACH) return null;
  const ends = axes(shown);
  const x = scaleLinear([ends.x.from, ends.x.to], [plot.x, plot.x + plot.width]);
  const y = scaleLinear([ends.y.from, ends.y.to], [plot.y + plot.height, plot.y]);
  const set = (key: string, value: number) =>
    ({ kind: 'values', values: { [key]: inReach(twoGaussians.controls, key, value) } }) as const;
  const isAtHandle = (curve: Curve) => {
    const handle = handleOf(curve, shown, values);
    return Math.hypot(at.x - x(handle.x), at.y - y(handle.y)) < REACH;
  };
  const wider = CURVES.find(isAtHandle);
  if (wider) {
    const mean = numberOf(values, wider.mean);
    return {
      cursor: 'ew-resize',
      move: (to) => set(wider.width, Math.abs(x.invert(to.x) - mean)),
    };
  }
  const distance = (curve: Curve) => Math.abs(y(heightAt(shown, curve, x.invert(at.x))) - at.y);
  const nearest = distance(CURVES[0]) <= distance(CURVES[1]) ? CURVES[0] : CURVES[1];
  const held = numberOf(values, nearest.mean) - x.invert(at.x);
  return { cursor: 'grab', move: (to) => set(nearest.mean, x.invert(to.x) + held) };
} // prettier-ignore
