import type { Setting } from '../engine/settings.ts';
import { checkSetting } from '../engine/settings.ts';
import type { Changes } from '../models/changes.ts';
import type { Family } from '../models/family.ts';
import { messageOf, printable, printableText } from '../shared/errors.ts';
import { usageError } from './options.ts';

/** A number where the text is one, else the text as it is: the check that follows names what is right. */
function numberOrText(text: string): number | string {
  const trimmed = text.trim();
  return trimmed !== '' && Number.isFinite(Number(trimmed)) ? Number(trimmed) : text;
}

/** The value that a text means for a setting: `784,360` and `[784,360]` are lists where a list is asked for. */
function valueOf(setting: Setting, text: string): unknown {
  switch (setting.type) {
    case 'number':
      return numberOrText(text);
    case 'numbers':
      return text
        .replace(/^\s*\[|\]\s*$/g, '')
        .split(',')
        .map(numberOrText);
    case 'choice': {
      // Texts may be quoted as in JSON; some choices are numbers, or true and false.
      const bare = text.replace(/^"(.*)"$/, '$1');
      const meant = setting.choices.find((one) => String(one) === bare);
      if (meant !== undefined) return meant;
      return setting.choices.every((one) => typeof one === 'number') ? numberOrText(bare) : bare;
    }
    default:
      return setting satisfies never;
  }
}

/**
 * Settings of a family from `--set key=value …`.
 * Throws a usage error for a text without "=", an unknown setting, a value out of range, or a setting given twice.
 */
export function parseSettings(texts: readonly string[], { settings }: Family): Changes {
  const changes: Record<string, unknown> = {};
  for (const text of texts) {
    const at = text.indexOf('=');
    if (at < 1) throw usageError(`Option --set needs key=value, not ${printable(text)}.`);
    const key = text.slice(0, at);
    const setting = settings.find((known) => known.key === key);
    if (!setting)
      throw usageError(
        `Option --set ${printableText(text, 40)}: unknown setting ${printableText(key, 40)}; known are ${settings.map((known) => known.key).join(', ')}.`,
      );
    if (Object.hasOwn(changes, key)) throw usageError(`Option --set gives ${key} twice.`);
    const value = valueOf(setting, text.slice(at + 1));
    try {
      checkSetting(setting, value);
    } catch (error) {
      throw usageError(`Option --set ${printableText(text, 40)}: ${messageOf(error)}`);
    }
    changes[key] = value;
  }
  return changes;
}
