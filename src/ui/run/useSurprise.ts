import { useCallback } from 'react';
import type { Surprise } from '../../store/surprise.ts';
import { surpriseOf } from '../../store/surprise.ts';
import { useApp } from '../parts/context.ts';
import { gauge as words } from './words.ts';

/** Reads, at frame rate, how much the frame on show surprises the network, and the verdict in words ('' while there is none). */
export function useSurprise(): { surprise: () => Surprise | null; word: () => string } {
  const { episode, store } = useApp();
  const surprise = useCallback(() => surpriseOf(store.getState(), episode), [store, episode]);
  const word = useCallback(() => {
    const found = surprise();
    if (found?.verdict == null || found.scale === null) return '';
    const { dataset, images } = found.scale;
    return words.verdicts[found.verdict](words.nouns(dataset), images);
  }, [surprise]);
  return { surprise, word };
}
