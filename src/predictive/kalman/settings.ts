import type { Setting } from '../../engine/settings.ts';
import { checkedSettings, differing } from '../../engine/settings.ts';

/** Every setting of a Kalman filter, as a file stores it. */
export interface KalmanSettings {
  readonly variant: 'kalman';
  /** n: how many gradient steps predictive coding takes for each measurement; several are traced side by side. */
  readonly steps: readonly number[];
}

export const SETTINGS: readonly Setting[] = [
  { key: 'variant', meaning: 'Which model', live: false, type: 'choice', choices: ['kalman'] },
  {
    key: 'steps',
    meaning: 'Gradient steps for each measurement, one or several numbers',
    live: true,
    type: 'numbers',
    min: 1,
    max: 10_000,
    length: [1, 16],
  },
];

const DEFAULTS: KalmanSettings = { variant: 'kalman', steps: [20] };

/** Complete settings of partial ones. Throws a config error that names what is unknown or out of range. */
export function parseSettings(config: unknown): KalmanSettings {
  return { ...DEFAULTS, ...checkedSettings(SETTINGS, config) };
}

/** The settings that are not the defaults. */
export const changedSettings = (settings: KalmanSettings): Partial<KalmanSettings> =>
  differing(settings, DEFAULTS);
