import type { LayerTimes, Timetable, WaitingShown, Work } from '../../exhibits/list/waiting.ts';
import type { Surface } from '../canvas.ts';
import type { Box } from '../columns.ts';
import type { ExhibitLook, ExhibitPicture } from './exhibitPicture.ts';
import { lighted, lightOf } from './lights.ts';
import { inset } from './panes.ts';
import { fitting, numbered, paintKeys, write } from './words.ts';

const TITLES: Record<Timetable['rule'], string> = {
  backprop: 'Backpropagation',
  settling: 'Predictive coding',
  exact: 'Z-IL',
};

const COLOURS: Record<Work, 'down' | 'up' | 'state'> = { predict: 'down', error: 'up', move: 'state' }; // prettier-ignore

/** Three timetables under each other, on one axis of stages, with a clock that moves over them. */
export const waitingPicture: ExhibitPicture<WaitingShown> = {
  paint(surface, shown, { look, lit, isSmall }) {
    paintTables(surface, shown, look, isSmall ? null : lit, isSmall);
  },
  describe: ({ timetables, layers, stage }) =>
    `Timetables of ${layers} layers at stage ${stage}: ${timetables.map(({ rule, stages }) => `${TITLES[rule]} ends after ${stages} stages`).join(', ')}.`,
};

function paintTables(
  { context, width, height }: Surface,
  shown: WaitingShown,
  look: ExhibitLook,
  lit: string | null,
  isSmall: boolean,
): void {
  const { colours, type } = look;
  const keys = [
    { name: 'predicts', colour: colours.down, isArea: true },
    { name: 'finds its error', colour: colours.up, isArea: true },
    { name: 'moves its states', colour: colours.state, isArea: true },
    { name: 'must not change', colour: colours.line, isArea: true },
    { name: 'may change', colour: colours.learn, isArea: true },
  ];
  const head = isSmall ? 0 : paintKeys(context, look, keys, [0, 0], width - type * 5) + type * 0.5;
  const foot = isSmall ? 0 : type * 2.8;
  const { timetables, stage } = shown;
  const stages = Math.max(...timetables.map((table) => table.stages));
  const gap = isSmall ? 3 : type * 0.7;
  const title = isSmall ? 0 : type * 1.6;
  const high = (height - head - foot - gap * (timetables.length - 1)) / timetables.length;
  const left = isSmall ? 0 : type * 2.6;
  const wide = (width - left - (isSmall ? 0 : 4)) / stages;
  timetables.forEach((table, i) => {
    const box = { x: 0, y: head + i * (high + gap), width, height: high };
    if (!isSmall) {
      const { said, more } = saidOf(table, shown);
      const text = fitting(context, look, [`${TITLES[table.rule]}: ${said}${more}`, `${TITLES[table.rule]}: ${said}`], width); // prettier-ignore
      write(context, look, text, [0, box.y + type * 1.1], { colour: colours.ink, bold: true });
    }
    lighted(context, lightOf(lit, table.rule), () => paintTable(context, inset(box, { left, top: title }), table, { wide, stage, isSmall }, look)); // prettier-ignore
  });
  if (stage > 0) {
    context.fillStyle = colours.ink;
    context.fillRect(left + stage * wide - 1, head, 2, height - head - foot);
  }
  if (isSmall) return;
  const every = Math.ceil((type * 2.4) / wide);
  const y = height - foot + type * 1.2;
  for (let s = every; s <= stages; s += every)
      write(context, look, String(s), [left + (s - 0.5) * wide, y], { colour: colours.soft, align: 'center' }); // prettier-ignore
  write(context, look, 'stages, each waiting for the one before', [width, y + type * 1.3], { colour: colours.soft, align: 'right' }); // prettier-ignore
}

/** What is said of a timetable, and what more where there is room. */
function saidOf({ rule, stages, layers }: Timetable, { layers: L, steps }: WaitingShown) {
  const idle = Math.round(100 * (1 - layers[0]!.works.length / stages));
  const deaf = layers.filter(({ hears }) => hears === null).length;
  switch (rule) {
    case 'backprop':
      return { said: `${stages} stages`, more: `; a layer waits in ${idle} % of them` };
    case 'settling':
      return {
        said: `${L} to start, ${2 * steps} to settle`,
        more: deaf > 0 ? `; ${deaf} of ${L} layers hear nothing` : '',
      };
    case 'exact':
      return { said: `${stages} stages`, more: ', each layer as its error comes' };
    default:
      return rule satisfies never;
  }
}

interface TableStyle {
  readonly wide: number;
  readonly stage: number;
  readonly isSmall: boolean;
}

function paintTable(
  context: CanvasRenderingContext2D,
  box: Box,
  { layers }: Timetable,
  style: TableStyle,
  look: ExhibitLook,
): void {
  const { colours, type } = look;
  const high = box.height / layers.length;
  const every = Math.ceil((type * 1.15) / high);
  layers.forEach((layer, i) => {
    const y = box.y + (layers.length - 1 - i) * high;
    const isNamed = i === 0 || i === layers.length - 1 ? high * (layers.length - 1) > type : i % every === 0 && i + every < layers.length; // prettier-ignore
    if (!style.isSmall && isNamed)
      write(context, look, numbered('W', i + 1), [0, y + high / 2], { colour: colours.ink, baseline: 'middle' }); // prettier-ignore
    paintRow(context, { x: box.x, y, width: box.width, height: high }, layer, style, look);
  });
}

/** One layer: what it does stage by stage, paler where nothing has reached it yet or the clock has not come so far. */
function paintRow(
  context: CanvasRenderingContext2D,
  { x, y, height }: Box,
  { works, changes, isLocked, hears }: LayerTimes,
  { wide, stage }: TableStyle,
  { colours }: ExhibitLook,
): void {
  const strength = context.globalAlpha;
  const inside = Math.max(1, height - (height > 6 ? 2 : 1));
  const first = works[0]?.stage ?? 1;
  const last = changes.at(-1);
  if (isLocked && last !== undefined) {
    context.fillStyle = colours.line;
    context.fillRect(x + (first - 1) * wide, y + height * 0.36, (last - first + 1) * wide, height * 0.28); // prettier-ignore
  }
  for (const { stage: at, kind } of works) {
    const isIdle = kind !== 'predict' && (hears === null || at < hears);
    context.globalAlpha = strength * (isIdle ? 0.22 : stage > 0 && at > stage ? 0.5 : 1);
    context.fillStyle = colours[COLOURS[kind]];
    context.fillRect(x + (at - 1) * wide + 0.5, y + 0.5, Math.max(1, wide - 1), inside);
  }
  context.fillStyle = colours.learn;
  for (const at of changes) {
    context.globalAlpha = strength * (hears !== null && at >= hears ? 1 : 0.22);
    context.fillRect(x + at * wide - Math.max(2, Math.min(5, wide * 0.3)), y + 0.5, Math.max(2, Math.min(5, wide * 0.3)), inside); // prettier-ignore
  }
  context.globalAlpha = strength;
}
