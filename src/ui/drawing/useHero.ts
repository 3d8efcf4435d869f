import { useCallback } from 'react';
import type { Picture } from '../../store/drawing.ts';
import { useApp } from '../parts/context.ts';

/** What the large picture shows beside the drawing itself. */
export interface Hero {
  /** Another picture than the drawing: that of an earlier episode or step on show; null: the drawing. */
  readonly past: Picture | null;
  /** The picture at the step on show, what is hidden as it is imagined; null where nothing is hidden, or nothing has been imagined yet. */
  readonly imagined: Float32Array | null;
}

/** The drawing and nothing else. */
export const NO_HERO: Hero = { past: null, imagined: null };

/** Reads at frame rate what belongs on the canvas: the step on show shows the picture that was seen then. */
export function useHero(): (drawing: Picture) => Hero {
  const { episode } = useApp();
  return useCallback(
    (drawing: Picture) => {
      const { info } = episode;
      const picture = episode.pictureAt();
      if (info?.kind !== 'input' || picture === null) return NO_HERO;
      const same = picture.pixels === drawing.pixels && picture.mask === drawing.mask;
      // The newest frames of another picture are only late: the drawing has changed meanwhile.
      if (!same && episode.following && episode.recalled === null) return NO_HERO;
      const imagined = picture.mask === null ? null : episode.read(info.layout.input);
      return { past: same ? null : picture, imagined };
    },
    [episode],
  );
}
