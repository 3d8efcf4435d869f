import type { ExactShown } from '../../exhibits/list/exact.ts';
import type { Surface } from '../canvas.ts';
import { scratchCanvas } from '../canvas.ts';
import type { Box } from '../columns.ts';
import { colourOf } from '../colour.ts';
import type { ExhibitLook, ExhibitPicture } from './exhibitPicture.ts';
import { lighted, lightOf } from './lights.ts';
import { inset } from './panes.ts';
import { powerOfTen } from './plot.ts';
import { fitting, numbered, write } from './words.ts';

/** Differences are painted by the power of ten of their rounding units: from one unit to as much as the change itself. */
const SCALE = { low: 0, high: 7 };

/** A number of rounding units in few letters: "0.8", "27", "3·10⁶". */
export function unitsText(units: number): string {
  if (!Number.isFinite(units)) return '…';
  if (units < 1000) return units < 10 ? units.toFixed(1) : String(Math.round(units));
  const power = Math.floor(Math.log10(units));
  return `${Math.round(units / 10 ** power)}·${powerOfTen(10 ** power).replace('1000', '10³')}`;
}

/** Layer by step, how far each layer's change is from backpropagation's. */
export const exactPicture: ExhibitPicture<ExactShown> = {
  paint(surface, shown, { look, lit, isSmall }) {
    const { context, width, height } = surface;
    const whole = { x: 0, y: 0, width, height };
    if (isSmall) return paintCells(context, inset(whole, { left: 2, right: 2, top: 2, bottom: 2 }), shown, look, null, true); // prettier-ignore
    paintAll(surface, shown, look, lit);
  },
  describe: ({ layers, step, readAt, distances, steps, rounding }) => {
    const read = readAt.filter((at) => at <= step).length;
    const units = readAt.map((at, i) => distances[i * steps + at]! / rounding);
    const known = units.filter(Number.isFinite);
    return `After ${step} steps ${read} of ${layers} layers were read; they differ from backpropagation by at most ${known.length > 0 ? unitsText(Math.max(...known)) : 'nothing yet in'} rounding units.`;
  },
};

function paintAll(
  { context, width, height }: Surface,
  shown: ExactShown,
  look: ExhibitLook,
  lit: string | null,
): void {
  const { type, colours } = look;
  const wide = width > 520;
  const title = ['How far each layer’s change is from backpropagation’s, in rounding units', 'Distance to backprop, rounding units'] as const; // prettier-ignore
  write(context, look, fitting(context, look, [...title], width - type * 5), [0, type], { colour: colours.soft }); // prettier-ignore
  const whole = { x: 0, y: 0, width, height };
  const cells = inset(whole, { left: type * 3, right: type * (wide ? 7 : 5), top: type * 3.6, bottom: type * 5.6 }); // prettier-ignore
  write(context, look, wide ? 'as read' : 'read', [width, cells.y - type * 0.7], { colour: colours.learn, align: 'right', bold: true }); // prettier-ignore
  paintCells(context, cells, shown, look, lit, false);
  paintWords(context, cells, shown, look, width);
  paintScale(context, { x: cells.x, y: height - type * 2.3, width: Math.min(cells.width, type * 26), height: type * 2.3 }, look); // prettier-ignore
}

function paintCells(
  context: CanvasRenderingContext2D,
  box: Box,
  { layers, steps, distances, readAt, rounding, step }: ExactShown,
  look: ExhibitLook,
  lit: string | null,
  isSmall: boolean,
): void {
  const { colours, palette } = look;
  const tile = scratchCanvas(steps, layers);
  const image = tile.createImageData(steps, layers);
  const packed = new Uint32Array(image.data.buffer);
  distances.forEach((distance, at) => {
    if (Number.isNaN(distance)) return;
    const [l, t] = [Math.floor(at / steps), at % steps];
    const power = Math.log10(Math.max(1, distance / rounding));
    packed[(layers - 1 - l) * steps + t] = colourOf(power, SCALE, palette.activity);
  });
  tile.putImageData(image, 0, 0);
  context.fillStyle = palette.ground;
  context.fillRect(box.x, box.y, box.width, box.height);
  context.imageSmoothingEnabled = false;
  lighted(context, lightOf(lit, 'distances'), () =>
    context.drawImage(tile.canvas, 0, 0, steps, layers, box.x, box.y, box.width, box.height),
  );
  const [wide, high] = [box.width / steps, box.height / layers];
  context.fillStyle = colours.panel;
  for (let t = 1; t < steps; t++) context.fillRect(box.x + t * wide - 0.5, box.y, 1, box.height);
  for (let l = 1; l < layers; l++) context.fillRect(box.x, box.y + l * high - 0.5, box.width, 1);
  lighted(context, lightOf(lit, 'readAt'), () => {
    readAt.forEach((t, i) => {
      context.strokeStyle = colours.learn;
      context.lineWidth = isSmall ? 2 : 3;
      context.setLineDash(t <= step ? [] : [4, 3]);
      const edge = isSmall ? 1 : 2;
      context.strokeRect(box.x + t * wide + edge, box.y + (layers - 1 - i) * high + edge, wide - 2 * edge, high - 2 * edge); // prettier-ignore
    });
    context.setLineDash([]);
  });
}

/** Names of layers and steps, and what the layers differed by when they were read. */
function paintWords(
  context: CanvasRenderingContext2D,
  box: Box,
  { layers, steps, distances, readAt, rounding }: ExactShown,
  look: ExhibitLook,
  width: number,
): void {
  const { colours, type } = look;
  const [wide, high] = [box.width / steps, box.height / layers];
  for (let l = 1; l <= layers; l++) {
    const middle = box.y + (layers - l + 0.5) * high;
    write(context, look, numbered('W', l), [box.x - 8, middle], { colour: colours.ink, baseline: 'middle', align: 'right' }); // prettier-ignore
    const units = distances[(l - 1) * steps + readAt[l - 1]!]! / rounding;
    write(context, look, unitsText(units), [width, middle], { colour: colours.ink, baseline: 'middle', align: 'right', bold: true }); // prettier-ignore
  }
  const every = Math.ceil((type * 2) / wide);
  for (let t = 0; t < steps; t += every)
    write(context, look, String(t), [box.x + (t + 0.5) * wide, box.y + box.height + type * 1.2], { colour: colours.soft, align: 'center' }); // prettier-ignore
  write(context, look, 'steps made', [box.x + box.width, box.y + box.height + type * 2.5], { colour: colours.soft, align: 'right' }); // prettier-ignore
}

/** What the colours mean. */
function paintScale(context: CanvasRenderingContext2D, box: Box, look: ExhibitLook): void {
  const { colours, palette, type } = look;
  const gradient = context.createLinearGradient(box.x, 0, box.x + box.width, 0);
  const { stops } = palette.activity;
  stops.forEach((colour, i) => gradient.addColorStop(i / (stops.length - 1), colour));
  context.fillStyle = gradient;
  context.fillRect(box.x, box.y, box.width, type * 0.7);
  context.strokeStyle = colours.line;
  context.lineWidth = 1;
  context.strokeRect(box.x, box.y, box.width, type * 0.7);
  const style = { colour: colours.soft, baseline: 'top' } as const;
  const y = box.y + type * 0.95;
  write(context, look, '1: rounding', [box.x, y], style);
  write(context, look, '10⁷: all of it', [box.x + box.width, y], { ...style, align: 'right' });
}
