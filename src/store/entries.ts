import { oneLine } from '../shared/errors.ts';

/** How a value is written in the address, and read back. */
export interface Entry<T> {
  /** What it may be, for people: "one of …". */
  readonly expected: string;
  /** Undefined: refused. */
  read(text: string): T | undefined;
  print(value: T): string;
}

/** How each value of T is written, by its key in the address. */
export type Table<T> = { readonly [K in keyof T]: Entry<T[K]> };

/** One of a few words. */
export const oneOf = <T extends string>(...choices: readonly T[]): Entry<T> => ({
  expected: `one of ${choices.join(', ')}`,
  read: (text) => choices.find((choice) => choice === text),
  print: (value) => value,
});

/** A value that the address asks for and that cannot be. */
export interface Refusal {
  /** As it stands in the address: "seed=-1". */
  readonly asked: string;
  /** A whole sentence: what would be right. */
  readonly sentence: string;
}

/** What was asked for, short enough for a sentence. */
export const asked = (key: string, text: string): string =>
  `${oneLine(key, 40)}=${oneLine(text, 60)}`;

/** Reads the values that a table knows out of key and text; what it does not know is left for others. */
export function readTable<T extends object>(
  table: Table<T>,
  pairs: Iterable<readonly [string, string]>,
): {
  readonly values: Partial<T>;
  readonly rest: ReadonlyMap<string, string>;
  readonly refused: readonly Refusal[];
} {
  const values: Partial<T> = {};
  const rest = new Map<string, string>();
  const refused: Refusal[] = [];
  const isKnown = (key: string): key is keyof T & string => Object.hasOwn(table, key);
  for (const [key, text] of pairs) {
    if (!isKnown(key)) {
      rest.set(key, text);
      continue;
    }
    const { read, expected } = table[key];
    const value = read(text);
    if (value === undefined)
      refused.push({
        asked: asked(key, text),
        sentence: `The address asks for ${asked(key, text)}; ${key} must be ${expected}.`,
      });
    else values[key] = value;
  }
  return { values, rest, refused };
}

/** One value of a set, as the address writes it. */
export const printEntry = <T, K extends keyof T>(
  table: { readonly [P in K]: Entry<T[P]> },
  values: Pick<T, K>,
  key: K,
): string => table[key].print(values[key]);
