import type { SettlingShown } from '../../exhibits/list/settling.ts';
import { EXAMPLES } from '../../exhibits/list/settling.ts';
import { numberOf } from '../../exhibits/values.ts';
import type { Surface } from '../canvas.ts';
import type { Box } from '../columns.ts';
import { paintPicture } from '../picture.ts';
import { formatNumber, largest } from '../scales.ts';
import { cellAt, cellOf, paintCells } from './cells.ts';
import { paintEnergies } from './energies.ts';
import { SIDE } from './digit.ts';
import { lightOf } from './lights.ts';
import type { ExhibitLook, ExhibitPicture, PictureSize, Place } from './exhibitPicture.ts';
import { inset, panes } from './panes.ts';
import { GAUGE_HEIGHT, paintRateGauge, rateGrab } from './rateGauge.ts';
import type { Storey } from './tower.ts';
import { tableOf, towerOf } from './tower.ts';
import { fitting, sourceWordings, write } from './words.ts';

/** Errors smaller than this stay pale: they are no louder than those that matter. */
const LEAST_ERROR = 1e-3;
const LEAST_VALUE = 0.1;

/** Where things stand; a miniature is the tower alone. */
function layoutOf(size: PictureSize, layers: number, isSmall: boolean) {
  const { width, height, type } = size;
  if (isSmall) return { storeys: towerOf({ x: 2, y: 2, width: width - 4, height: height - 4 }, layers - 1, 0), side: null }; // prettier-ignore
  const [tower, side] = panes(size, [0.6, 0.4], 1.6 * type);
  const gauge = { ...side!, width: side!.width - type, height: GAUGE_HEIGHT * type };
  const curves = inset(side!, { top: gauge.height + 0.7 * type });
  return { storeys: towerOf(tower!, layers - 1, type), side: { gauge, curves } };
}

export const settlingPicture: ExhibitPicture<SettlingShown> = {
  paint(surface, shown, { look, values, lit, isSmall }) {
    const { storeys, side } = layoutOf(
      { ...surface, type: look.type },
      shown.values.length,
      isSmall,
    );
    for (const storey of storeys) {
      paintMessages(surface, storeys, storey, shown, { lit, look });
      paintStorey(surface, storey, shown, { lit, look });
    }
    if (!side) return;
    paintWords(surface, storeys, shown, look);
    const rates = { rate: numberOf(values, 'rate'), bound: shown.bound };
    paintRateGauge(surface.context, side.gauge, rates, look);
    const { energies, errors, step } = shown;
    paintEnergies(surface, side.curves, { energies, step, layers: errors.length }, lit, look);
  },
  grab(at, size, shown) {
    const { storeys, side } = layoutOf(size, shown.values.length, false);
    const label = labelAt(at, storeys.at(-1)!, shown);
    if (label !== null) {
      const choose = (to: Place) => labelAt(to, storeys.at(-1)!, shown) ?? label;
      return { cursor: 'grab', move: (to) => ({ kind: 'values', values: { label: String(choose(to)) } }) }; // prettier-ignore
    }
    return rateGrab(at, side?.gauge);
  },
  examples: {
    count: EXAMPLES,
    of: ({ examples }, index) => examples.subarray(index * SIDE * SIDE, (index + 1) * SIDE * SIDE),
    take: (_, index) => ({ name: 'test', values: [index] }),
  },
  describe(shown, values) {
    const held = shown.label === null ? 'the label is free' : `the label is held at ${shown.label}`;
    const reached = shown.errors.filter((errors) => largest(errors) > 0).length;
    return `A network of ${shown.errors.length} layers between a picture and a label; ${held}; ${reached} of ${shown.errors.length} layers have errors; rate ${numberOf(values, 'rate')}, stable below ${formatNumber(shown.bound, 2)}.`;
  },
};

/** The class whose cell is at a place, among value or error neurons. */
function labelAt({ x, y }: Place, { values, errors }: Storey, shown: SettlingShown): number | null {
  const columns = shown.values.at(-1)!.length;
  const among = (box: Box) => cellAt({ box, rows: 1, columns }, x, y);
  return among(values) ?? (errors && among(errors));
}

interface How {
  readonly lit: string | null;
  readonly look: ExhibitLook;
}

/** The neurons of a layer. */
function paintStorey(
  surface: Surface,
  { layer, values, errors }: Storey,
  shown: SettlingShown,
  { lit, look }: How,
): void {
  const { context } = surface;
  const { palette, colours } = look;
  const z = shown.values[layer]!;
  const table = (box: Box) =>
    layer === shown.errors.length
      ? { box, rows: 1, columns: z.length }
      : { box, ...tableOf(box, z.length) };
  context.globalAlpha = lightOf(lit, 'values');
  if (layer === 0) paintPicture(surface, z, SIDE, palette.ink, { low: 0, high: 1 }, values);
  else paintCells(surface, table(values), z, { map: palette.activity, scale: { low: 0, high: Math.max(LEAST_VALUE, largest(z)) } }); // prettier-ignore
  if (layer === 0) {
    context.strokeStyle = colours.line;
    context.lineWidth = 1;
    context.strokeRect(values.x - 0.5, values.y - 0.5, values.width + 1, values.height + 1);
  }
  const e = shown.errors[layer - 1];
  if (e && errors) {
    const most = Math.max(LEAST_ERROR, largest(e));
    context.globalAlpha = lightOf(lit, 'errors');
    paintCells(surface, table(errors), e, { map: palette.signed, scale: { low: -most, high: most } }); // prettier-ignore
  }
  context.globalAlpha = 1;
}

/** What a layer sends: its prediction up to the next, and its errors down to the values before it; none where they are exactly 0. */
function paintMessages(
  { context }: Surface,
  storeys: readonly Storey[],
  { layer, values, errors }: Storey,
  shown: SettlingShown,
  { lit, look }: How,
): void {
  const below = storeys[layer - 1];
  if (!below || !errors) return;
  const { colours } = look;
  const [top, bottom] = [values.y + values.height + 3, below.values.y - 3];
  context.globalAlpha = lightOf(lit, 'predicted');
  const x = values.x + Math.min(values.width, below.values.width) / 2;
  paintArrow(context, [x, bottom], [x, top], colours.down, 2);
  if (largest(shown.errors[layer - 1]!) > 0) {
    context.globalAlpha = lightOf(lit, 'sent', 'errors');
    const to = below.errors ? below.values.x + 0.86 * below.values.width : below.values.x + below.values.width + 3; // prettier-ignore
    paintArrow(context, [errors.x + 0.14 * errors.width, top], [to, below.errors ? bottom : below.values.y + 4], colours.up, 2.5); // prettier-ignore
  }
  context.globalAlpha = 1;
}

function paintArrow(
  context: CanvasRenderingContext2D,
  [x0, y0]: readonly [number, number],
  [x1, y1]: readonly [number, number],
  colour: string,
  width: number,
): void {
  const [dx, dy] = [x1 - x0, y1 - y0];
  const length = Math.hypot(dx, dy) || 1;
  const [ux, uy] = [dx / length, dy / length];
  const head = Math.min(3 * width, length);
  context.strokeStyle = context.fillStyle = colour;
  context.lineWidth = width;
  context.beginPath();
  context.moveTo(x0, y0);
  context.lineTo(x1 - ux * head, y1 - uy * head);
  context.stroke();
  context.beginPath();
  context.moveTo(x1, y1);
  context.lineTo(x1 - ux * head - uy * head * 0.6, y1 - uy * head + ux * head * 0.6);
  context.lineTo(x1 - ux * head + uy * head * 0.6, y1 - uy * head - ux * head * 0.6);
  context.closePath();
  context.fill();
}

/** What the layers are, how large their numbers, and what is held. */
function paintWords(
  { context }: Surface,
  storeys: readonly Storey[],
  shown: SettlingShown,
  look: ExhibitLook,
): void {
  const { colours, type } = look;
  const top = storeys.at(-1)!;
  const head = top.values.y - 2.2 * type;
  const titles = ['value neurons z', 'values z'] as const;
  write(context, look, fitting(context, look, titles, top.values.width), [top.values.x, head], { colour: colours.state, bold: true }); // prettier-ignore
  const errorTitles = ['error neurons e', 'errors e'] as const;
  write(context, look, fitting(context, look, errorTitles, top.errors!.width), [top.errors!.x, head], { colour: colours.up, bold: true }); // prettier-ignore
  for (const { layer, values, errors } of storeys) {
    const middle = values.y + values.height / 2;
    const name =
      layer === 0 ? 'picture' : layer === storeys.length - 1 ? 'label' : `hidden ${layer}`;
    const left = values.x - 0.7 * type;
    write(context, look, name, [left, middle - 0.7 * type], { colour: colours.ink, align: 'right', baseline: 'middle' }); // prettier-ignore
    const brightest = formatNumber(largest(shown.values[layer]!));
    write(context, look, `0 … ${brightest}`, [left, middle + 0.7 * type], { colour: colours.soft, align: 'right', baseline: 'middle' }); // prettier-ignore
    if (!errors) continue;
    const most = formatNumber(largest(shown.errors[layer - 1]!));
    write(context, look, `±${most}`, [errors.x + errors.width + 0.5 * type, middle], { colour: colours.soft, baseline: 'middle' }); // prettier-ignore
  }
  paintClasses(context, top, shown, look);
  const facts = storeys[0]!.values.x + storeys[0]!.values.width + 1.6 * look.type;
  const errors = storeys[1]!.errors!; // every layer but the picture has some
  const room = errors.x + errors.width + 4.5 * look.type - facts;
  paintFacts(context, { ...storeys[0]!.values, x: facts, width: room }, shown, look);
}

/** Which cell of the label stands for which class, and which one is held. */
function paintClasses(context: CanvasRenderingContext2D, { values, errors }: Storey, shown: SettlingShown, look: ExhibitLook): void {
  const columns = shown.values.at(-1)!.length;
  for (const box of [values, errors!])
    for (let label = 0; label < columns; label++) {
      const cell = cellOf({ box, rows: 1, columns }, label);
      const isHeld = label === shown.label;
      write(context, look, String(label), [cell.x + cell.width / 2, cell.y - 0.5 * look.type], { colour: isHeld ? look.colours.ink : look.colours.soft, align: 'center', bold: isHeld }); // prettier-ignore
      if (!isHeld || box !== values) continue;
      context.strokeStyle = look.colours.ink;
      context.lineWidth = 2;
      context.strokeRect(cell.x - 1, cell.y - 1, cell.width + 1, cell.height + 1);
    }
} // prettier-ignore

/** What the picture shows, what the network answers, what is held. */
function paintFacts(context: CanvasRenderingContext2D, box: Box, shown: SettlingShown, look: ExhibitLook): void {
  const { colours, type } = look;
  const { label, truth, answer, source } = shown;
  const lines = [
    truth === null ? 'drawn by hand' : `shows a ${truth}`,
    `forward pass says ${answer}`,
    label === null ? 'label free' : `label held at ${label}`,
    fitting(context, look, sourceWordings('learnt from', source), box.width),
  ];
  // Beside the picture, not below it: there stands what comes next.
  const pitch = Math.min(1.5 * type, (box.height - type) / (lines.length - 1));
  lines.forEach((line, i) =>
    write(context, look, line, [box.x, box.y + 0.9 * type + i * pitch], { colour: i < 3 ? colours.ink : colours.soft })); // prettier-ignore
} // prettier-ignore
