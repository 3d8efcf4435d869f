/** How much is left to see of what is not lit, beside what is. */
export const FADED = 0.22;

/** How strongly something is painted while the equation lights `lit`: what is not meant steps back. */
export const lightOf = (lit: string | null, ...names: readonly string[]): number =>
  lit === null || names.includes(lit) ? 1 : FADED;

/** Paints something so strongly; within what is painted weaker already, weaker still. */
export function lighted(context: CanvasRenderingContext2D, alpha: number, paint: () => void): void {
  const before = context.globalAlpha;
  context.globalAlpha = before * alpha;
  paint();
  context.globalAlpha = before;
}
