import type { Rng } from '../../src/shared/rng.ts';

/* Ways to spoil what is right, by a seed: bytes, texts, and values such as JSON holds. */

const pick = <T>(rng: Rng, from: readonly T[]): T => from[rng.below(from.length)]!;
export { pick };

/** Numbers at the edges of what a field holds. */
const WORDS = [0, 1, 2, 7, 8, 255, 256, 784, 0x7fff, 0x8000, 0xffff, 0x10000, 0x7fffffff, 0x80000000, 0xfffffff8, 0xffffffff]; // prettier-ignore

type Spoil = (bytes: Uint8Array, rng: Rng, other: Uint8Array) => Uint8Array;

/** Where structure lies: most often near the beginning. */
const place = (bytes: Uint8Array, rng: Rng) =>
  rng.below(rng.uniform() < 0.6 ? Math.min(bytes.length, 256) : bytes.length);

const SPOILS: readonly Spoil[] = [
  function flipBit(bytes, rng) {
    const at = place(bytes, rng);
    const copy = bytes.slice();
    copy[at]! ^= 1 << rng.below(8);
    return copy;
  },
  function setByte(bytes, rng) {
    const copy = bytes.slice();
    copy[place(bytes, rng)] = rng.below(256);
    return copy;
  },
  (bytes, rng) => bytes.slice(0, rng.below(bytes.length)),
  function setLength(bytes, rng) {
    const copy = bytes.slice();
    const view = new DataView(copy.buffer);
    const at = rng.uniform() < 0.8 ? 4 * Math.floor(place(bytes, rng) / 4) : place(bytes, rng);
    if (at + 4 <= copy.length) view.setUint32(at, pick(rng, WORDS), rng.uniform() < 0.5);
    return copy;
  },
  function repeatBlock(bytes, rng) {
    const from = place(bytes, rng);
    const block = bytes.subarray(from, from + 1 + rng.below(64));
    const times = 1 + rng.below(20);
    return joined(bytes.subarray(0, from), ...new Array<Uint8Array>(times).fill(block), bytes.subarray(from)); // prettier-ignore
  },
  function splice(bytes, rng, other) {
    const [a, b] = [place(bytes, rng), place(other, rng)];
    return joined(bytes.subarray(0, a), other.subarray(b, b + 512), bytes.subarray(a));
  },
  function removeBlock(bytes, rng) {
    const from = place(bytes, rng);
    return joined(bytes.subarray(0, from), bytes.subarray(from + 1 + rng.below(32)));
  },
];

function joined(...parts: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(parts));
}

/** Bytes that were right, spoilt one to four times. */
export function spoiltBytes(seeds: readonly Uint8Array[], rng: Rng): Uint8Array {
  let bytes = pick(rng, seeds).slice();
  for (let left = 1 + rng.below(4); left > 0 && bytes.length > 0; left--)
    bytes = pick(rng, SPOILS)(bytes, rng, pick(rng, seeds)).slice();
  return bytes;
}

/** Pieces of text that mean something to somebody: to a terminal, to JSON, to an address, to whoever reads numbers. */
const NASTY = ['', ' ', '\0', '\n', '\r\n', '\u001b[2J', '\u202e', '\u2028', '\ud800', '\ufeff', '😀', '"', '\\', ',', ';', '\t', '%', '%00', '&', '=', '#', '-1', '1e999', 'nan', 'Infinity', '0x10', '1e-320', '９', '__proto__', 'constructor', 'null', 'true', '{}', '[]', '[[[[', '{"a":', '<b>', 'x'.repeat(3000), '9'.repeat(400)]; // prettier-ignore

/** Text that was right, spoilt one to four times. */
export function spoiltText(seeds: readonly string[], rng: Rng): string {
  let text = pick(rng, seeds);
  for (let left = 1 + rng.below(4); left > 0; left--) {
    const [from, to] = [rng.below(text.length + 1), rng.below(text.length + 1)].sort((a, b) => a - b); // prettier-ignore
    const [start, end] = [text.slice(0, from), text.slice(from)];
    switch (rng.below(5)) {
      case 0:
        text = start + pick(rng, NASTY) + end;
        break;
      case 1:
        text = start + pick(rng, NASTY) + end.slice(1 + rng.below(4));
        break;
      case 2:
        text = text.slice(0, from) + text.slice(to);
        break;
      case 3:
        text = start + text.slice(from, to) + end;
        break;
      default:
        text = start + pick(rng, seeds).slice(rng.below(8));
    }
  }
  return text.slice(0, 20_000);
}

const VALUES: readonly (() => unknown)[] = [
  ...[undefined, null, true, false, 0, -0, -1, 1, 0.5, 784, 2 ** 31, 2 ** 53, 1e308, -1e308, NaN, Infinity].map((value) => () => value), // prettier-ignore
  () => ({}),
  () => [],
  () => [[[[]]]],
  () => ({ length: 1e9 }),
  () => new Array<unknown>(3),
  () => ({ __proto__: null }),
  () => new Float32Array(3),
  () => new Uint8Array(784).fill(2),
  () => new ArrayBuffer(8),
  () => new Map([[1, 2]]),
  () => new Date(NaN),
  () => 10n,
];

/** A value that no field should hold, or only by chance. */
export const anything = (rng: Rng): unknown =>
  rng.uniform() < 0.3 ? pick(rng, NASTY) : pick(rng, VALUES)();

const isPlain = (value: unknown): value is Record<string, unknown> | unknown[] =>
  typeof value === 'object' && value !== null && (Array.isArray(value) || Object.getPrototypeOf(value) === Object.prototype); // prettier-ignore

/** A value of lists and objects with one thing in it changed, left out, or put in. */
export function spoiltValue(value: unknown, rng: Rng): unknown {
  if (!isPlain(value) || rng.uniform() < 0.05) return anything(rng);
  const entries: [string, unknown][] = Object.entries(value);
  if (entries.length === 0) return anything(rng);
  const at = rng.below(entries.length);
  const [key, inner] = entries[at]!;
  const which = rng.uniform();
  if (which < 0.5) entries[at] = [key, spoiltValue(inner, rng)];
  else if (which < 0.7) entries[at] = [key, anything(rng)];
  else if (which < 0.85) entries.splice(at, 1);
  else entries.push([pick(rng, NASTY), anything(rng)]);
  return Array.isArray(value) ? entries.map(([, entry]) => entry) : Object.fromEntries(entries);
}
