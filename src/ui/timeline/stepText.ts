import type { EpisodeBuffer } from '../../store/episode.ts';
import { stepWords, timeline as words } from './words.ts';

/** Which step is on show: as short as it stands on the page, and in full. */
export function stepText(episode: Pick<EpisodeBuffer, 'info' | 'shown' | 'count' | 'stepAt'>): {
  text: string;
  title: string;
} {
  const { info, shown, count } = episode;
  if (info === null || shown < 0) return { text: '', title: words.none };
  const step = episode.stepAt(shown);
  if (info.live) return { text: stepWords.live(step), title: stepWords.live(step) };
  // Fast training records a step here and there.
  if (count === 1 && info.kind === 'training' && step > 0)
    return { text: stepWords.single(step), title: stepWords.singleFull(step) };
  // A drawing may go on beyond the T of its network; a batch is learnt from after a T of its own.
  const { steps } = info.kind === 'training' ? info : info.config;
  return { text: stepWords.short(step, steps), title: stepWords.full(step, steps) };
}
