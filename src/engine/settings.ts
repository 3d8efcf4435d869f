import { NgcError, printable, printableList } from '../shared/errors.ts';

/*
 * Settings as data, whatever the model: one table says what may be set, what is right and whether it may change.
 */

/** How one setting is checked and explained. */
export type Setting = {
  /** Its name in files and on the command line. */
  readonly key: string;
  readonly meaning: string;
  /** Whether a change keeps the parameters (true) or needs a new model (false). */
  readonly live: boolean;
} & (
  | { readonly type: 'number'; readonly min: number; readonly max: number; readonly integer?: true }
  | {
      readonly type: 'numbers';
      readonly min: number;
      readonly max: number;
      /** The fewest and the most numbers. */
      readonly length: readonly [number, number];
    }
  | { readonly type: 'choice'; readonly choices: readonly (string | number | boolean)[] }
);

const fail = (message: string): never => {
  throw new NgcError('config', message);
};

function checkNumber(
  key: string,
  value: unknown,
  { min, max, integer }: { min: number; max: number; integer?: true },
): void {
  if (
    typeof value !== 'number' ||
    !(value >= min && value <= max) ||
    (integer && !Number.isInteger(value))
  )
    fail(
      `Setting ${key} must be ${integer ? 'a whole number' : 'a number'} from ${min} to ${max}, not ${printable(value)}.`,
    );
}

/** Checks one value against its description. Throws a config error that names the setting. */
export function checkSetting(setting: Setting, value: unknown): void {
  const { key } = setting;
  switch (setting.type) {
    case 'number':
      return checkNumber(key, value, setting);
    case 'numbers': {
      const [least, most] = setting.length;
      if (!Array.isArray(value) || value.length < least || value.length > most)
        return fail(`Setting ${key} must be a list of ${least} to ${most} whole numbers.`);
      for (const entry of value) checkNumber(key, entry, { ...setting, integer: true });
      return;
    }
    case 'choice':
      if (!setting.choices.includes(value as string | number | boolean))
        fail(
          `Setting ${key} must be one of ${setting.choices.join(', ')}, not ${printable(value)}.`,
        );
      return;
    default:
      setting satisfies never;
  }
}

/**
 * The settings in a parsed JSON object, each checked by itself. Throws a config error that names what is unknown or out of range.
 */
export function checkedSettings(
  settings: readonly Setting[],
  input: unknown,
): Readonly<Record<string, unknown>> {
  if (typeof input !== 'object' || input === null || Array.isArray(input))
    return fail('The configuration must be a JSON object of settings.');
  const known = new Map(settings.map((setting) => [setting.key, setting]));
  const unknown = Object.keys(input).filter((key) => !known.has(key));
  if (unknown.length > 0)
    fail(
      `Unknown setting${unknown.length > 1 ? 's' : ''} ${printableList(unknown, 2)}; known are ${[...known.keys()].join(', ')}.`,
    );
  for (const [key, value] of Object.entries(input)) {
    const setting = known.get(key);
    if (setting) checkSetting(setting, value);
  }
  return input as Readonly<Record<string, unknown>>;
}

/** The settings of `config` that differ from those of `base`. */
export function differing<C extends object>(config: C, base: C): Partial<C> {
  const changed: Partial<C> = {};
  for (const key in config)
    if (JSON.stringify(config[key]) !== JSON.stringify(base[key])) changed[key] = config[key];
  return changed;
}
