import type { DeepEnd, DeeperShown, DeepRule } from '../../exhibits/list/deeper.ts';
import { DEEP_RULES, DEPTHS } from '../../exhibits/list/deeper.ts';
import type { Box } from '../columns.ts';
import { paintDot } from '../lines.ts';
import { paintEnds } from './ends.ts';
import type { ExhibitLook, ExhibitPicture } from './exhibitPicture.ts';
import { lighted, lightOf } from './lights.ts';
import { inset, isWide, panes } from './panes.ts';
import { paintPlot, paintValues } from './plot.ts';
import { fitting, paintKeys, sourceWordings } from './words.ts';

type Context = CanvasRenderingContext2D;

const LOOKS: Readonly<Record<DeepRule, { readonly name: string; readonly colour: 'soft' | 'state' | 'learn'; readonly dash: readonly number[] }>> = {
  backprop: { name: 'backpropagation', colour: 'soft', dash: [7, 3] },
  settled: { name: 'settled', colour: 'state', dash: [] },
  forward: { name: 'spiking, forward', colour: 'learn', dash: [] },
}; // prettier-ignore
const PERCENT = { from: 0, to: 100 } as const;

/** How one depth learns by three rules; beside it, how far each came at the depths that were learnt. */
export const deeperPicture: ExhibitPicture<DeeperShown> = {
  paint(surface, shown, { look, lit, isSmall }) {
    const { context } = surface;
    const whole = { x: 0, y: 0, width: surface.width, height: surface.height };
    if (isSmall) return paintCourses(context, whole, shown, look, null, true);
    const keys = DEEP_RULES.map((rule) => ({ name: LOOKS[rule].name, colour: look.colours[LOOKS[rule].colour], dash: LOOKS[rule].dash })); // prettier-ignore
    const head = paintKeys(context, look, keys, [0, 0], surface.width) + 0.6 * look.type;
    const size = { width: surface.width, height: surface.height - head };
    const [courses, depths] = panes(
      size,
      isWide(size) ? [0.6, 0.4] : [0.58, 0.42],
      1.6 * look.type,
    );
    const under = (box: Box): Box => ({ ...box, y: box.y + head });
    paintCourses(context, under(courses!), shown, look, lit, false);
    paintDepths(context, under(depths!), shown.ends, look, lit);
  },
  describe: ({ layers, courses, at }) =>
    `A network of ${layers} layers after ${at.at(-1) ?? 0} batches: ${DEEP_RULES.map((rule) => `${LOOKS[rule].name} is right on ${percent(courses[rule].at(-1) ?? 0)} of held-out images`).join(', ')}.`,
};

const percent = (share: number) => `${(100 * share).toFixed(1)} %`;

function paintCourses(
  context: Context,
  box: Box,
  { at, courses, batches, layers, source }: DeeperShown,
  look: ExhibitLook,
  lit: string | null,
  isSmall: boolean,
): void {
  const room = isSmall ? box : inset(box, { right: 4 * look.type });
  const title = (wordings: readonly [string, ...string[]]) => fitting(context, look, wordings, room.width - 1.5 * look.type); // prettier-ignore
  const axes = {
    x: { title: title(sourceWordings('batches of 100 from', source)), from: 0, to: batches },
    y: { title: title([`${layers} layers: held-out images it gets right, %`, `${layers} layers: accuracy, %`]), ...PERCENT }, // prettier-ignore
  };
  const plot = paintPlot(context, room, axes, look, isSmall);
  for (const rule of DEEP_RULES) {
    const { colour, dash } = LOOKS[rule];
    lighted(
      context,
      lightOf(lit, rule),
      () =>
      paintValues(context, plot, at, courses[rule].map((share) => 100 * share), { colour: look.colours[colour], dash: isSmall ? [] : dash, width: isSmall ? 2 : 2.4 }), // prettier-ignore
    );
  }
  if (isSmall) return;
  const ends = DEEP_RULES.flatMap((rule) => {
    const share = courses[rule].at(-1);
    return share === undefined ? [] : [{ name: percent(share), at: 100 * share, colour: look.colours[LOOKS[rule].colour] }]; // prettier-ignore
  });
  paintEnds(context, plot, ends, look);
}

function paintDepths(
  context: Context,
  box: Box,
  ends: readonly DeepEnd[],
  look: ExhibitLook,
  lit: string | null,
): void {
  const axes = {
    x: { title: 'layers L', from: DEPTHS[0]! - 1, to: DEPTHS.at(-1)! + 1 },
    y: { title: 'in the end, %', ...PERCENT },
  };
  const plot = paintPlot(context, box, axes, look, false);
  const sorted = [...ends].sort((a, b) => a.layers - b.layers);
  for (const rule of DEEP_RULES) {
    const { colour, dash } = LOOKS[rule];
    // What blew up has no place in the line.
    const values = sorted.map(({ accuracies }) => 100 * (accuracies[rule] ?? NaN));
    const at = sorted.map(({ layers }) => layers);
    lighted(context, lightOf(lit, rule), () => {
      paintValues(context, plot, at, values, { colour: look.colours[colour], dash, width: 2 });
      values.forEach((value, i) => paintDot(context, [plot.x(at[i]!), plot.y(value)], look.colours[colour], 4.5, plot.area.top + 6)); // prettier-ignore
    });
  }
}
