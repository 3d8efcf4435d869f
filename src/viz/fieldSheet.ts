import type { GridLayout } from './atlas.ts';
import { gridBox, sideOf } from './atlas.ts';
import type { Surface } from './canvas.ts';
import type { ColourMap } from './colour.ts';
import { colourOf, cssOf } from './colour.ts';
import { largest } from './scales.ts';

/*
 * The fields of a layer are coloured once, on a sheet one pixel a weight; painting the atlas then only copies from it, and what
 * changes at frame rate lies on a canvas of its own above.
 */

/** Fields one after the other, `pixels` weights each. */
export interface Fields {
  readonly neurons: number;
  readonly pixels: number;
  readonly values: Float32Array;
}

/** The largest weight of each field. */
export function fieldLimits({ neurons, pixels, values }: Fields): Float32Array {
  const limits = new Float32Array(neurons);
  for (let i = 0; i < neurons; i++)
    limits[i] = largest(values.subarray(i * pixels, (i + 1) * pixels));
  return limits;
}

/** Fields in a row of the sheet. */
function sheetAcross(neurons: number): number {
  return Math.max(1, Math.ceil(Math.sqrt(neurons)));
}

/**
 * The colours of all fields as they stand on the sheet, packed for ImageData.
 *
 * @param limitOf the weight of a field's strongest colour
 */
export function sheetColours(
  { neurons, pixels, values }: Fields,
  map: ColourMap,
  limitOf: (neuron: number) => number,
): { readonly width: number; readonly height: number; readonly packed: Uint32Array } {
  const side = sideOf(pixels);
  const across = sheetAcross(neurons);
  const width = across * side;
  const height = Math.ceil(neurons / across) * side;
  const packed = new Uint32Array(width * height);
  for (let n = 0; n < neurons; n++) {
    const limit = limitOf(n);
    const scale = { low: -limit, high: limit };
    const corner = Math.floor(n / across) * side * width + (n % across) * side;
    for (let p = 0; p < pixels; p++) {
      const at = corner + Math.floor(p / side) * width + (p % side);
      packed[at] = colourOf(values[n * pixels + p]!, scale, map);
    }
  }
  return { width, height, packed };
}

/** A sheet as a canvas to copy from. */
export function sheetCanvas(colours: ReturnType<typeof sheetColours>): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  canvas.width = colours.width;
  canvas.height = colours.height;
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('This browser has no 2D canvas.');
  const image = context.createImageData(colours.width, colours.height);
  new Uint32Array(image.data.buffer).set(colours.packed);
  context.putImageData(image, 0, 0);
  return canvas;
}

/** Copies one field from the sheet into a box. */
function copyField(
  { context, ratio }: Surface,
  sheet: HTMLCanvasElement,
  fields: Pick<Fields, 'neurons' | 'pixels'>,
  neuron: number,
  box: { x: number; y: number; width: number; height: number },
): void {
  const side = sideOf(fields.pixels);
  const across = sheetAcross(fields.neurons);
  // Pixels that would become unequal blocks are smoothed; large ones stay sharp.
  context.imageSmoothingEnabled = box.width * ratio < 3 * side;
  context.drawImage(
    sheet,
    (neuron % across) * side,
    Math.floor(neuron / across) * side,
    side,
    side,
    box.x,
    box.y,
    box.width,
    box.height,
  );
}

/** Paints the atlas: fields in their order. */
export function paintAtlas(
  surface: Surface,
  layout: GridLayout,
  order: readonly number[],
  sheet: HTMLCanvasElement,
  fields: Pick<Fields, 'neurons' | 'pixels'>,
): void {
  order.forEach((neuron, place) =>
    copyField(surface, sheet, fields, neuron, gridBox(layout, place)),
  );
}

export interface ActivityStyle {
  readonly map: ColourMap;
  /** The outline of the pinned neuron. */
  readonly pinned: string;
  readonly line: number;
}

/** Frames each active neuron's field in the colour of its activity, and the pinned one's. */
export function paintActivityFrames(
  { context }: Surface,
  layout: GridLayout,
  order: readonly number[],
  activity: ArrayLike<number> | null,
  limit: number,
  pinned: number | null,
  style: ActivityStyle,
): void {
  const { line, map } = style;
  const frame = (place: number, wide: number, colour: string) => {
    const { x, y, width, height } = gridBox(layout, place);
    context.fillStyle = colour;
    context.fillRect(x - wide, y - wide, width + 2 * wide, wide);
    context.fillRect(x - wide, y + height, width + 2 * wide, wide);
    context.fillRect(x - wide, y, wide, height);
    context.fillRect(x + width, y, wide, height);
  };
  const scale = { low: 0, high: limit || 1 };
  order.forEach((neuron, place) => {
    const size = Math.abs(activity?.[neuron] ?? 0);
    if (size <= 1e-6) return;
    frame(place, line, cssOf(colourOf(size, scale, map)));
  });
  const place = pinned === null ? -1 : order.indexOf(pinned);
  if (place >= 0) frame(place, line + 1, style.pinned);
}
