import { max } from 'd3';
import type { LearntVarianceShown } from '../../exhibits/list/learntVariance.ts';
import { learntVariance } from '../../exhibits/list/learntVariance.ts';
import { inReach } from '../../exhibits/reach.ts';
import type { Box } from '../columns.ts';
import { paintDot } from '../lines.ts';
import type { ExhibitLook, ExhibitPicture } from './exhibitPicture.ts';
import { inset, panes } from './panes.ts';
import { paintPlot, paintValues } from './plot.ts';
import { paintKeys, write } from './words.ts';

type Context = CanvasRenderingContext2D;
type Size = Parameters<typeof panes>[0];

const SOURCES = [
  { of: 'forward', name: 'forward', colour: 'down' },
  { of: 'sampled', name: 'sampled', colour: 'state' },
  { of: 'settled', name: 'settled', colour: 'up' },
] as const;

/** The axis of Σ, in ratios. */
const AXIS = { from: 0.01, to: 20, scale: 'logarithmic' } as const;

const boxes = (size: Size) => panes(size, [3, 2], 24) as [Box, Box];
const below = (box: Box, type: number) => inset(box, { top: 1.7 * type });

function paintCourses(
  context: Context,
  box: Box,
  shown: LearntVarianceShown,
  look: ExhibitLook,
  { lit, isSmall }: { readonly lit: string | null; readonly isSmall: boolean },
): void {
  const { colours } = look;
  const updates = (shown.settled.length - 1) * shown.every;
  const to = Math.max(300, 1.05 * updates);
  const plot = paintPlot(
    context,
    box,
    { x: { title: 'updates', from: 0, to }, y: { title: 'learnt variance Σ', ...AXIS } },
    look,
    isSmall,
  );
  const level = (value: number | null, colour: string, dash: readonly number[]) => {
    if (value !== null) paintValues(context, plot, [0, to], [value, value], { colour, dash, width: lit === 'roots' ? 3 : 1.5 }); // prettier-ignore
  };
  for (const { of, colour } of SOURCES) level(shown.rests[of], colours[colour], [7, 5]);
  level(shown.tipping, colours.warn, [2, 4]);
  for (const { of, colour } of SOURCES) {
    const values = shown[of];
    const at = Float32Array.from(values, (_, i) => i * shown.every);
    const width = isSmall ? 1.8 : lit === of ? 4 : 2.2;
    paintValues(context, plot, at, values, { colour: colours[colour], dash: [], width });
    const last = values.length - 1;
    paintDot(context, [plot.x(at[last]!), plot.y(values[last]!)], colours[colour], isSmall ? 3 : 5, plot.area.top); // prettier-ignore
  }
}

/** Where learning from settled errors drives Σ: up where the curve is above 0, down where it is below. */
function paintChange(
  context: Context,
  box: Box,
  { at, change, settled, rests, tipping }: LearntVarianceShown,
  look: ExhibitLook,
  lit: string | null,
): void {
  const { colours } = look;
  const most = 1.3 * Math.max(0.1, max(change) ?? 0, 0.35);
  const plot = paintPlot(
    context,
    box,
    {
      x: { title: 'Σ', from: at[0]!, to: at.at(-1)!, scale: 'logarithmic' },
      y: { title: 'drift Σ·ΔΣ, settled errors', from: -0.6, to: most },
    },
    look,
    false,
  );
  paintValues(context, plot, [at[0]!, at.at(-1)!], [0, 0], { colour: colours.soft, dash: [], width: 1.2 }); // prettier-ignore
  paintValues(context, plot, at, change, { colour: colours.up, dash: [], width: lit === 'change' ? 4 : 2.2 }); // prettier-ignore
  const ring = (sigma: number, colour: string) => {
    context.strokeStyle = colour;
    context.fillStyle = colours.panel;
    context.lineWidth = lit === 'roots' ? 3.5 : 2;
    context.beginPath();
    context.arc(plot.x(sigma), plot.y(0), 6, 0, 2 * Math.PI);
    context.fill();
    context.stroke();
  };
  if (rests.settled !== null) ring(rests.settled, colours.up);
  if (tipping !== null) ring(tipping, colours.warn);
  const now = settled.at(-1)!;
  paintDot(context, [Math.max(plot.area.left, plot.x(now)), plot.y(0)], colours.up, 5, plot.area.top); // prettier-ignore
}

export const learntVariancePicture: ExhibitPicture<LearntVarianceShown> = {
  paint(surface, shown, { look, lit, isSmall }) {
    const { context } = surface;
    if (isSmall)
      return paintCourses(context, { x: 0, y: 0, ...surface }, shown, look, { lit, isSmall });
    const [courses, drift] = boxes(surface);
    const { colours, type } = look;
    const keys = SOURCES.map(({ of, name, colour }) => ({ name: `${name} ${shown[of].at(-1)!.toFixed(2)}`, colour: colours[colour] })); // prettier-ignore
    paintKeys(context, look, keys, [courses.x, courses.y], courses.width);
    paintCourses(context, below(courses, type), shown, look, { lit, isSmall });
    const words = shown.tipping === null ? 'no rest: it falls' : `rests at ${shown.rests.settled!.toFixed(2)}, tips at ${shown.tipping.toFixed(2)}`; // prettier-ignore
    write(context, look, words, [drift.x, drift.y + type], { colour: shown.tipping === null ? colours.warn : colours.ink }); // prettier-ignore
    paintChange(context, below(drift, type), shown, look, lit);
  },
  grab(at, size, shown) {
    const [box] = boxes(size);
    const { x, y, width, height } = below(box, size.type);
    if (at.x < x || at.x > x + width || at.y < y || at.y > y + height) return null;
    // The level of the forward pass is the residual's variance: it is what one drags, along the axis's ratios.
    const perPixel = Math.log(AXIS.to / AXIS.from) / (height - 5 * size.type);
    return {
      cursor: 'ns-resize',
      move: (to) => ({
        kind: 'values',
        values: {
          residual: inReach(learntVariance.controls, 'residual', shown.rests.forward * Math.exp((at.y - to.y) * perPixel)), // prettier-ignore
        },
      }),
    };
  },
  describe: ({ settled, forward, sampled }) =>
    `The variance that is learnt: ${settled.at(-1)!.toFixed(2)} from settled errors, ${forward.at(-1)!.toFixed(2)} from the forward pass, ${sampled.at(-1)!.toFixed(2)} from samples.`,
};
