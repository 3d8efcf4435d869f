import type { FloatArray } from './arrays.ts';
import { sizeOf } from './arrays.ts';
import { NgcError, printable, printableText } from './errors.ts';

/*
 * What a message may hold, in small pieces: each check returns the value, now typed, or throws a usage error that names
 * the field. None looks at more of a value than it must, so that a huge one is refused as fast as a small one.
 */

/** Returns `value` where it is what it should be; throws a usage error that calls it `what` where it is not. */
export type Check<T> = (value: unknown, what: string) => T;

function refuse(what: string, wanted: string, value: unknown): never {
  throw new NgcError('usage', `${what} must be ${wanted}, not ${printable(value)}.`);
}

export const yesOrNo: Check<boolean> = (value, what) =>
  typeof value === 'boolean' ? value : refuse(what, 'true or false', value);

/** A whole number from `min` to `max`. */
export function whole(min: number, max: number): Check<number> {
  return (value, what) =>
    Number.isInteger(value) && (value as number) >= min && (value as number) <= max
      ? (value as number)
      : refuse(what, `a whole number from ${min} to ${max}`, value);
}

/** A number from `min` to `max`. */
export function number(min: number, max: number): Check<number> {
  return (value, what) =>
    typeof value === 'number' && value >= min && value <= max
      ? value
      : refuse(what, `a number from ${min} to ${max}`, value);
}

/** A text of at most `most` characters. */
export function text(most: number): Check<string> {
  return (value, what) =>
    typeof value === 'string' && value.length <= most
      ? value
      : refuse(what, `a text of at most ${most} characters`, value);
}

/** One of a few words. */
export function oneOf<T extends string>(words: readonly T[]): Check<T> {
  return (value, what) =>
    words.find((word) => word === value) ?? refuse(what, `one of ${words.join(', ')}`, value);
}

/** An object of a class of the platform: `kind` says to people what it is. */
export function instance<T>(type: abstract new (...given: never[]) => T, kind: string): Check<T> {
  return (value, what) => (value instanceof type ? value : refuse(what, kind, value));
}

export function orNull<T>(check: Check<T>): Check<T | null> {
  return (value, what) => (value === null ? null : check(value, what));
}

/** A list of at most `most` entries. */
export function list<T>(entry: Check<T>, most: number): Check<readonly T[]> {
  return (value, what) =>
    Array.isArray(value) && value.length <= most
      ? Array.from(value, (one: unknown, i) => entry(one, `${what}[${i}]`))
      : refuse(what, `a list of at most ${most} entries`, value);
}

/** `length` numbers in an array of the given type, each of which `good` accepts; `wanted` says which those are. */
function numbers<T extends Float32Array | Uint8Array>(
  type: new (length: number) => T,
  length: number,
  wanted: string,
  good: (value: number) => boolean,
): Check<T> {
  return (value, what) => {
    if (!(value instanceof type)) return refuse(what, `a ${type.name} of ${length} numbers`, value);
    if (value.length !== length)
      throw new NgcError('usage', `${what} must hold ${length} numbers, not ${value.length}.`);
    const bad = value.findIndex((one) => !good(one));
    return bad < 0 ? value : refuse(`${what}[${bad}]`, wanted, value[bad]);
  };
}

/** `length` intensities, each from 0 to 1. */
export const intensities = (length: number): Check<Float32Array> =>
  numbers(Float32Array, length, 'a number from 0 to 1', (value) => value >= 0 && value <= 1);

/** `length` flags, each 0 or 1. */
export const flags = (length: number): Check<Uint8Array> =>
  numbers(Uint8Array, length, '0 or 1', (value) => value <= 1);

/** Finite numbers, `most` of them at the most. */
export const floats =
  (most: number): Check<Float32Array> =>
  (value, what) =>
    value instanceof Float32Array && value.length <= most && value.every(Number.isFinite)
      ? value
      : refuse(what, `a Float32Array of at most ${most} finite numbers`, value);

/** A field that may be missing. */
interface Optional<T> {
  readonly ifGiven: Check<T>;
}

export function optional<T>(check: Check<T>): Optional<T> {
  return { ifGiven: check };
}

/** The check of each field of T; of one that T may lack, an optional one. */
type Fields<T> = {
  readonly [K in keyof T]-?: undefined extends T[K]
    ? Optional<Exclude<T[K], undefined>>
    : Check<T[K]>;
};

/** An object whose fields are anything. */
export const plain: Check<Readonly<Record<string, unknown>>> = (value, what) =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : refuse(what, 'an object', value);

/** An object with these fields and no others. */
export function record<T>(fields: Fields<T>): Check<T> {
  const checks = new Map<string, Check<unknown> | Optional<unknown>>(Object.entries(fields));
  return (value, what) => {
    const given = plain(value, what);
    const stranger = Object.keys(given).find((key) => !checks.has(key));
    if (stranger !== undefined)
      throw new NgcError('usage', `${what}: ${printableText(stranger, 40)} is not known here.`);
    const checked: Record<string, unknown> = {};
    for (const [key, check] of checks) {
      const entry = given[key];
      if (typeof check === 'function') checked[key] = check(entry, `${what}: ${key}`);
      else if (entry !== undefined) checked[key] = check.ifGiven(entry, `${what}: ${key}`);
    }
    return checked as T; // each of its fields has been checked
  };
}

/** An array of numbers with its shape, of `dimensions` dimensions: as many numbers as that says. */
export function floatArray(dimensions: number): Check<FloatArray> {
  const shape = list(whole(0, 2 ** 31), dimensions);
  return (value, what) => {
    const { shape: given, data } = plain(value, what);
    const checked = shape(given, `${what}: shape`);
    if (!(data instanceof Float32Array)) return refuse(`${what}: data`, 'a Float32Array', data);
    if (checked.length !== dimensions || sizeOf(checked) !== data.length)
      throw new NgcError('usage', `${what} holds ${data.length} numbers, and not of its shape.`);
    return { shape: checked, data };
  };
}

/** The number of a message between threads; null where it has none, and nobody waits for an answer. */
export function messageId(message: unknown): number | null {
  if (typeof message !== 'object' || message === null || !('id' in message)) return null;
  return typeof message.id === 'number' ? message.id : null;
}
