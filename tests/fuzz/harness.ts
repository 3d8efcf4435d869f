import { LONGEST_SENTENCE, NgcError } from '../../src/shared/errors.ts';
import type { Rng } from '../../src/shared/rng.ts';
import { createRng, deriveSeed } from '../../src/shared/rng.ts';
import { LINE } from '../helpers/lines.ts';

/** Something that takes what others wrote. */
export interface Target<T = unknown> {
  readonly name: string;
  /** What it is given: something right that was spoilt, or made to be wrong. */
  make(rng: Rng): T;
  /** Reads it, and throws what it refuses it with; a plain Error where what it read is not right. */
  read(input: T): unknown;
  /** The case as text that another run can begin from. */
  show(input: T): string;
  /** Of so many cases of all, one is of this target; 1 if not given. */
  readonly share?: number;
}

/** A target of a kind of its own among others. */
export const target = <T>(one: Target<T>): Target => one;

/** How many were read, and how many refused. */
export interface Tally {
  read: number;
  refused: number;
}

const SLOWEST_MS = 5000;

/** What is wrong with a refusal; null where it is as it should be. */
export function faultOf(error: unknown): string | null {
  if (!(error instanceof NgcError)) return `threw ${String(error)}`;
  const { message } = error;
  if (!LINE.test(message)) return `not one printable line: ${JSON.stringify(message)}`;
  if (message.length > LONGEST_SENTENCE) return `${message.length} characters: ${message}`;
  // What was given may be NaN, and is then said to be.
  const said = message
    .replace(/"(\\.|[^"\\])*"/g, '')
    .replace(/\b(not|is|holds|type|:) NaN\b/g, '');
  if (/undefined|NaN|\[object/.test(said)) return `nonsense: ${message}`;
  return null;
}

/** One case of a target, by its number. Throws an error with all that another run needs, where the target fails. */
async function one(given: Target, seed: number, number: number): Promise<'read' | 'refused'> {
  const input = given.make(createRng(deriveSeed(seed, number)));
  const startedAt = performance.now();
  let outcome: 'read' | 'refused' = 'read';
  let fault: string | null = null;
  try {
    await given.read(input);
  } catch (error) {
    outcome = 'refused';
    fault = faultOf(error);
    if (fault !== null && error instanceof Error && !(error instanceof NgcError)) fault += `\n${error.stack}`; // prettier-ignore
  }
  const took = performance.now() - startedAt;
  if (took > SLOWEST_MS) fault ??= `took ${(took / 1000).toFixed(1)} s`;
  if (fault === null) return outcome;
  throw new Error(
    `${given.name}, seed ${seed}, case ${number}: ${fault}\nto see it again: ${given.show(input).slice(0, 4000)}`,
  );
}

/** So many cases of a target. */
export async function fuzz(given: Target, cases: number, seed: number): Promise<Tally> {
  const tally: Tally = { read: 0, refused: 0 };
  for (let number = 0; number < cases; number++) tally[await one(given, seed, number)]++;
  return tally;
}

export const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');
