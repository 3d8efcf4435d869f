import { SETTLING_SETTINGS } from '../ngc/steering.ts';
import type { ModelReport, SurpriseReport } from '../protocol/reports.ts';
import type { EpisodeInfo } from './recording.ts';
import type { ModelConfig } from './settingValues.ts';

type Settings = Pick<ModelConfig, (typeof SETTLING_SETTINGS)[number]>;

/** What ψ usually is, for certain synapses and settings. */
export interface SurpriseScale extends SurpriseReport {
  /** Those it was measured with. */
  readonly settings: Settings;
}

/** Whether a scale is of the synapses and settings that an episode settled with. */
export function scales(
  { version, settings }: SurpriseScale,
  episode: Pick<EpisodeInfo, 'config' | 'weightsVersion'> | null,
): boolean {
  if (episode === null || episode.weightsVersion !== version) return false;
  return SETTLING_SETTINGS.every((key) => settings[key] === episode.config[key]);
}

/** The scale of surprise of the network as it is; null: it has to be asked for. */
export function scaleNow(state: {
  readonly surprise: SurpriseScale | null;
  readonly model: ModelReport | null;
  readonly weightsVersion: number;
}): SurpriseScale | null {
  const { surprise, model, weightsVersion } = state;
  if (surprise === null || model === null) return null;
  return scales(surprise, { config: model.config, weightsVersion }) ? surprise : null;
}
