import type { EpisodeInfo } from './recording.ts';
import { same } from './kept.ts';
import type { AppState } from './state.ts';

/** So many samples of the prior are settled for a strip, and so many of them are shown. */
export const DRAWN = 40;
export const KEPT = 8;

type Present = Pick<
  AppState,
  'imaginings' | 'drawing' | 'lesions' | 'model' | 'weightsVersion' | 'imagining'
>;

/** Whether what was imagined is of what is drawn, hidden, cut, set and learnt now: only then can one of them be taken. */
export function imaginingsAreCurrent(state: Present): boolean {
  const { imaginings, drawing, lesions, model, weightsVersion } = state;
  if (imaginings === null || model === null) return false;
  const { report, of } = imaginings;
  const { pixels, mask } = drawing.present;
  return (
    report.version === weightsVersion &&
    same(of.pixels, pixels) &&
    same(of.mask, mask) &&
    same(of.lesions, lesions) &&
    same(of.config, model.config)
  );
}

/** Which of those imagined an episode began from; null: none of them. */
export function takenImagining(
  { imaginings }: Pick<AppState, 'imaginings'>,
  info: EpisodeInfo | null,
): number | null {
  const address = info?.imagining ?? null;
  return address !== null && address.seed === imaginings?.report.seed ? address.index : null;
}
