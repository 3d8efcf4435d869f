import { max, scaleLinear, scalePoint } from 'd3';
import type { SpringsShown } from '../../exhibits/list/springs.ts';
import { springs } from '../../exhibits/list/springs.ts';
import { inReach } from '../../exhibits/reach.ts';
import type { Box } from '../columns.ts';
import { paintDot } from '../lines.ts';
import type { ExhibitLook, ExhibitPicture, Place } from './exhibitPicture.ts';
import { inset, panes } from './panes.ts';
import { paintPlot, paintValues } from './plot.ts';
import { paintKeys, write } from './words.ts';

type Context = CanvasRenderingContext2D;
type Size = Parameters<typeof panes>[0];

/** Values that the chain is drawn for: the ends can be pulled to ±3. */
const MOST = 3.4;
/** Turns of a spring, and half its width. */
const TURNS = 7;
const WIDTH = 7;
/** How near one must come to a neuron to take hold of it, in CSS pixels. */
const REACH = 26;

const boxes = (size: Size) => panes(size, [3, 2], 24) as [Box, Box];

/** Where the neurons of a chain lie. */
function layout(box: Box, count: number) {
  const layers = Array.from({ length: count }, (_, l) => l);
  const x = scalePoint(layers, [box.x, box.x + box.width]).padding(0.5);
  const y = scaleLinear([-MOST, MOST], [box.y + box.height, box.y]).clamp(true);
  return { x: (l: number) => x(l) ?? 0, y: (value: number) => y(value), value: (at: number) => y.invert(at) }; // prettier-ignore
}

/** The box of the chain itself, between its words. */
const chainBox = (box: Box, type: number, isSmall: boolean) =>
  isSmall ? inset(box, { top: 8, bottom: 8 }) : inset(box, { top: 2.6 * type, bottom: 2 * type });

function paintSpring(context: Context, x: number, from: number, to: number, colour: string, line: number) {
  context.strokeStyle = colour;
  context.lineWidth = line;
  context.lineJoin = 'round';
  context.beginPath();
  context.moveTo(x, from);
  for (let i = 0; i < 2 * TURNS; i++)
    context.lineTo(x + (i % 2 === 0 ? WIDTH : -WIDTH), from + ((to - from) * (i + 0.5)) / (2 * TURNS));
  context.lineTo(x, to);
  context.stroke();
} // prettier-ignore

const subscript = (l: number) => '₀₁₂₃₄₅₆'[l] ?? String(l);

function paintChain(
  context: Context,
  box: Box,
  { states, predictions, held }: SpringsShown,
  look: ExhibitLook,
  { lit, isSmall }: { readonly lit: string | null; readonly isSmall: boolean },
): void {
  const { colours, type } = look;
  const at = layout(chainBox(box, type, isSmall), states.length);
  const fade = (part: string) => (context.globalAlpha = lit === null || lit === 'energy' || lit === part ? 1 : 0.3); // prettier-ignore
  context.fillStyle = colours.faint;
  context.fillRect(box.x, at.y(0), box.width, 1);
  fade('predictions');
  predictions.forEach((mu, i) => {
    context.strokeStyle = colours.down;
    context.lineWidth = isSmall ? 1.5 : 2;
    context.beginPath();
    context.moveTo(at.x(i), at.y(states[i]!));
    context.lineTo(at.x(i + 1), at.y(mu));
    context.stroke();
  });
  fade('errors');
  predictions.forEach(
    (mu, i) =>
    paintSpring(context, at.x(i + 1), at.y(mu), at.y(states[i + 1]!), colours.up, lit === 'errors' ? 3 : isSmall ? 1.2 : 1.8), // prettier-ignore
  );
  fade('predictions');
  predictions.forEach((mu, i) => {
    context.strokeStyle = colours.down;
    context.fillStyle = colours.panel;
    context.lineWidth = 2;
    context.beginPath();
    context.arc(at.x(i + 1), at.y(mu), isSmall ? 3 : 5, 0, 2 * Math.PI);
    context.fill();
    context.stroke();
  });
  fade('states');
  states.forEach((value, l) => {
    const [x, y] = [at.x(l), at.y(value)];
    const radius = isSmall ? 5 : 9;
    if (!held[l]) return paintDot(context, [x, y], colours.state, radius, y);
    context.fillStyle = colours.ink;
    context.fillRect(x - radius, y - radius, 2 * radius, 2 * radius);
  });
  context.globalAlpha = 1;
  if (isSmall) return;
  states.forEach((_, l) => {
    const place = [at.x(l), box.y + box.height - 4] as const;
    const name = l === 0 ? 'start' : l === states.length - 1 ? 'end' : `z${subscript(l)}`;
    write(context, look, name, place, { colour: colours.soft, align: 'center' });
  });
}

function paintEnergy(
  context: Context,
  box: Box,
  { energies, resting, rate, bound, learnt }: SpringsShown,
  look: ExhibitLook,
  lit: string | null,
): void {
  const { colours } = look;
  const count = energies.length;
  const keys = paintKeys(context, look, [
    { name: `F ${energies[count - 1]!.toFixed(2)}`, colour: colours.up },
    { name: `at rest ${resting.toFixed(2)}`, colour: colours.soft, dash: [6, 4] },
  ], [box.x, box.y], box.width); // prettier-ignore
  const words = `γ ${rate.toFixed(2)} of at most ${bound.toFixed(2)}; anchors moved ${learnt}×`;
  write(context, look, words, [box.x, box.y + keys + look.type], { colour: rate > bound ? colours.warn : colours.soft }); // prettier-ignore
  const plot = paintPlot(
    context,
    inset(box, { top: keys + 1.4 * look.type }),
    {
      x: { title: 'steps, the latest', from: 0, to: Math.max(40, count * 1.05) },
      y: { title: 'energy F', from: 0, to: 1.1 * Math.max(0.5, resting, Math.min(max(energies)!, 40)) }, // prettier-ignore
    },
    look,
    false,
  );
  const steps = Float32Array.from(energies, (_, i) => i);
  paintValues(context, plot, [0, Math.max(40, count * 1.05)], [resting, resting], { colour: colours.soft, dash: [6, 4], width: 1.5 }); // prettier-ignore
  paintValues(context, plot, steps, energies, { colour: colours.up, dash: [], width: lit === 'energy' ? 4 : 2.2 }); // prettier-ignore
}

/** The neuron at a place; null: none is near enough. */
function neuronAt(at: Place, shown: SpringsShown, where: ReturnType<typeof layout>): number | null {
  const away = (l: number) => Math.hypot(at.x - where.x(l), at.y - where.y(shown.states[l]!));
  const [nearest] = Array.from(shown.states, (_, l) => l).sort((a, b) => away(a) - away(b));
  return nearest !== undefined && away(nearest) < REACH ? nearest : null;
}

export const springsPicture: ExhibitPicture<SpringsShown> = {
  paint(surface, shown, { look, lit, isSmall }) {
    const { context } = surface;
    if (isSmall)
      return paintChain(context, { x: 0, y: 0, ...surface }, shown, look, { lit, isSmall });
    const [chain, energy] = boxes(surface);
    const keys = [
      { name: 'state z', colour: look.colours.state },
      { name: 'prediction μ', colour: look.colours.down },
      { name: 'error e', colour: look.colours.up },
    ];
    paintKeys(context, look, keys, [chain.x, chain.y], chain.width);
    paintChain(context, chain, shown, look, { lit, isSmall });
    paintEnergy(context, energy, shown, look, lit);
  },
  grab(at, size, shown) {
    const [box] = boxes(size);
    const where = layout(chainBox(box, size.type, false), shown.states.length);
    const l = neuronAt(at, shown, where);
    if (l === null) return null;
    const end = l === 0 ? 'input' : l === shown.states.length - 1 ? 'pull' : null;
    if (end !== null)
      return {
        cursor: 'ns-resize',
        move: ({ y }) => ({
          kind: 'values',
          values: { [end]: inReach(springs.controls, end, where.value(y)) },
        }),
      };
    return {
      cursor: 'ns-resize',
      move: ({ y }) => ({ kind: 'act', act: { name: 'hold', values: [l, where.value(y)] } }),
      drop: () => ({ kind: 'act', act: { name: 'release', values: [] } }),
    };
  },
  describe: ({ states, energies, resting }) =>
    `A chain of ${states.length} neurons with an energy of ${energies.at(-1)!.toFixed(2)}; it would rest at ${resting.toFixed(2)}.`,
};
