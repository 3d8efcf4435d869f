import type { EpisodeBuffer } from '../../store/episode.ts';
import { stepWords, timeline as words } from './words.ts';

/** Which step is on show: as short as it stands on the page, and in full. */
export function stepText(episode: Pick<EpisodeBuffer, 'info' | 'shown' | 'count' | 'stepAt'>): {
  text: string;
  title: string;
} {
  const { info, shown, count } = episode;
  if (info === null || shown < 0) return { text: words.none, title: words.none };
  const step = episode.stepAt(shown);
  if (info.live) return { text: stepWords.live(step), title: stepWords.live(step) };
  // At full speed training records the last step only.
  const single = count === 1 && info.kind === 'training' && step > 0;
  if (single) return { text: words.single, title: words.singleTitle };
  const { steps } = info.config;
  return { text: stepWords.short(step, steps), title: stepWords.full(step, steps) };
}
