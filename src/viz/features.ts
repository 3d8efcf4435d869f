import type { GridLayout } from './atlas.ts';
import { gridBox, sideOf } from './atlas.ts';
import type { Surface } from './canvas.ts';
import type { ColourMap } from './colour.ts';
import { paintPicture } from './picture.ts';
import { formatNumber, largest } from './scales.ts';

/** A feature as far as it is painted: what it adds to the picture, and how active its neuron is. */
export interface Feature {
  readonly index: number;
  readonly activity: number;
  readonly field: Float32Array;
}

export interface FeatureStyle {
  readonly ink: string;
  readonly soft: string;
  /** Veils those that are not added up yet. */
  readonly panel: string;
  readonly font: string;
  readonly fontSize: number;
}

/** A grid with room for a number below each picture. */
export function featureLayout(grid: GridLayout, number: number): GridLayout {
  const { across, side, gap, down } = grid;
  const height = down * (side + gap + number) - gap;
  // One row is one block: the number's room lies between blocks.
  return { ...grid, height, blocks: { items: across, rows: 1, gap: number } };
}

/** Paints features, each on its own scale with its activity below; those after `stage` veiled. */
export function paintFeatures(
  surface: Surface,
  layout: GridLayout,
  features: readonly Feature[],
  { stage, selected }: { readonly stage: number; readonly selected: number | null },
  map: ColourMap,
  style: FeatureStyle,
): void {
  const { context } = surface;
  context.font = `${style.fontSize}px ${style.font}`;
  context.textAlign = 'center';
  context.textBaseline = 'top';
  features.forEach(({ index, activity, field }, place) => {
    const box = gridBox(layout, place);
    const limit = largest(field);
    paintPicture(surface, field, sideOf(field.length), map, { low: -limit, high: limit }, box);
    const chosen = index === selected;
    if (place >= stage) {
      context.fillStyle = style.panel;
      context.globalAlpha = 0.7;
      context.fillRect(box.x, box.y, box.width, box.height);
      context.globalAlpha = 1;
    }
    context.fillStyle = place < stage || chosen ? style.ink : style.soft;
    context.fillText(formatNumber(activity, 2), box.x + box.width / 2, box.y + box.height + 2);
    if (!chosen) return;
    context.strokeStyle = style.ink;
    context.lineWidth = 2;
    context.strokeRect(box.x + 1, box.y + 1, box.width - 2, box.height - 2);
  });
}
