import { useMemo } from 'react';
import type { EpisodeBuffer } from '../../store/episode.ts';
import type { StepRange } from '../../viz/steps.ts';
import { timelineRange } from '../../viz/steps.ts';
import { useApp } from '../parts/context.ts';

/** Reads what the timeline spans, at frame rate: one answer for all that is drawn along it. */
export function useTimelineRange(): () => StepRange {
  const { episode } = useApp();
  return useMemo(() => rangeReader(episode), [episode]);
}

function rangeReader(episode: EpisodeBuffer): () => StepRange {
  let of: number | null = null;
  let held: StepRange | null = null;
  return () => {
    const id = episode.info?.id ?? null;
    held = timelineRange(episode, id === of ? held : null);
    of = id;
    return held;
  };
}
