import type { Surface } from './canvas.ts';
import type { ColourMap } from './colour.ts';
import { colourOf, cssOf } from './colour.ts';

/** The strengths of V inside the groups of a layer. */
export interface LateralPattern {
  readonly group: number;
  /** Groups to draw along the diagonal. */
  readonly groups: number;
  readonly selfExcitation: number;
  readonly inhibition: number;
}

/**
 * What neuron `row` does to neuron `column`, −V[row, column]: the equation subtracts φ(z)·V (Eq. 15), so excitation is positive here
 * (its own, on the diagonal) and inhibition negative (inside its group); 0 between groups.
 */
export function lateralEffect(
  { group, selfExcitation, inhibition }: LateralPattern,
  row: number,
  column: number,
): number {
  if (row === column) return selfExcitation;
  return Math.floor(row / group) === Math.floor(column / group) ? -inhibition : 0;
}

/**
 * Paints the corner of −V that the first groups make: excitation on the diagonal, inhibition in the blocks, nothing between them. The
 * colours run from −limit to limit.
 */
export function paintLateralPattern(
  { context, width, height }: Surface,
  pattern: LateralPattern,
  limit: number,
  style: { readonly map: ColourMap; readonly line: string; readonly side: string },
): void {
  const count = pattern.group * pattern.groups;
  const size = Math.min(width, height);
  const cell = size / count;
  const gap = cell >= 4 ? 0.75 : 0;
  const scale = { low: -limit, high: limit };
  for (let row = 0; row < count; row++)
    for (let column = 0; column < count; column++) {
      context.fillStyle = cssOf(colourOf(lateralEffect(pattern, row, column), scale, style.map));
      context.fillRect(column * cell, row * cell, cell - gap, cell - gap);
    }
  context.strokeStyle = style.side;
  context.lineWidth = 1.5;
  for (let group = 0; group < pattern.groups; group++) {
    const at = group * pattern.group * cell;
    const side = pattern.group * cell;
    context.strokeRect(at + 0.75, at + 0.75, side - 1.5, side - 1.5);
  }
  context.strokeStyle = style.line;
  context.lineWidth = 1;
  context.strokeRect(0.5, 0.5, size - 1, size - 1);
}
