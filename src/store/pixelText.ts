import { PIXELS } from './occlusion.ts';

/*
 * Pictures and masks as text for an address: characters that need no escaping there, one of 64 each.
 *
 * A picture is written as runs, row by row. Characters 0 … 15 are one pixel of that sixteenth of grey; 16 … 47 are 2 … 33
 * blank pixels; 48 … 63 are 2 … 17 pixels full of ink. A digit takes some 130 characters.
 *
 * A mask is written as it is, six pixels a character, so that random pixels take no more room than a half.
 */

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const LEVELS = 15;
const BLANKS = { code: 16, least: 2, most: 33, level: 0 };
const FULLS = { code: 48, least: 2, most: 17, level: LEVELS };
const BITS = 6;
const MASK_LENGTH = Math.ceil(PIXELS / BITS);

/** The sixteenth of grey; never on the other side of ½, where the network divides black from white. */
function levelOf(value: number): number {
  const level = Math.round(value * LEVELS);
  return value > 0.5 ? Math.max(level, 8) : Math.min(level, 7);
}

/** A picture as text: 28·28 intensities, 0 … 1, to a sixteenth. */
export function printPixels(pixels: ArrayLike<number>): string {
  let text = '';
  for (let i = 0; i < pixels.length;) {
    const level = levelOf(pixels[i]!);
    let run = 1;
    while (i + run < pixels.length && levelOf(pixels[i + run]!) === level) run++;
    const runs = [BLANKS, FULLS].find((kind) => kind.level === level);
    const taken = runs === undefined || run < runs.least ? 1 : Math.min(run, runs.most);
    const code = taken > 1 && runs !== undefined ? runs.code + taken - runs.least : level;
    text += ALPHABET.charAt(code);
    i += taken;
  }
  return text;
}

/** The picture that `printPixels` wrote; undefined for a text that is not 28·28 pixels. */
export function readPixels(text: string): Float32Array | undefined {
  if (text.length > PIXELS) return undefined;
  const values: number[] = [];
  for (const character of text) {
    const code = ALPHABET.indexOf(character);
    if (code < 0) return undefined;
    const runs = code >= FULLS.code ? FULLS : code >= BLANKS.code ? BLANKS : null;
    const count = runs === null ? 1 : code - runs.code + runs.least;
    const level = runs === null ? code : runs.level;
    for (let i = 0; i < count; i++) values.push(level / LEVELS);
  }
  return values.length === PIXELS ? Float32Array.from(values) : undefined;
}

/** A mask as text: 1 = seen, 0 = hidden. */
export function printMask(mask: ArrayLike<number>): string {
  let text = '';
  for (let i = 0; i < PIXELS; i += BITS) {
    let code = 0;
    for (let bit = 0; bit < BITS; bit++) code |= (mask[i + bit] ?? 0) << bit;
    text += ALPHABET.charAt(code);
  }
  return text;
}

/** The mask that `printMask` wrote; undefined for any other text. */
export function readMask(text: string): Uint8Array | undefined {
  const codes = Array.from(text, (character) => ALPHABET.indexOf(character));
  if (codes.length !== MASK_LENGTH || codes.includes(-1)) return undefined;
  const mask = Uint8Array.from(
    { length: PIXELS },
    (_, i) => (codes[Math.floor(i / BITS)]! >> (i % BITS)) & 1,
  );
  return printMask(mask) === text ? mask : undefined;
}
