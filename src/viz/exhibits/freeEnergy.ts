import { area as areaOf, max } from 'd3';
import type { FreeEnergyShown } from '../../exhibits/list/freeEnergy.ts';
import { freeEnergyBound } from '../../exhibits/list/freeEnergy.ts';
import { inReach } from '../../exhibits/reach.ts';
import type { Box } from '../columns.ts';
import { paintDot } from '../lines.ts';
import type { ExhibitLook, ExhibitPicture } from './exhibitPicture.ts';
import { inset, panes } from './panes.ts';
import type { Plot } from './plot.ts';
import { paintPlot, paintValues } from './plot.ts';
import { paintKeys } from './words.ts';

type Size = Parameters<typeof panes>[0];

/** Densities beside what they cost. */
const boxes = (size: Size) => panes(size, [3, 2], 24) as [Box, Box];

/** The axis of the hidden number. */
const ends = ({ at }: FreeEnergyShown) => ({ from: at[0]!, to: at.at(-1)! });

const strong = (is: boolean) => (is ? 4 : 2.2);

function paintDensities(
  context: CanvasRenderingContext2D,
  box: Box,
  shown: FreeEnergyShown,
  look: ExhibitLook,
  { lit, isSmall }: { readonly lit: string | null; readonly isSmall: boolean },
): void {
  const { colours } = look;
  const highest = 1.08 * Math.max(max(shown.posterior) ?? 1, Math.min(2.5, max(shown.belief) ?? 1));
  const keys = isSmall
    ? 0
    : paintKeys(context, look, [
        { name: 'belief q', colour: colours.down },
        { name: 'posterior p(x|s)', colour: colours.ink },
        { name: 'prior p(x)', colour: colours.soft, dash: [4, 4] },
      ], [box.x, box.y], box.width); // prettier-ignore
  const plot = paintPlot(
    context,
    inset(box, { top: keys }),
    {
      x: { title: 'the hidden number x', ...ends(shown) },
      y: { title: 'density', from: 0, to: highest },
    },
    look,
    isSmall,
  );
  fillBetween(context, plot, shown.at, shown.belief, null, colours.down, 0.16);
  if (lit === 'gap')
    fillBetween(context, plot, shown.at, shown.belief, shown.posterior, colours.up, 0.4);
  paintValues(context, plot, shown.at, shown.prior, { colour: colours.soft, dash: [4, 4], width: 1.5 }); // prettier-ignore
  paintValues(context, plot, shown.at, shown.posterior, { colour: colours.ink, dash: [], width: strong(lit === 'surprise') }); // prettier-ignore
  paintValues(context, plot, shown.at, shown.belief, { colour: colours.down, dash: [], width: strong(lit === 'freeEnergy') }); // prettier-ignore
  if (isSmall) return;
  // The handle: where one takes hold of the belief.
  paintDot(context, [plot.x(shown.mean), plot.area.bottom], colours.down, 7, plot.area.top);
}

/** Fills what lies between two curves, or between one and the ground. */
function fillBetween(
  context: CanvasRenderingContext2D,
  { area, x, y }: Plot,
  at: ArrayLike<number>,
  upper: ArrayLike<number>,
  lower: ArrayLike<number> | null,
  colour: string,
  alpha: number,
): void {
  const within = (value: number) => Math.min(area.bottom, Math.max(area.top, y(value)));
  const shape = areaOf<number>()
    .x((i) => x(at[i]!))
    .y0((i) => within(lower?.[i] ?? 0))
    .y1((i) => within(upper[i]!))
    .context(context);
  context.fillStyle = colour;
  context.globalAlpha = alpha;
  context.beginPath();
  shape(Array.from(upper, (_, i) => i));
  context.fill();
  context.globalAlpha = 1;
}

function paintCosts(
  context: CanvasRenderingContext2D,
  box: Box,
  { freeEnergy, surprises }: FreeEnergyShown,
  look: ExhibitLook,
  { lit, isSmall }: { readonly lit: string | null; readonly isSmall: boolean },
): void {
  const { colours } = look;
  const count = freeEnergy.length;
  const last = freeEnergy[count - 1]!;
  const surprise = surprises[count - 1]!;
  const keys = isSmall
    ? 0
    : paintKeys(context, look, [
        { name: `F ${last.toFixed(2)}`, colour: colours.ink },
        { name: `−ln p(s) ${surprise.toFixed(2)}`, colour: colours.soft, dash: [6, 4] },
        { name: `gap ${(last - surprise).toFixed(2)}`, colour: colours.up, isArea: true },
      ], [box.x, box.y], box.width); // prettier-ignore
  const from = Math.min(0, ...surprises);
  const to = Math.max(2 * surprise, Math.min(max(freeEnergy)!, 5 * Math.max(1, surprise)));
  const plot = paintPlot(
    context,
    inset(box, { top: keys }),
    {
      x: { title: 'steps and moves, the latest', from: 0, to: Math.max(40, count * 1.15) },
      y: { title: 'nats', from, to },
    },
    look,
    isSmall,
  );
  const at = Float32Array.from(freeEnergy, (_, i) => i);
  fillBetween(context, plot, at, freeEnergy, surprises, colours.up, lit === 'gap' ? 0.6 : 0.3);
  paintValues(context, plot, at, surprises, { colour: colours.soft, dash: [6, 4], width: strong(lit === 'surprise') }); // prettier-ignore
  paintValues(context, plot, at, freeEnergy, { colour: colours.ink, dash: [], width: strong(lit === 'freeEnergy') }); // prettier-ignore
  const height = Math.max(plot.area.top, plot.y(last));
  paintDot(context, [plot.x(count - 1), height], colours.ink, 4, plot.area.top);
}

const { controls } = freeEnergyBound;

/** How far the pointer goes for the belief's width to change by a factor of e, in CSS pixels. */
const PER_FACTOR = 110;

export const freeEnergyPicture: ExhibitPicture<FreeEnergyShown> = {
  paint(surface, shown, { look, lit, isSmall }) {
    const [densities, costs] = boxes(surface);
    if (isSmall)
      return paintDensities(surface.context, { x: 0, y: 0, ...surface }, shown, look, { lit, isSmall }); // prettier-ignore
    paintDensities(surface.context, densities, shown, look, { lit, isSmall });
    paintCosts(surface.context, costs, shown, look, { lit, isSmall });
  },
  grab(at, size, shown) {
    const [{ x, y, width, height }] = boxes(size);
    if (at.x < x || at.x > x + width || at.y < y || at.y > y + height) return null;
    const { from, to } = ends(shown);
    const perPixel = (to - from) / width;
    return {
      cursor: 'grab',
      // Sideways moves the belief; up makes it narrower and higher, down wider.
      move: (place) => ({
        kind: 'values',
        values: {
          mean: inReach(controls, 'mean', shown.mean + (place.x - at.x) * perPixel),
          width: inReach(controls, 'width', shown.width * Math.exp((place.y - at.y) / PER_FACTOR)),
        },
      }),
    };
  },
  describe: ({ mean, width, surprise, freeEnergy }) =>
    `A belief with mean ${mean.toFixed(2)} and width ${width.toFixed(2)} has a free energy of ${freeEnergy.at(-1)!.toFixed(2)} nats, above a surprise of ${surprise.toFixed(2)} nats.`,
};
