import type { Surface } from '../canvas.ts';
import type { PictureSize } from './exhibitPicture.ts';

/** Room left free around a picture, so that nothing touches its edge; a miniature has none. */
export const marginOf = ({ type }: Pick<PictureSize, 'type'>): number => Math.round(type * 0.9);

/** Paints within the margin, as if that were all there is. */
export function framed(
  surface: Surface,
  look: Pick<PictureSize, 'type'>,
  paint: (inner: Surface) => void,
): void {
  const { context, width, height, ratio } = surface;
  const margin = marginOf(look);
  context.save();
  context.translate(margin, margin);
  paint({ context, ratio, width: Math.max(1, width - 2 * margin), height: Math.max(1, height - 2 * margin) }); // prettier-ignore
  context.restore();
}
