import type { RecallShown } from '../../exhibits/list/recall.ts';
import { isOn } from '../../exhibits/values.ts';
import type { Surface } from '../canvas.ts';
import type { Box } from '../columns.ts';
import { paintHatching } from '../picture.ts';
import { paintCaption, paintDigit, placeIn, SIDE } from './digit.ts';
import type { Change, ExhibitLook, ExhibitPicture } from './exhibitPicture.ts';
import { galleryLayout, paintSeen } from './gallery.ts';
import { inset } from './panes.ts';
import type { Plot, PlotAxis } from './plot.ts';
import { paintPlot, paintValues } from './plot.ts';
import { fitting, paintKeys, write } from './words.ts';

export const recallPicture: ExhibitPicture<RecallShown> = {
  paint(surface, shown, { look, values, lit, isSmall }) {
    if (isSmall) return paintSmall(surface, shown, look);
    const where = galleryLayout({ ...surface, type: look.type }, shown.memories);
    paintPictures(surface, shown, look, lit, where);
    paintGallery(surface, shown, look, where);
    if (isOn(values, 'grow')) paintTallies(surface, shown, look, where.plot);
    else if (shown.phase === 'learning') paintEnergy(surface, shown, look, where.plot);
    else paintCourse(surface, shown, look, where.plot);
  },
  grab({ x, y }, size, shown) {
    const { large, cells } = galleryLayout(size, shown.memories);
    const memory = cells.findIndex((cell) => placeIn(cell, x, y) !== null);
    const show = (): Change | null =>
      memory < 0 ? null : { kind: 'values', values: { which: memory + 1 } };
    if (memory >= 0) return { cursor: 'grab', move: () => null, drop: show };
    const rub = (to: { readonly x: number; readonly y: number }): Change | null => {
      const at = placeIn(large, to.x, to.y);
      return at && { kind: 'act', act: { name: 'rub', values: [...at] } };
    };
    return placeIn(large, x, y) && { cursor: 'crosshair', move: rub, drop: rub };
  },
  describe: ({ phase, memories, updates, wanted, course, which }) =>
    phase === 'learning'
      ? `A network stores ${memories} digits: update ${updates} of ${wanted}.`
      : `${which === null ? 'A drawn picture' : `Memory ${which + 1} of ${memories}`} returns from what was left of it; its error a pixel is ${(course.at(-1) ?? 0).toFixed(4)} after ${Math.max(0, course.length - 1)} steps, and was ${(course[0] ?? 0).toFixed(4)}.`,
};

/** What is given beside what is made of it. */
function paintSmall(surface: Surface, shown: RecallShown, look: ExhibitLook): void {
  const { width, height } = surface;
  const side = Math.min(width / 2 - 6, height - 8);
  const top = (height - side) / 2;
  const box = (x: number): Box => ({ x, y: top, width: side, height: side });
  paintGiven(surface, shown, look, box(width / 2 - side - 3), 1);
  paintDigit(surface, shown.recalled, look.palette.imagined, box(width / 2 + 3), { colour: look.colours.line, line: 1 }); // prettier-ignore
}

function paintGiven(surface: Surface, { spoilt, held }: RecallShown, look: ExhibitLook, box: Box, line: number): void {
  const isHidden = held.some((one) => one === 1);
  paintDigit(surface, spoilt, look.palette.ink, box, { colour: look.colours.line, line });
  if (isHidden) paintHatching(surface, held, SIDE, box, look.colours.line, look.colours.raised);
} // prettier-ignore

function paintPictures(surface: Surface, shown: RecallShown, look: ExhibitLook, lit: string | null, { large, small: [given, stored] }: ReturnType<typeof galleryLayout>): void {
  const { colours, palette } = look;
  const frame = (name: string, colour: string) =>
    lit === name ? { colour: colours.ink, line: 3 } : { colour, line: 1 };
  const isLearning = shown.phase === 'learning';
  paintDigit(surface, shown.recalled, palette.imagined, large, frame('recalled', colours.line));
  const seen = shown.held.map((one) => (isLearning ? 0 : one));
  if (seen.some((one) => one === 1)) paintSeen(surface, shown.spoilt, seen, look, large);
  paintGiven(surface, shown, look, given, 1);
  if (lit === 'held') {
    surface.context.strokeStyle = colours.ink;
    surface.context.lineWidth = 3;
    surface.context.strokeRect(given.x, given.y, given.width, given.height);
  }
  paintDigit(surface, shown.stored, palette.ink, stored, frame('stored', colours.line));
  const step = Math.max(0, shown.course.length - 1);
  const title = isLearning
    ? (['What the network has of it so far', 'So far'] as const)
    : ([`What returns: step ${step}. Rub parts out.`, `What returns: step ${step}`, 'Returns'] as const); // prettier-ignore
  paintCaption(surface, look, fitting(surface.context, look, title, large.width, { bold: true }), large, colours.down); // prettier-ignore
  paintCaption(surface, look, 'Given', given);
  paintCaption(surface, look, fitting(surface.context, look, [shown.which === null ? 'Nearest stored' : 'Stored', 'Stored'], stored.width, { bold: true }), stored); // prettier-ignore
} // prettier-ignore

function paintGallery(surface: Surface, shown: RecallShown, look: ExhibitLook, { gallery, cells }: ReturnType<typeof galleryLayout>): void {
  const { colours, palette } = look;
  const { isRight, memories } = shown;
  const right = isRight.reduce((sum, one) => sum + one, 0);
  const told = isRight.length > 0 && shown.phase === 'recalling';
  const title = told
    ? ([`All ${memories} memories: ${right} return as themselves. Press one.`, `${right} of ${memories} return as themselves`, `${right} of ${memories}`] as const)
    : ([`The ${memories} pictures, as the network has them so far`, `The ${memories} pictures so far`] as const);
  paintCaption(surface, look, fitting(surface.context, look, title, gallery.width, { bold: true }), gallery);
  cells.forEach((cell, k) => {
    const pixels = shown.gallery.subarray(k * SIDE * SIDE, (k + 1) * SIDE * SIDE);
    const isOne = k === shown.which;
    const colour = isOne ? colours.ink : told && isRight[k] === 0 ? colours.up : colours.line;
    paintDigit(surface, Float32Array.from(pixels, (byte) => byte / 255), palette.imagined, cell, { colour, line: isOne || colour === colours.up ? 2 : 1 });
  });
} // prettier-ignore

/** An axis of errors in powers of ten, down to the least of them. */
function errorAxis(errors: ArrayLike<number>): PlotAxis {
  const least = Math.min(...Array.from(errors).filter((error) => error > 0), 1e-4);
  const from = 10 ** Math.floor(Math.log10(least));
  return { title: 'squared error a pixel', from, to: 0.3, scale: 'logarithmic' };
}

function paintCourse({ context }: Surface, { course, meanCourse }: RecallShown, look: ExhibitLook, box: Box): void {
  const keys = [
    { name: 'on show', colour: look.colours.up },
    { name: 'mean of all', colour: look.colours.soft, dash: [5, 4] },
  ];
  const used = paintKeys(context, look, keys, [box.x, box.y], box.width);
  const x = { title: 'settling step', from: 0, to: Math.max(60, course.length - 1) };
  const plot = paintPlot(context, inset(box, { top: used }), { x, y: errorAxis([...course, ...meanCourse]) }, look, false);
  const at = course.map((_, i) => i);
  paintValues(context, plot, at, meanCourse, { colour: look.colours.soft, dash: [5, 4], width: 1.8 });
  paintValues(context, plot, at, course, { colour: look.colours.up, dash: [], width: 2.4 });
} // prettier-ignore

function paintEnergy({ context }: Surface, { energy, wanted }: RecallShown, look: ExhibitLook, box: Box): void {
  const axes = {
    x: { title: 'update', from: 0, to: wanted },
    y: { title: 'free energy of a memory, nats', from: 1e-3, to: 100, scale: 'logarithmic' },
  } as const;
  const plot = paintPlot(context, box, axes, look, false);
  paintValues(context, plot, energy.map((_, i) => i + 1), energy, { colour: look.colours.learn, dash: [], width: 2.4 });
} // prettier-ignore

/** Error against the number of memories, a dot for each that was tried. */
function paintTallies({ context }: Surface, { tallies }: RecallShown, look: ExhibitLook, box: Box): void {
  const x = { title: 'memories stored', from: 4, to: 100, scale: 'logarithmic', format: String } as const;
  const plot: Plot = paintPlot(context, box, { x, y: errorAxis(tallies.map(({ error }) => error)) }, look, false);
  const errors = tallies.map(({ error }) => error);
  paintValues(context, plot, tallies.map(({ memories }) => memories), errors, { colour: look.colours.up, dash: [], width: 2 });
  tallies.forEach(({ memories, right }, i) => {
    const [at, y] = [plot.x(memories), plot.y(errors[i]!)];
    context.beginPath();
    context.arc(at, y, 4.5, 0, 2 * Math.PI);
    context.fillStyle = look.colours.up;
    context.fill();
    const words = `${memories}: ${Math.round(100 * right)} % right`;
    write(context, look, words, [Math.min(at, plot.area.right - 60), y - 9], { colour: look.colours.ink, align: 'center' });
  });
} // prettier-ignore
