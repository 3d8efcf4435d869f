import type { Lesions } from '../protocol/condition.ts';
import type { Picture } from './drawing.ts';
import type { EpisodeBuffer } from './episode.ts';
import type { ModelConfig } from './settingValues.ts';
import type { AppState } from './state.ts';

/** What a frame was made of, and under what. */
export interface Circumstances {
  /** The settings; undefined while there is no network. */
  readonly config: ModelConfig | undefined;
  /** What was cut. */
  readonly lesions: Lesions;
  /** What was seen; null in episodes of training. */
  readonly picture: Picture | null;
}

/** Those of the frame on show, which may be of the past; while there is no frame, those of the present. */
export function circumstances(
  episode: Pick<EpisodeBuffer, 'info' | 'conditionAt' | 'pictureAt'>,
  present: Pick<AppState, 'model' | 'lesions' | 'drawing'>,
): Circumstances {
  const { info } = episode;
  const condition = episode.conditionAt();
  if (info === null || condition === null)
    return {
      config: present.model?.config,
      lesions: present.lesions,
      picture: present.drawing.present,
    };
  return { config: info.config, lesions: condition.lesions, picture: episode.pictureAt() };
}
