import type { ModelReport } from '../protocol/reports.ts';
import type { SurpriseReport } from '../protocol/reports.ts';
import type { EpisodeInfo } from './recording.ts';
import type { ModelConfig } from './settingValues.ts';

/** The settings that decide where a picture settles, and so what ψ usually is. */
const SETTLING = [
  'beta',
  'leak',
  'laplace',
  'steps',
  'lateralInhibition',
  'selfExcitation',
] as const satisfies readonly (keyof ModelConfig)[];

type Settings = Pick<ModelConfig, (typeof SETTLING)[number]>;

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
  return SETTLING.every((key) => settings[key] === episode.config[key]);
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
