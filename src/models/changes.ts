import type { ModelSettings } from '../engine/model.ts';
import { NgcError, printable } from '../shared/errors.ts';
import type { Family } from './family.ts';

/** Settings to change, by name, each checked by itself. */
export type Changes = Readonly<Record<string, unknown>>;

/** A model's settings with some changed. Throws a usage error for those that would need a new model. */
export function changeSettings(
  family: Family,
  config: ModelSettings,
  changes: Changes,
): ModelSettings {
  const before = new Map<string, unknown>(Object.entries(config));
  for (const [key, value] of Object.entries(changes)) {
    const is = before.get(key);
    const live = family.settings.some((setting) => setting.key === key && setting.live);
    if (JSON.stringify(is) !== JSON.stringify(value) && !live)
      throw new NgcError(
        'usage',
        `Setting ${key} cannot change when training goes on: it is ${printable(is)} in the model; train a new one instead.`,
      );
  }
  return family.parse({ ...config, ...changes });
}
