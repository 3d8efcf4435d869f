import { parseArgs } from 'node:util';

import { NgcError, printable, printableText } from '../shared/errors.ts';

/*
 * What a command accepts, as data: one table gives its help, its checking and the types of its values.
 */

/** One option of a command. */
export interface Option<T> {
  /** What its value is called in the help ("N", "FILE"); null for a flag, which has none. */
  readonly takes: string | null;
  readonly meaning: string;
  readonly needed?: true;
  /** After one name several values may follow. */
  readonly repeats?: true;
  /**
   * The value from the texts that were given (none: the option is absent).
   * Throws a string that says what would be right; the option is named by the caller.
   */
  read(texts: readonly string[]): T;
}

export type Options = Readonly<Record<string, Option<unknown>>>;
export type Values<S extends Options> = {
  readonly [K in keyof S]: S[K] extends Option<infer T> ? T : never;
};

/** A wrongly called command. */
export function usageError(message: string): NgcError {
  return new NgcError('usage', message);
}

/** What `read` of an option throws: completed with the option's name by `parseCommand`. */
class BadValue extends Error {}

function single<T>(takes: string, meaning: string, read: (text: string) => T) {
  return {
    takes,
    meaning,
    read(texts: readonly string[]): T | undefined {
      if (texts.length > 1) throw new BadValue('may be given only once');
      const [text] = texts;
      return text === undefined ? undefined : read(text);
    },
  };
}

/** Any text but an empty one. */
export function text(takes: string, meaning: string): Option<string | undefined> {
  return single(takes, meaning, (value) => {
    if (value === '') throw new BadValue(`needs a value (${takes}), not an empty text`);
    return value;
  });
}

/** A whole number from `min` to `max`. */
export function whole(
  takes: string,
  meaning: string,
  min: number,
  max = Number.MAX_SAFE_INTEGER,
): Option<number | undefined> {
  return single(takes, meaning, (value) => {
    const number = Number(value);
    if (!/^\d+$/.test(value) || !(number >= min && number <= max)) {
      const range = max === Number.MAX_SAFE_INTEGER ? `from ${min} up` : `from ${min} to ${max}`;
      throw new BadValue(`must be a whole number ${range}, not ${printable(value)}`);
    }
    return number;
  });
}

/** Whole numbers from `min` to `max`, separated by commas. */
export function wholes(
  takes: string,
  meaning: string,
  min: number,
  max: number,
): Option<readonly number[] | undefined> {
  return single(takes, meaning, (value) =>
    value.split(',').map((part) => {
      const number = Number(part);
      if (!/^\d+$/.test(part.trim()) || !(number >= min && number <= max))
        throw new BadValue(
          `must be whole numbers from ${min} to ${max} separated by commas, not ${printable(value)}`,
        );
      return number;
    }),
  );
}

/** A number from `min` to `max`. */
export function decimal(
  takes: string,
  meaning: string,
  min: number,
  max: number,
): Option<number | undefined> {
  return single(takes, meaning, (value) => {
    const number = Number(value);
    if (value.trim() === '' || !(number >= min && number <= max))
      throw new BadValue(`must be a number from ${min} to ${max}, not ${printable(value)}`);
    return number;
  });
}

/** One of a few words. */
export function choice<T extends string>(
  takes: string,
  meaning: string,
  choices: readonly T[],
): Option<T | undefined> {
  return single(takes, meaning, (value) => {
    const found = choices.find((word) => word === value);
    if (found === undefined)
      throw new BadValue(`must be one of ${choices.join(', ')}, not ${printable(value)}`);
    return found;
  });
}

/** Several of a few words, separated by commas. */
export function several<T extends string>(
  takes: string,
  meaning: string,
  choices: readonly T[],
): Option<readonly T[] | undefined> {
  return single(takes, meaning, (value) =>
    value.split(',').map((part) => {
      const found = choices.find((word) => word === part.trim());
      if (found === undefined)
        throw new BadValue(
          `must be one or several of ${choices.join(',')} separated by commas, not ${printable(value)}`,
        );
      return found;
    }),
  );
}

/** May be given any number of times; after one name, several values may follow. */
export function repeated(takes: string, meaning: string): Option<readonly string[]> {
  return { takes, meaning, repeats: true, read: (texts) => texts };
}

export function flag(meaning: string): Option<boolean> {
  return { takes: null, meaning, read: (texts) => texts.length > 0 };
}

/** Makes an option obligatory. */
export function needed<T>(option: Option<T | undefined>): Option<T> {
  return {
    ...option,
    needed: true,
    read(texts) {
      const value = option.read(texts);
      if (value === undefined) throw new BadValue(`is missing; give --NAME ${option.takes}`);
      return value;
    },
  };
}

/** Gives an option a default. */
export function withDefault<T>(option: Option<T | undefined>, value: T): Option<T> {
  return { ...option, read: (texts) => option.read(texts) ?? value };
}

/** What was read from a command's arguments. */
interface Parsed<S extends Options> {
  readonly help: boolean;
  readonly values: Values<S>;
  readonly positionals: readonly string[];
}

/** Values that look like options but are numbers are values: `--seed -1` is a bad seed, not a missing one. */
const looksLikeOption = (value: string) => /^-\D/.test(value);

/**
 * Reads a command's arguments.
 * Throws a usage error naming the option: unknown, without its value, with a bad one, or missing.
 */
export function parseCommand<S extends Options>(args: readonly string[], options: S): Parsed<S> {
  const names = Object.keys(options);
  const { tokens } = parseArgs({
    args: [...args],
    strict: false,
    tokens: true,
    allowPositionals: true,
    options: Object.fromEntries(
      names.map((name) => [
        name,
        { type: options[name]!.takes === null ? 'boolean' : 'string', multiple: true } as const,
      ]),
    ),
  });
  const given = new Map<string, string[]>(names.map((name) => [name, []]));
  const positionals: string[] = [];
  let help = false;
  let list: string[] | null = null; // where values that follow one another go: `--set a=1 b=2`
  for (const token of tokens) {
    if (token.kind === 'positional') (list ?? positionals).push(token.value);
    if (token.kind !== 'option') continue;
    const { name, rawName, value } = token;
    list = null;
    if (name === 'help' || rawName === '-h') {
      help = true;
      continue;
    }
    const option = options[name];
    const texts = given.get(name);
    if (!option || !texts || !rawName.startsWith('--'))
      throw usageError(
        `Unknown option ${printableText(rawName, 40)}; known are ${names.map((known) => `--${known}`).join(', ')}, --help.`,
      );
    if (option.takes === null) {
      if (value !== undefined)
        throw usageError(`Option --${name} takes no value, but ${printable(value)} was given.`);
      texts.push('');
      continue;
    }
    if (value === undefined || (!token.inlineValue && looksLikeOption(value)))
      throw usageError(`Option --${name} needs a value: --${name} ${option.takes}.`);
    texts.push(value);
    if (option.repeats) list = texts;
  }
  if (help) return { help, values: {} as Values<S>, positionals };
  const values = names.map((name) => {
    try {
      return [name, options[name]!.read(given.get(name)!)] as const;
    } catch (error) {
      if (!(error instanceof BadValue)) throw error;
      throw usageError(`Option --${name} ${error.message.replace('--NAME', `--${name}`)}.`);
    }
  });
  return { help, values: Object.fromEntries(values) as Values<S>, positionals };
}
