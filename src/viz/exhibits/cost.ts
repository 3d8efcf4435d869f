import type { CostRow, CostShown } from '../../exhibits/list/cost.ts';
import { grouped } from '../../shared/grouped.ts';
import type { Surface } from '../canvas.ts';
import type { Box } from '../columns.ts';
import type { ExhibitLook, ExhibitPicture } from './exhibitPicture.ts';
import { lighted, lightOf } from './lights.ts';
import { inset } from './panes.ts';
import { fitting, paintKeys, write } from './words.ts';

const NAMES: Record<CostRow['id'], readonly [string, ...string[]]> = {
  backprop: ['Backpropagation'],
  needed: ['Predictive coding, what is needed', 'Predictive coding, needed', 'Needed'],
  counted: ['Predictive coding, as a profiler counts', 'As a profiler counts', 'Profiler'],
  profiled: ['As a profiler counts, with an encoder that nobody needs', 'Profiler, with an encoder', 'With encoder'], // prettier-ignore
};

export const totalOf = ({ predict, feedback, change }: CostRow): number =>
  predict + feedback + change;

/** 605,696 as "0.61 million", 46,900,000 as "46.9 million". */
export function millions(count: number): string {
  const value = count / 1e6;
  return `${value.toFixed(value < 10 ? 2 : value < 100 ? 1 : 0)} million`;
}

/** A line of a bill: what it is for, and how much. */
interface Line {
  readonly names: readonly [string, ...string[]];
  readonly text: string;
  readonly parts: readonly { readonly value: number; readonly colour: string }[];
  readonly lights: readonly string[];
}

/** The bill for one update, as bars. */
export const costPicture: ExhibitPicture<CostShown> = {
  paint(surface, shown, { look, lit, isSmall }) {
    const { context, width, height } = surface;
    const whole = { x: 0, y: 0, width, height };
    if (isSmall) return paintBars(context, whole, operationLines(shown, look), look, lit, true);
    paintBill(surface, shown, look, lit);
  },
  describe: ({ rows }) =>
    `One update costs ${rows.map((row) => `${millions(totalOf(row))} operations (${NAMES[row.id][0]})`).join(', ')}.`,
};

/** All parts of the bill under each other. */
function paintBill(
  { context, width, height }: Surface,
  shown: CostShown,
  look: ExhibitLook,
  lit: string | null,
): void {
  const { colours, type } = look;
  const keys = [
    { name: 'predicting', colour: colours.down, isArea: true },
    { name: 'errors sent back', colour: colours.up, isArea: true },
    { name: 'changes of synapses', colour: colours.learn, isArea: true },
  ];
  const bills = [
    { title: 'Operations for one image and update', lines: operationLines(shown, look) },
    { title: 'Stages that wait for each other', lines: pair(shown.stages, look) },
    { title: 'States and errors kept, numbers', lines: pair(shown.kept, look) },
    { title: 'Synapses and biases', lines: pair(shown.parameters, look) },
  ];
  const head = paintKeys(context, look, keys, [0, 0], width - type * 5) + type * 0.4;
  const rows = bills.reduce((sum, { lines }) => sum + lines.length, 0);
  const row = Math.min(type * 3.4, (height - head - bills.length * type * 1.9) / rows);
  let y = head;
  for (const { title, lines } of bills) {
    write(context, look, title, [0, y + type * 1.2], { colour: colours.ink, bold: true });
    const box = { x: 0, y: y + type * 1.6, width, height: row * lines.length };
    paintBars(context, box, lines, look, lit, false);
    y = box.y + box.height + type * 0.3;
  }
}

function operationLines({ rows }: CostShown, { colours }: ExhibitLook): Line[] {
  return rows.map((row) => ({
    names: NAMES[row.id],
    text: millions(totalOf(row)),
    parts: [
      { value: row.predict, colour: colours.down },
      { value: row.feedback, colour: colours.up },
      { value: row.change, colour: colours.learn },
    ],
    lights: [row.id, ...(row.id === 'profiled' ? ['counted'] : [])],
  }));
}

function pair(
  { coding, backprop }: { readonly coding: number; readonly backprop: number },
  { colours }: ExhibitLook,
): Line[] {
  const lines = [
    { name: 'Backpropagation', value: backprop, colour: colours.soft, lights: ['backprop'] },
    { name: 'Predictive coding', value: coding, colour: colours.state, lights: ['needed', 'counted'] }, // prettier-ignore
  ];
  return lines.map(({ name, value, colour, lights }) => ({
    names: [name],
    text: grouped(value),
    parts: [{ value, colour }],
    lights,
  }));
}

/** Bars to one scale, each under its name where there is room for two lines, else beside it. */
function paintBars(
  context: CanvasRenderingContext2D,
  box: Box,
  lines: readonly Line[],
  look: ExhibitLook,
  lit: string | null,
  isSmall: boolean,
): void {
  const { colours, type } = look;
  const row = box.height / lines.length;
  const label = isSmall ? 0 : Math.min(box.width * 0.42, type * 23);
  const number = isSmall ? 0 : type * 7;
  const bars = inset(box, { left: label, right: number });
  const most = Math.max(1, ...lines.map(({ parts }) => parts.reduce((sum, { value }) => sum + value, 0))); // prettier-ignore
  const thick = isSmall ? row * 0.62 : Math.min(row * 0.7, type * 1.7);
  lines.forEach(({ names, text, parts, lights }, i) => {
    const middle = box.y + row * (i + 0.5);
    lighted(context, lightOf(lit, ...lights), () => {
      let x = bars.x;
      for (const { value, colour } of parts) {
        const long = (bars.width * value) / most;
        context.fillStyle = colour;
        context.fillRect(x, middle - thick / 2, Math.max(long, value > 0 ? 1 : 0), thick);
        x += long;
      }
      if (isSmall) return;
      const style = { colour: colours.ink, baseline: 'middle' } as const;
      write(context, look, fitting(context, look, names, label - 8), [box.x, middle], style);
      write(context, look, text, [x + 6, middle], style);
    });
  });
}
