import type { Surface } from '../canvas.ts';
import type { Box } from '../columns.ts';
import { LAYER_DASHES, LAYER_SHADES } from '../colour.ts';
import { formatNumber } from '../scales.ts';
import type { End } from './ends.ts';
import { paintEnds } from './ends.ts';
import { FADED } from './lights.ts';
import type { ExhibitLook } from './exhibitPicture.ts';
import { inset } from './panes.ts';
import { paintPlot, paintValues } from './plot.ts';

/** The energies of layers, step by step. */
export interface Energies {
  /** F_1 … F_L in nats, a row a step, the last of now. */
  readonly energies: Float32Array;
  readonly layers: number;
  /** The step of the last row. */
  readonly step: number;
}

/** F never falls further than this on the axis, nats. */
const LEAST = 1e-6;
/** The axis of steps is at least so long. */
const SHORTEST = 30;

/** F and the F_l under it against the steps made; the logarithm shows what small ones do. */
export function paintEnergies(
  { context }: Surface,
  box: Box,
  { energies, layers, step }: Energies,
  lit: string | null,
  look: ExhibitLook,
): void {
  const rows = energies.length / layers;
  const from = step - rows + 1;
  const steps = Array.from({ length: rows }, (_, i) => from + i);
  const at = (row: number, l: number) => energies[row * layers + l]!;
  const totals = steps.map((_, row) => energies.subarray(row * layers, (row + 1) * layers).reduce((sum, one) => sum + one, 0)); // prettier-ignore
  const most = totals.reduce((high, one) => Math.max(high, one), 10 * LEAST);
  const plot = paintPlot(
    context,
    inset(box, { right: 7.2 * look.type }),
    {
      x: { title: 'settling steps', from, to: Math.max(from + SHORTEST, step) },
      y: { title: 'free energy, nats', from: LEAST, to: 2 * most, scale: 'logarithmic' },
    },
    look,
    false,
  );
  const shades = LAYER_SHADES[look.kind].errors;
  const faded = lit !== null && lit !== 'errors' && lit !== 'energies';
  const ends: End[] = [];
  for (let l = layers - 1; l >= 0; l--) {
    const colour = shades[l % shades.length]!;
    context.globalAlpha = faded ? FADED : 1;
    paintValues(context, plot, steps, steps.map((_, row) => at(row, l)), { colour, dash: LAYER_DASHES[l % LAYER_DASHES.length]!, width: 1.8 }); // prettier-ignore
    const now = at(rows - 1, l);
    if (now >= LEAST) ends.push({ name: `F${subscript(l + 1)}`, value: formatNumber(now), colour, at: now, isFaded: faded }); // prettier-ignore
  }
  context.globalAlpha = 1;
  const total = totals.at(-1)!;
  paintValues(context, plot, steps, totals, { colour: look.colours.ink, dash: [], width: 2.4 });
  if (total >= LEAST) ends.unshift({ name: 'F', value: formatNumber(total), colour: look.colours.ink, at: total }); // prettier-ignore
  paintEnds(context, plot, ends, look);
}

const DIGITS = '₀₁₂₃₄₅₆₇₈₉';

/** A number as an index below the line: 12 → ₁₂. */
export const subscript = (n: number): string =>
  Array.from(String(n), (digit) => DIGITS[Number(digit)]).join('');
