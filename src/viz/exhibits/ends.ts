import { paintEndLabel, spreadLabels } from '../labels.ts';
import type { ExhibitLook } from './exhibitPicture.ts';
import { FADED } from './lights.ts';
import type { Plot } from './plot.ts';

/** What stands beside a curve's end. */
export interface End {
  readonly name: string;
  /** After the name; empty for none. */
  readonly value?: string;
  readonly colour: string;
  /** The value on the plot's y axis at which the curve ends. */
  readonly at: number;
  readonly isFaded?: boolean;
}

/** Writes the names of curves beside their ends, right of the plot, none over another. */
export function paintEnds(
  context: CanvasRenderingContext2D,
  { area, y }: Plot,
  ends: readonly End[],
  { font, type }: ExhibitLook,
): void {
  const inside = (at: number) => Math.min(area.bottom, Math.max(area.top, y(at)));
  const places = spreadLabels(ends.map(({ at }) => inside(at)), 1.3 * type, area.top, area.bottom); // prettier-ignore
  ends.forEach(({ name, value = '', colour, isFaded = false }, i) => {
    context.globalAlpha = isFaded ? FADED : 1;
    paintEndLabel(context, area.right + 0.5 * type, { name, value, colour, y: places[i]! }, { font, fontSize: Math.max(11, 0.92 * type) }); // prettier-ignore
  });
  context.globalAlpha = 1;
}
