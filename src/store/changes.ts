import type { Condition } from '../protocol/condition.ts';
import { isSame } from './drawing.ts';
import type { EpisodeBuffer } from './episode.ts';

/** Something about an episode that changed while it settled: what was cut or healed, a setting, the picture. */
export interface Change {
  /** The step that the states stood at when it changed first … */
  readonly step: number;
  /** … and last, where several changes are told as one. */
  readonly last: number;
  readonly before: Condition;
  readonly after: Condition;
  /** Whether what is seen changed too. */
  readonly picture: boolean;
}

type Frames = Pick<EpisodeBuffer, 'count' | 'stepAt' | 'conditionAt' | 'pictureAt'>;

/**
 * What changed from frame to frame of the episode on show, as far as it reaches beyond step `from`. Changes less than `apart` steps
 * after each other are told as one: a slider that is drawn, or a stroke of the pen, changes something in every step.
 */
export function changesOf(
  { count, stepAt, conditionAt, pictureAt }: Frames,
  from: number,
  apart: number,
): Change[] {
  const changes: Change[] = [];
  for (let i = 1; i < count; i++) {
    const step = stepAt(i);
    const [before, after] = [conditionAt(i - 1), conditionAt(i)];
    const picture = !isSame(pictureAt(i - 1), pictureAt(i));
    if (before === null || after === null) continue;
    if (before === after && !picture) continue;
    const held = changes.at(-1);
    if (held !== undefined && step - held.last < apart)
      changes[changes.length - 1] = {
        ...held,
        last: step,
        after,
        picture: held.picture || picture,
      };
    else changes.push({ step, last: step, before, after, picture });
  }
  return changes.filter(({ last }) => last >= from);
}
