import type { TwinsShown } from '../../exhibits/list/twins.ts';
import { grouped } from '../../shared/grouped.ts';
import { paintDot } from '../lines.ts';
import type { Box } from '../columns.ts';
import type { ExhibitLook, ExhibitPicture } from './exhibitPicture.ts';
import { lighted, lightOf } from './lights.ts';
import { inset, isWide, panes } from './panes.ts';
import { paintPlot, paintValues } from './plot.ts';
import { fitting, numbered, paintKeys, write } from './words.ts';

const percent = (value: number | undefined) =>
  value === undefined ? 'not tested yet' : `${value.toFixed(1)} %`;

/** Two curves that learn, and beside them how far away a synapse has to look. */
export const twinsPicture: ExhibitPicture<TwinsShown> = {
  paint(surface, shown, { look, lit, isSmall }) {
    const { context } = surface;
    if (isSmall) return paintCurves(context, { x: 0, y: 0, ...surface }, shown, look, null, true);
    const wide = isWide(surface);
    const [curves, reach] = panes(surface, wide ? [0.68, 0.32] : [0.66, 0.34], look.type * 2);
    paintCurves(context, curves!, shown, look, lit, false);
    paintReach(context, reach!, shown, look, lit);
  },
  describe: ({ coding, backprop, at, data, heldOut }) =>
    `After ${at.at(-1) ?? 0} batches of ${data}, predictive coding is right on ${percent(coding.at(-1))} of ${heldOut} held-out images, backpropagation on ${percent(backprop.at(-1))}.`,
};

function paintCurves(
  context: CanvasRenderingContext2D,
  box: Box,
  { at, coding, backprop, batches, data, images, heldOut }: TwinsShown,
  look: ExhibitLook,
  lit: string | null,
  isSmall: boolean,
): void {
  const { colours, type } = look;
  const keys = [
    { name: 'Predictive coding', colour: colours.state },
    { name: 'Backpropagation', colour: colours.soft, dash: [7, 3] },
  ];
  const head = isSmall ? 0 : paintKeys(context, look, keys, [box.x, box.y], box.width) + type * 0.6;
  const axes = {
    x: { title: `batches of 100, from ${grouped(images)} images of ${data}`, from: 0, to: batches }, // prettier-ignore
    y: {
      title: fitting(
        context,
        look,
        [`right answers on ${grouped(heldOut)} held-out images, %`, 'held-out accuracy, %'],
        box.width,
      ),
      from: 0,
      to: 100,
    },
  };
  const plot = paintPlot(context, inset(box, { top: head }), axes, look, isSmall);
  const lines = [
    { values: backprop, colour: colours.soft, dash: [7, 3], name: 'backprop' },
    { values: coding, colour: colours.state, dash: [], name: 'coding' },
  ];
  for (const { values, colour, dash, name } of lines)
    lighted(context, lightOf(lit, name), () => {
      paintValues(context, plot, at, values, { colour, dash, width: isSmall ? 2 : 2.5 });
      const last = values.length - 1;
      if (last >= 0)
        paintDot(context, [plot.x(at[last]!), plot.y(values[last]!)], colour, isSmall ? 2 : 4, 0);
    });
  const end = coding.length - 1;
  if (isSmall || end < 0 || coding.length === backprop.length) return;
  const [x, y] = [plot.x(at[end]!), plot.y(coding[end]!)];
  write(context, look, '× blew up', [x + 8, y], { colour: colours.warn, baseline: 'middle', bold: true }); // prettier-ignore
}

/** For each synapse a bar for either rule: how many layers away the farthest signal comes from. */
function paintReach(
  context: CanvasRenderingContext2D,
  box: Box,
  { reach }: TwinsShown,
  look: ExhibitLook,
  lit: string | null,
): void {
  const { colours, type } = look;
  const titles = ['How far away a synapse must look, in layers', 'A synapse looks so far, layers', 'Layers looked at'] as const; // prettier-ignore
  write(context, look, fitting(context, look, [...titles], box.width), [box.x, box.y + type], { colour: colours.soft }); // prettier-ignore
  const layers = reach.coding.length;
  const rows = inset(box, { top: type * 1.8, left: type * 2.4, right: type * 1.6 });
  const high = Math.min(rows.height / layers, type * 5);
  const bar = Math.max(4, Math.min(high * 0.32, type));
  const unit = rows.width / Math.max(1, ...reach.coding, ...reach.backprop);
  for (let l = layers; l >= 1; l--) {
    const top = rows.y + (layers - l) * high;
    const middle = top + high / 2;
    write(context, look, numbered('W', l), [box.x, middle], { colour: colours.ink, baseline: 'middle' }); // prettier-ignore
    const bars = [
      { far: reach.backprop[l - 1]!, y: middle - bar - 1, colour: colours.soft, name: 'backprop' },
      { far: reach.coding[l - 1]!, y: middle + 1, colour: colours.state, name: 'coding' },
    ];
    for (const { far, y, colour, name } of bars)
      lighted(context, lightOf(lit, name, 'reach'), () => {
        context.fillStyle = colour;
        context.fillRect(rows.x, y, Math.max(1.5, far * unit), bar);
        write(context, look, String(far), [rows.x + far * unit + 5, y + bar / 2], { colour, baseline: 'middle' }); // prettier-ignore
      });
  }
}
