import type { EpisodeBuffer } from './episode.ts';
import type { Phase } from './state.ts';

type Shown = Pick<EpisodeBuffer, 'info' | 'count' | 'shown' | 'ended'>;

/** The parts of the step after the frame on show. After the last one of a batch nothing is corrected, but learnt. */
export function partsOfStep({ info, count, shown, ended }: Shown): readonly Phase[] {
  if (info === null || count === 0) return [];
  if (info.kind === 'training' && ended && shown === count - 1) return ['predict', 'error', 'learn']; // prettier-ignore
  const competes = info.config.lateral !== 'none';
  return competes ? ['predict', 'error', 'correct', 'compete'] : ['predict', 'error', 'correct'];
}
