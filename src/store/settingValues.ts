import type { ModelReport, StartReport } from '../protocol/reports.ts';
import { oneLine } from '../shared/errors.ts';

export type ModelConfig = ModelReport['config'];
export type SettingDescription = StartReport['settings'][number];
export type SettingKey = SettingDescription['key'];
export type SettingValue = ModelConfig[SettingKey];
export type Overrides = Partial<ModelConfig>;

export type Parsed<T> = { readonly value: T } | { readonly refused: string };

const numberOf = (text: string): number => (text.trim() === '' ? NaN : Number(text));

/** What a setting accepts, for people: "a number from 0 to 1". */
export function rangeText(setting: SettingDescription): string {
  switch (setting.type) {
    case 'number':
      return `${setting.integer ? 'a whole number' : 'a number'} from ${setting.min} to ${setting.max}`;
    case 'numbers':
      return `${setting.length[0]} to ${setting.length[1]} whole numbers from ${setting.min} to ${setting.max}, with commas between them`;
    case 'choice':
      return `one of ${setting.choices.join(', ')}`;
    default:
      return setting satisfies never;
  }
}

/** Reads a setting from text. A value out of range is refused with a sentence that names the setting. */
export function parseSetting(setting: SettingDescription, text: string): Parsed<SettingValue> {
  const refused = {
    refused: `${setting.label} (${setting.key}) must be ${rangeText(setting)}, not “${oneLine(text, 60)}”.`,
  };
  switch (setting.type) {
    case 'number': {
      const value = numberOf(text);
      const fits = value >= setting.min && value <= setting.max;
      return fits && (!setting.integer || Number.isInteger(value)) ? { value } : refused;
    }
    case 'numbers': {
      const values = text.split(',').map(numberOf);
      const [least, most] = setting.length;
      const fit = values.every((v) => Number.isInteger(v) && v >= setting.min && v <= setting.max);
      return fit && values.length >= least && values.length <= most ? { value: values } : refused;
    }
    case 'choice': {
      const value = setting.choices.find((choice) => String(choice) === text);
      return value === undefined ? refused : { value: value as SettingValue };
    }
    default:
      return setting satisfies never;
  }
}

/** A setting's value as text that `parseSetting` reads back. */
export function printSetting(value: SettingValue): string {
  return Array.isArray(value) ? value.join(',') : String(value);
}

/** Whether a setting acts on a network that exists; any other needs a new one. */
export function isSteering(settings: readonly SettingDescription[], key: string): boolean {
  return settings.some((setting) => setting.key === key && setting.live);
}
