import type { LearntMotionShown } from '../../exhibits/list/learntMotion.ts';
import { wordOf } from '../../exhibits/values.ts';
import type { Box } from '../columns.ts';
import { paintDot } from '../lines.ts';
import type { ExhibitLook, ExhibitPicture } from './exhibitPicture.ts';
import { lighted, lightOf } from './lights.ts';
import { inset, isWide, panes } from './panes.ts';
import { paintPlot, paintValues } from './plot.ts';
import { paintKeys, write } from './words.ts';

type Context = CanvasRenderingContext2D;

/** Errors are shown up to so many times the least. */
const MOST_TIMES = 8;
/** The plane spans so far from its middle. */
const SPAN = 1.6;

/** The dot's turn as it is and as it is believed; beside it, how the error comes down. */
export const learntMotionPicture: ExhibitPicture<LearntMotionShown> = {
  paint(surface, shown, { look, lit, values, isSmall }) {
    const { context } = surface;
    const whole = { x: 0, y: 0, width: surface.width, height: surface.height };
    if (isSmall) return paintPlane(context, whole, shown, look, lit, true);
    const [plane, course] = panes(surface, isWide(surface) ? [0.5, 0.5] : [0.58, 0.42], 2 * look.type); // prettier-ignore
    paintPlane(context, plane!, shown, look, lit, false);
    const words = `${wordOf(values, 'learns')} = ${matrixText(wordOf(values, 'learns') === 'C' ? shown.C : shown.A)}`; // prettier-ignore
    write(context, look, words, [course!.x, course!.y + look.type], { colour: look.colours.down, bold: true }); // prettier-ignore
    paintErrors(context, inset(course!, { top: 2 * look.type }), shown, look, lit);
  },
  describe: ({ errors, least, at }) =>
    `After ${at.at(-1) ?? 0} measurements, what the network expects next is off by ${errors.at(-1)?.toFixed(3) ?? 'an error that is not measured yet'}; who knows the law is off by ${least.toFixed(3)}.`,
};

const rounded = (value: number) => value.toFixed(2).replace('-', '−');
const matrixText = ([a = 0, b = 0, c = 0, d = 0]: ArrayLike<number> & Iterable<number>) =>
  `(${rounded(a)} ${rounded(b)}; ${rounded(c)} ${rounded(d)})`;

function paintPlane(
  context: Context,
  box: Box,
  { measured, truth, believed }: LearntMotionShown,
  look: ExhibitLook,
  lit: string | null,
  isSmall: boolean,
): void {
  const { colours, type } = look;
  const keys = [
    { name: 'true turn', colour: colours.ink, dash: [6, 4] },
    { name: 'believed turn', colour: colours.down },
    { name: 'measured', colour: colours.up, isArea: true },
  ];
  const head = isSmall ? 0 : paintKeys(context, look, keys, [box.x, box.y], box.width) + 0.4 * type;
  const room = inset(box, { top: head });
  // As far to the right as up: a turn is a circle.
  const left = isSmall ? 0 : 3.4 * type;
  const foot = isSmall ? 0 : 5 * type;
  const side = Math.max(1, Math.min(room.width - left - (isSmall ? 0 : type), room.height - foot));
  const square = { x: room.x + (room.width - side - left) / 2, y: room.y, width: side + left + (isSmall ? 0 : type), height: side + foot }; // prettier-ignore
  const axis = { from: -SPAN, to: SPAN };
  const plot = paintPlot(context, square, { x: { title: 'across', ...axis }, y: { title: 'up', ...axis } }, look, isSmall); // prettier-ignore
  const even = (points: Float32Array) => points.filter((_, i) => i % 2 === 0);
  const odd = (points: Float32Array) => points.filter((_, i) => i % 2 === 1);
  lighted(context, lightOf(lit, 'measured'), () => {
    const [x, y] = [even(measured), odd(measured)];
    const within = (value: number) => Math.abs(value) <= SPAN;
    x.forEach((at, i) => {
      if (within(at) && within(y[i]!)) paintDot(context, [plot.x(at), plot.y(y[i]!)], colours.up, isSmall ? 1.3 : 2.4, plot.area.top); // prettier-ignore
    });
  });
  paintValues(context, plot, even(truth), odd(truth), { colour: colours.ink, dash: [6, 4], width: isSmall ? 1.2 : 1.8 }); // prettier-ignore
  lighted(context, lightOf(lit, 'believed'), () => {
    const [x, y] = [even(believed), odd(believed)];
    paintValues(context, plot, x, y, { colour: colours.down, dash: [], width: isSmall ? 2 : 2.6 });
    paintDot(context, [plot.x(x[0]!), plot.y(y[0]!)], colours.down, isSmall ? 2.5 : 5, plot.area.top); // prettier-ignore
  });
}

function paintErrors(
  context: Context,
  box: Box,
  { at, errors, least, wanted }: LearntMotionShown,
  look: ExhibitLook,
  lit: string | null,
): void {
  const { colours, type } = look;
  const most = Math.min(MOST_TIMES * least, Math.max(2 * least, ...errors));
  const axes = {
    x: { title: 'measurements learnt from', from: 0, to: wanted },
    y: { title: 'error of what is expected next', from: 0, to: 1.1 * most },
  };
  const plot = paintPlot(context, inset(box, { right: type }), axes, look, false);
  paintValues(context, plot, [0, wanted], [least, least], { colour: colours.ink, dash: [6, 4], width: 1.8 }); // prettier-ignore
  lighted(context, lightOf(lit, 'error'), () => {
    paintValues(context, plot, at, errors, { colour: colours.up, dash: [], width: 2.2 });
  });
  write(context, look, `who knows the law: ${least.toFixed(3)}`, [plot.area.right, plot.y(least) + 1.4 * type], { colour: colours.ink, align: 'right' }); // prettier-ignore
}
