import type { LimitRun, LimitShown, Nearness } from '../../exhibits/list/limit.ts';
import { numberOf } from '../../exhibits/values.ts';
import type { Box } from '../columns.ts';
import { paintDot } from '../lines.ts';
import type { ExhibitLook, ExhibitPicture } from './exhibitPicture.ts';
import { lighted, lightOf } from './lights.ts';
import { inset, isWide } from './panes.ts';
import type { Plot, PlotAxis } from './plot.ts';
import { paintPlot, paintValues, plotBox } from './plot.ts';
import { fitting, numbered, paintKeys, write } from './words.ts';

type Size = { readonly width: number; readonly height: number };

const K: PlotAxis = { title: 'output variance k', from: 1, to: 1000, scale: 'logarithmic' };
const DISTANCE = { from: 1e-3, to: 2, scale: 'logarithmic' } as const;
const KEYS_HEIGHT = 3.2;

/** Where the three parts lie: the distance, the cosine and the layers. */
function placesOf(size: Size, type: number) {
  const { width, height } = size;
  const gap = type * 1.2;
  if (isWide(size)) {
    const left = (width - gap) * 0.54;
    const column = { x: left + gap, width: width - left - gap };
    const upper = (height - gap) * 0.56;
    return {
      distance: { x: 0, y: 0, width: left, height },
      cosine: { ...column, y: 0, height: upper },
      layers: { ...column, y: upper + gap, height: height - upper - gap },
    };
  }
  // There is no room for the cosines there.
  const upper = (height - gap) * 0.64;
  return {
    distance: { x: 0, y: 0, width, height: upper },
    cosine: null,
    layers: { x: 0, y: upper + gap, width, height: height - upper - gap },
  };
}

/** How the changes of synapses come near to those of backpropagation as k grows; at equilibrium, and before. */
export const limitPicture: ExhibitPicture<LimitShown> = {
  paint(surface, shown, { look, lit, values, isSmall }) {
    const { context } = surface;
    const whole = { x: 0, y: 0, width: surface.width, height: surface.height };
    const k = numberOf(values, 'variance');
    if (isSmall) return paintDistance(context, whole, shown, k, look, lit, true);
    const places = placesOf(surface, look.type);
    paintDistance(context, places.distance, shown, k, look, lit, false);
    if (places.cosine) paintCosines(context, places.cosine, shown, look, lit);
    paintLayers(context, places.layers, shown, look, lit);
  },
  grab: ({ x, y }, size) => {
    const { type } = size;
    const { distance } = placesOf(size, type);
    if (x > distance.x + distance.width || y > distance.y + distance.height) return null;
    const plot = plotBox(inset(distance, { top: type * KEYS_HEIGHT }), type, false);
    return {
      cursor: 'ew-resize',
      move: (to) => {
        const share = (to.x - plot.x) / plot.width;
        const k = 1000 ** Math.min(1, Math.max(0, share));
        return { kind: 'values', values: { variance: Number(k.toPrecision(3)) } };
      },
    };
  },
  describe: ({ runs, current, few, many }) => {
    const run = runs[current];
    if (!run) return 'Nothing has settled yet.';
    return `With k = ${run.k} the cosine to backpropagation is ${run.now.cosine.toFixed(4)} after ${run.step} of ${many} steps${run.few ? `, and was ${run.few.cosine.toFixed(4)} after ${few}` : ''}.`;
  },
};

function linesOf(shown: LimitShown, { colours }: ExhibitLook) {
  const { runs, few, many } = shown;
  const whole = runs.filter(({ step, hasBlownUp }) => step >= many && !hasBlownUp);
  const begun = runs.filter((run) => run.few !== null && !run.hasBlownUp);
  return {
    settled: { name: `at equilibrium (${many} steps)`, colour: colours.state, dash: [], runs: whole, of: ({ now }: LimitRun) => now }, // prettier-ignore
    few: { name: `after ${few} steps`, colour: colours.up, dash: [7, 3], runs: begun, of: (run: LimitRun) => run.few! }, // prettier-ignore
  };
}

function paintDistance(
  context: CanvasRenderingContext2D,
  box: Box,
  shown: LimitShown,
  k: number,
  look: ExhibitLook,
  lit: string | null,
  isSmall: boolean,
): void {
  const { colours, type } = look;
  const { settled, few } = linesOf(shown, look);
  const law = { name: 'falling as 1/k', colour: colours.soft, dash: [2, 3] };
  if (!isSmall) paintKeys(context, look, [settled, few, law], [box.x, box.y], box.width);
  const inner = isSmall ? box : inset(box, { top: type * KEYS_HEIGHT });
  const y = { ...DISTANCE, title: fitting(context, look, ['relative distance to backpropagation', 'distance to backprop'], box.width) }; // prettier-ignore
  const plot = paintPlot(context, inner, { x: K, y }, look, isSmall);
  const distance = (near: Nearness) => near.distance;
  const end = settled.runs.at(-1);
  if (end) {
    const at = [1, 1000];
    const through = at.map((one) => (end.now.distance * end.k) / one);
    lighted(context, lightOf(lit, 'distance'), () => {
      paintValues(context, plot, at, through, { ...law, width: 1.2 });
    });
  }
  lighted(context, lightOf(lit), () => paintRuns(context, plot, few, distance, isSmall));
  lighted(context, lightOf(lit, 'settled', 'distance'), () =>
    paintRuns(context, plot, settled, distance, isSmall),
  );
  paintCurrent(context, plot, shown, k, look, lit, isSmall);
}

/** The line of the k that is chosen, and where its network stands while it settles. */
function paintCurrent(
  context: CanvasRenderingContext2D,
  plot: Plot,
  { runs, current }: LimitShown,
  k: number,
  look: ExhibitLook,
  lit: string | null,
  isSmall: boolean,
): void {
  const { colours, type } = look;
  const x = Math.round(plot.x(k));
  lighted(context, lightOf(lit, 'variance'), () => {
    context.fillStyle = colours.ink;
    context.fillRect(x, plot.area.top, 1.5, plot.area.bottom - plot.area.top);
    if (isSmall) return;
    const right = x > (plot.area.left + plot.area.right) / 2;
    write(context, look, `k = ${Number(k.toPrecision(3))}`, [right ? x - 6 : x + 6, plot.area.top + type], { colour: colours.ink, bold: true, align: right ? 'right' : 'left' }); // prettier-ignore
  });
  const run = runs[current];
  if (!run) return;
  if (run.hasBlownUp)
    return void write(context, look, '× blew up', [x + 6, plot.area.bottom - type], { colour: colours.warn, bold: true }); // prettier-ignore
  paintDot(context, [plot.x(run.k), plot.y(Math.max(DISTANCE.from, run.now.distance))], colours.ink, isSmall ? 3 : 5, 0); // prettier-ignore
}

type RunLine = ReturnType<typeof linesOf>['few'];

function paintRuns(
  context: CanvasRenderingContext2D,
  plot: Plot,
  { runs, of, colour, dash }: RunLine,
  value: (near: Nearness) => number,
  isSmall = false,
): void {
  const at = runs.map(({ k }) => k);
  const values = runs.map((run) => value(of(run)));
  paintValues(context, plot, at, values, { colour, dash, width: 2 });
  if (isSmall) return;
  values.forEach((one, i) => paintDot(context, [plot.x(at[i]!), plot.y(one)], colour, 3, plot.area.top)); // prettier-ignore
}

function paintCosines(
  context: CanvasRenderingContext2D,
  box: Box,
  shown: LimitShown,
  look: ExhibitLook,
  lit: string | null,
): void {
  const title = fitting(context, look, ['cosine (lines) and ratio of lengths (thin)', 'cosine; thin: ratio'], box.width); // prettier-ignore
  const plot = paintPlot(context, box, { x: K, y: { title, from: 0, to: 1 } }, look, false);
  const lines = linesOf(shown, look);
  for (const line of [lines.few, lines.settled]) {
    const at = line.runs.map(({ k }) => k);
    const ratios = line.runs.map((run) => line.of(run).ratio);
    lighted(context, lightOf(lit, ...(line === lines.settled ? ['settled'] : [])), () => {
      paintValues(context, plot, at, ratios, { ...line, width: 1 });
      paintRuns(context, plot, line, ({ cosine }) => cosine);
    });
  }
}

/** For the chosen k, how long the change of each layer is after few steps and now, beside backpropagation's. */
function paintLayers(
  context: CanvasRenderingContext2D,
  box: Box,
  { runs, current }: LimitShown,
  look: ExhibitLook,
  lit: string | null,
): void {
  const { colours, type } = look;
  const run = runs[current];
  const titles = [
    `length of each layer’s change, k = ${run?.k ?? '…'}`,
    'length, by layer',
  ] as const;
  write(context, look, fitting(context, look, [...titles], box.width), [box.x, box.y + type], { colour: colours.soft }); // prettier-ignore
  if (!run || run.hasBlownUp) return;
  const rows = inset(box, { top: type * 1.6, left: type * 2.4, right: type * 4.4 });
  const high = Math.min(rows.height / run.now.layers.length, type * 2.4);
  const bar = Math.max(2.5, high * 0.34);
  run.now.layers.forEach((ratio, i) => {
    const middle = rows.y + (run.now.layers.length - i - 0.5) * high;
    const label = { colour: colours.ink, baseline: 'middle' } as const;
    write(context, look, numbered('W', i + 1), [box.x, middle], label);
    const bars = [
      { value: ratio, y: middle - bar - 0.5, colour: colours.state, names: ['settled'] },
      { value: run.few?.layers[i] ?? 0, y: middle + 0.5, colour: colours.up, names: [] },
    ];
    for (const { value, y, colour, names } of bars)
      lighted(context, lightOf(lit, ...names), () => {
        context.fillStyle = colour;
        context.fillRect(rows.x, y, Math.min(1, value) * rows.width, bar);
      });
    write(context, look, ratio.toFixed(2), [rows.x + rows.width + 6, middle], label);
  });
}
