import type { Picture } from './drawing.ts';

/** What the engine was shown, by the number that went with it, so that every frame finds the picture that it saw. */
export interface SentPictures {
  /** Remembers a picture; returns its number, which rises from 1. */
  add(picture: Picture): number;
  /**
   * The picture of a number; null for none. Frames come in the order in which they were made: with the picture of one, those of
   * smaller numbers are forgotten.
   */
  of(number: number): Picture | null;
}

export function createSentPictures(): SentPictures {
  const pictures = new Map<number, Picture>();
  let last = 0;
  return {
    add(picture) {
      pictures.set(++last, picture);
      return last;
    },
    of(number) {
      for (const held of pictures.keys()) if (held < number) pictures.delete(held);
      return pictures.get(number) ?? null;
    },
  };
}
