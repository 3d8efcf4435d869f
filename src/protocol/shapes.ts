/*
 * What an answer is, in small pieces: each says whether a value is what it should be, and looks at no more of it than it must, so that
 * what comes sixty times a second costs nothing.
 */

/** Whether a value is what it should be. */
export type Is = (value: unknown) => boolean;

/** A predicate for each field of T; of none may be forgotten. */
export type Shape<T> = { readonly [K in keyof T]-?: Is };

type Fields = Readonly<Record<string, unknown>>;
const isObject = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const nothing: Is = (value) => value === null;
export const text: Is = (value) => typeof value === 'string';
export const yesOrNo: Is = (value) => typeof value === 'boolean';
/** A number, finite or not: what is measured may have left all proportion. */
export const number: Is = (value) => typeof value === 'number';
export const count: Is = (value) => Number.isInteger(value) && (value as number) >= 0;
/** A whole number, or −1 for none. */
export const index: Is = (value) => Number.isInteger(value) && (value as number) >= -1;
export const object: Is = isObject;
export const list: Is = Array.isArray;
export const floats: Is = (value) => value instanceof Float32Array;
export const bytes: Is = (value) => value instanceof Uint8Array;
export const whole: Is = (value) => value instanceof Uint32Array;
export const buffer: Is = (value) => value instanceof ArrayBuffer;

export const orNull =
  (is: Is): Is =>
  (value) =>
    value === null || is(value);

export const optional =
  (is: Is): Is =>
  (value) =>
    value === undefined || is(value);

export const listOf =
  (is: Is): Is =>
  (value) =>
    Array.isArray(value) && value.every(is);

/** An object with these fields. `fits`: how they go together, asked where each is right by itself. */
export function shape<T>(fields: Shape<T>, fits: (value: T) => boolean = () => true): Is {
  const entries = Object.entries<Is>(fields);
  return (value) =>
    isObject(value) && entries.every(([name, is]) => is(value[name])) && fits(value as T);
}
