/** A canvas ready to be painted in CSS pixels, whatever the screen's density. */
export interface Surface {
  readonly context: CanvasRenderingContext2D;
  readonly width: number;
  readonly height: number;
  /** Device pixels per CSS pixel. */
  readonly ratio: number;
}

/**
 * Makes the canvas's backing store fit its size on screen and clears it. Null if it is not laid out (hidden), when
 * painting would be for nothing.
 */
export function prepare(
  canvas: HTMLCanvasElement,
  width: number,
  height: number,
  ratio: number,
): Surface | null {
  if (!(width >= 1 && height >= 1)) return null;
  const deviceWidth = Math.round(width * ratio);
  const deviceHeight = Math.round(height * ratio);
  if (canvas.width !== deviceWidth) canvas.width = deviceWidth;
  if (canvas.height !== deviceHeight) canvas.height = deviceHeight;
  const context = canvas.getContext('2d');
  if (context === null) return null;
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, width, height);
  return { context, width, height, ratio };
}

let scratch: HTMLCanvasElement | null = null;

/** A canvas of at least the given size for colours one pixel a value, to be blown up from. */
export function scratchCanvas(width: number, height: number): CanvasRenderingContext2D {
  scratch ??= document.createElement('canvas');
  if (scratch.width < width) scratch.width = width;
  if (scratch.height < height) scratch.height = height;
  const context = scratch.getContext('2d', { willReadFrequently: true });
  if (context === null) throw new Error('This browser has no 2D canvas.');
  return context;
}

/** Rounds to whole device pixels, so that the edges of cells are sharp. */
export function snap(value: number, ratio: number): number {
  return Math.round(value * ratio) / ratio;
}
