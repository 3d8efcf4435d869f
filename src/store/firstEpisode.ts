import type { EpisodeBuffer } from './episode.ts';
import { isOver } from './episode.ts';

/** The dataset waits this long (ms) for the first picture to settle. */
const FIRST_EPISODE = 2500;

/** Resolves when the first picture has settled, or when it takes too long to wait for. */
export function firstEpisode(episode: EpisodeBuffer): Promise<void> {
  return new Promise<void>((resolve) => {
    const done = () => {
      stop();
      clearTimeout(timer);
      resolve();
    };
    const stop = episode.changed.subscribe(() => isOver(episode) && done());
    const timer = setTimeout(done, FIRST_EPISODE);
  });
}
