import { checkedSettings, differing } from '../../engine/settings.ts';
import { sizeOf } from '../../shared/arrays.ts';
import { NgcError } from '../../shared/errors.ts';
import { placesOf } from './parameters.ts';
import type { NetworkSettings, System } from './settings.ts';
import { defaultsOf, isClassifying, SETTINGS } from './settings.ts';

/** Most numbers all parameters together may hold: a guard against absurd sizes in a file. */
const MAX_NUMBERS = 100e6;

/** What does not fit together, the first of it, as a sentence; null: all does. */
function conflictIn(settings: NetworkSettings): string | null {
  const { system, output, temperature, momentum, nudge, schedule, init, learn } = settings;
  const classifying = isClassifying(system);
  if (nudge === 0) return 'Setting nudge must be from -1 to 1, but not 0.';
  if (nudge !== 1 && !classifying)
    return `Setting nudge goes with a label; system ${system} has none, so it must be 1.`;
  if (temperature > 0 && momentum > 0)
    return 'Setting temperature samples only without momentum: set momentum to 0.';
  if (output !== 'gaussian' && system === 'recall')
    return `Setting output ${output} needs an output that is held; system recall leaves it free, so it must be gaussian.`;
  if (output !== 'gaussian' && settings.sigma !== 'none')
    return `Setting sigma ${settings.sigma} needs output gaussian, not ${output}.`;
  if (output !== 'gaussian' && settings.end !== 'identity')
    return `Setting end must be identity where output is ${output}, which is its last activation.`;
  if (schedule !== 'none' && init !== 'forward')
    return `Setting schedule ${schedule} needs init forward, not ${init}.`;
  if (learn === 'forward' && init !== 'forward')
    return `Setting learn forward needs init forward, not ${init}.`;
  if (learn === 'backprop' && !classifying)
    return `Setting learn backprop needs labels; system ${system} has none.`;
  if (
    learn === 'backprop' &&
    (settings.sigma !== 'none' || settings.update === 'every' || nudge !== 1)
  )
    return 'Setting learn backprop does not settle: sigma must be none, update end and nudge 1.';
  if (placesOf(settings).reduce((sum, { shape }) => sum + sizeOf(shape), 0) > MAX_NUMBERS)
    return `Setting sizes: the network would need more than ${MAX_NUMBERS} numbers in all.`;
  return null;
}

/**
 * Complete settings of partial ones. Throws a config error that names what is unknown, out of range or does not fit together.
 */
export function parseSettings(config: unknown): NetworkSettings {
  const given = checkedSettings(SETTINGS, config);
  const system = (given['system'] ?? 'supervised') as System; // checked just now
  const settings: NetworkSettings = { ...defaultsOf(system), ...given };
  const conflict = conflictIn(settings);
  if (conflict !== null) throw new NgcError('config', conflict);
  return settings;
}

/** The settings that are not the defaults. */
export const changedSettings = (settings: NetworkSettings): Partial<NetworkSettings> => ({
  ...differing(settings, defaultsOf(settings.system)),
  ...(settings.system !== 'supervised' && { system: settings.system }),
});
