import type { Lesions, Steering } from '../protocol/condition.ts';
import type { CompletionRule } from '../protocol/episode.ts';
import type { Picture } from './drawing.ts';
import type { EpisodeBuffer } from './episode.ts';
import { kept } from './kept.ts';
import type { ModelConfig } from './settingValues.ts';
import type { AppState } from './state.ts';

/** What a frame was made of, and under what. */
export interface Circumstances {
  /** The settings as they acted; undefined while there is no network. */
  readonly config: ModelConfig | undefined;
  /** What was cut. */
  readonly lesions: Lesions;
  /** What was seen; null in episodes of training. */
  readonly picture: Picture | null;
  /** What becomes of hidden pixels. */
  readonly completion: CompletionRule;
}

/** Those of the frame on show, which may be of the past; while there is no frame, those of the present. */
export function circumstances(
  episode: Pick<EpisodeBuffer, 'info' | 'conditionAt' | 'pictureAt'>,
  present: Pick<AppState, 'model' | 'lesions' | 'drawing' | 'setUp'>,
): Circumstances {
  const { info } = episode;
  const condition = episode.conditionAt();
  if (info === null || condition === null)
    return {
      config: present.model?.config,
      lesions: present.lesions,
      picture: present.drawing.present,
      completion: present.setUp.completion,
    };
  return {
    config: acting(info.config, condition.steering),
    lesions: condition.lesions,
    picture: episode.pictureAt(),
    completion: info.how,
  };
}

/** By what steered, of which there is one object as long as nothing changes: so it is with the settings then. */
const settings = new WeakMap<Steering, readonly [ModelConfig, ModelConfig]>();

/** The settings of an episode with those that steered one of its steps. */
function acting(config: ModelConfig, steering: Steering): ModelConfig {
  const held = settings.get(steering);
  if (held?.[0] === config) return held[1];
  const acted = kept(config, { ...config, ...steering });
  settings.set(steering, [config, acted]);
  return acted;
}

/**
 * Whether the synapses have changed since an episode that was settled with those of `version`. While training runs they do all the
 * time, and the page follows.
 */
export function synapsesSince(
  version: number | null,
  { weightsVersion, activity }: Pick<AppState, 'weightsVersion' | 'activity'>,
): boolean {
  return version !== null && version !== weightsVersion && activity !== 'training';
}
