import { checkSetting, parseConfig } from '../ngc/config/parse.ts';
import type { ModelConfig } from '../ngc/config/settings.ts';
import { SETTINGS } from '../ngc/config/settings.ts';
import { messageOf, printable, printableText } from '../shared/errors.ts';
import { usageError } from './options.ts';

const DESCRIPTIONS = new Map<string, (typeof SETTINGS)[number]>(SETTINGS.map((s) => [s.key, s]));

/** A number where the text is one, else the text as it is: the check that follows names what is right. */
function numberOrText(text: string): number | string {
  const trimmed = text.trim();
  return trimmed !== '' && Number.isFinite(Number(trimmed)) ? Number(trimmed) : text;
}

/** The value that a text means for a setting: `784,360` and `[784,360]` are lists where a list is asked for. */
function valueOf(key: string, text: string): unknown {
  const description = DESCRIPTIONS.get(key);
  switch (description?.type) {
    case 'numbers':
      return text
        .replace(/^\s*\[|\]\s*$/g, '')
        .split(',')
        .map(numberOrText);
    case 'choice': {
      // Texts may be quoted as in JSON; some choices are numbers.
      const bare = text.replace(/^"(.*)"$/, '$1');
      return description.choices.every((c) => typeof c === 'number') ? numberOrText(bare) : bare;
    }
    default:
      return numberOrText(text);
  }
}

/**
 * Settings from `--set key=value …`.
 * Throws a usage error for a text without "=", an unknown setting, a value out of range, or a setting given twice.
 */
export function parseSettings(texts: readonly string[]): Partial<ModelConfig> {
  const settings: Record<string, unknown> = {};
  for (const text of texts) {
    const at = text.indexOf('=');
    if (at < 1) throw usageError(`Option --set needs key=value, not ${printable(text)}.`);
    const key = text.slice(0, at);
    const description = DESCRIPTIONS.get(key);
    if (!description)
      throw usageError(
        `Option --set ${printableText(text, 40)}: unknown setting ${printableText(key, 40)}; known are ${[...DESCRIPTIONS.keys()].join(', ')}.`,
      );
    if (Object.hasOwn(settings, key)) throw usageError(`Option --set gives ${key} twice.`);
    const value = valueOf(key, text.slice(at + 1));
    try {
      checkSetting(description, value);
    } catch (error) {
      throw usageError(`Option --set ${printableText(text, 40)}: ${messageOf(error)}`);
    }
    settings[key] = value;
  }
  return settings as Partial<ModelConfig>;
}

/** A model's settings with some changed. Throws a usage error for those that would need a new network. */
export function changeSettings(config: ModelConfig, changes: Partial<ModelConfig>): ModelConfig {
  for (const [key, value] of Object.entries(changes)) {
    const same = JSON.stringify(config[key as keyof ModelConfig]) === JSON.stringify(value);
    if (!same && !DESCRIPTIONS.get(key)?.live)
      throw usageError(
        `Setting ${key} cannot change when training goes on: it is ${printable(config[key as keyof ModelConfig])} in the model; train a new one instead.`,
      );
  }
  return parseConfig({ ...config, ...changes });
}
