import { hexOf } from '../shared/bytes.ts';
import { NgcError, printableText } from '../shared/errors.ts';
import { sha256 } from '../shared/sha256.ts';

/*
 * Results are JSON that says, before all else, what it is the JSON of: `digest` = "sha256:" and the SHA-256, in hexadecimal, of the text
 * without this field. Name and value each say what it is, so that a damaged letter in one of them hides nothing.
 */

const NAME = 'digest';
const KIND = 'sha256:';
const HEAD = `{"${NAME}":"${KIND}`;
const DIGITS = 64;
const TAIL = '",';

/** SHA-256 of a text in hexadecimal, by the platform's own where there is one. */
async function digestOf(text: string): Promise<string> {
  const bytes = new TextEncoder().encode(text);
  return (await sha256(bytes)) ?? hexOf((await import('@noble/hashes/sha2.js')).sha256(bytes));
}

/** An object with at least one field as JSON that carries its digest. */
export async function sealedJson(value: object): Promise<string> {
  const text = JSON.stringify(value);
  return `${HEAD}${await digestOf(text)}${TAIL}${text.slice(1)}`;
}

/** Whether an object says anything of a digest. */
const speaksOfOne = (value: object): boolean =>
  NAME in value ||
  Object.values(value).some((field) => typeof field === 'string' && field.startsWith(KIND));

/** What was read of a text. */
export interface Opened {
  /** The value, without its digest. */
  readonly value: unknown;
  /** Whether it carried a digest, which was found to be right. */
  readonly sealed: boolean;
}

/**
 * Takes the digest off what was read, where there is one. Throws a file error where it is that of another text.
 *
 * @param text the JSON
 * @param value what it is the JSON of
 * @param name what the sentence calls it: its file
 */
export async function openSealed(text: string, value: unknown, name: string): Promise<Opened> {
  if (typeof value !== 'object' || value === null || !speaksOfOne(value))
    return { value, sealed: false };
  const end = HEAD.length + DIGITS;
  const rest = `{${text.slice(end + TAIL.length).trimEnd()}`;
  if (text.slice(0, end) !== HEAD + (await digestOf(rest)))
    throw new NgcError(
      'file',
      `${printableText(name)} is damaged: it is not the text that its digest was made of (another program that changes such a file must leave out the field "${NAME}").`,
    );
  const fields = Object.entries(value).filter(([key]) => key !== NAME);
  return { value: Object.fromEntries(fields), sealed: true };
}
