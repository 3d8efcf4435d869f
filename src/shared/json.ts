import { grouped } from './grouped.ts';

/*
 * JSON from outside. JSON.parse makes of a text up to fifty times as much memory, and a few million objects of one that only
 * nests: so the text is looked over before anything is made of it.
 */

/** What a text may hold. */
export interface JsonLimits {
  /** How deep lists and objects nest. */
  readonly depth: number;
  /** Different names of fields. */
  readonly names: number;
  /** Lists, objects and what they hold, in all. */
  readonly entries: number;
}

/** Records are many but alike: few names, and no more entries than a text of its length means. */
const RECORDS = { depth: 64, names: 20_000, fewEntries: 100_000, charactersAnEntry: 8 } as const;

/** What is wrong with a text, as a clause: "is not JSON". */
export class JsonFault extends Error {
  override readonly name = 'JsonFault';
}

/**
 * A value from a JSON text that came from outside. Throws a JsonFault, whose message is a clause, where it is none, nests too deeply or
 * would take more memory than its length can mean.
 */
export function parseJson(text: string, limits?: JsonLimits): unknown {
  const entries = Math.max(RECORDS.fewEntries, text.length / RECORDS.charactersAnEntry);
  lookOver(text, limits ?? { depth: RECORDS.depth, names: RECORDS.names, entries });
  try {
    return JSON.parse(text);
  } catch {
    throw new JsonFault('is not JSON');
  }
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const COLON = 0x3a;
/** What lists and objects open and close with. */
const OPENS = new Set([0x5b, 0x7b]);
const CLOSES = new Set([0x5d, 0x7d]);
/** Names are told apart by so many bits of a hash: enough for the most there may be. */
const HASH_BITS = 22;

/** Throws a JsonFault where a text, JSON or not, would take too much. */
function lookOver(text: string, limits: JsonLimits): void {
  const names = new Names(limits.names);
  let depth = 0;
  let entries = 0;
  let hash = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === QUOTE) {
      hash = 0x811c9dc5;
      for (i++; i < text.length; i++) {
        const inner = text.charCodeAt(i);
        if (inner === QUOTE) break;
        if (inner === BACKSLASH) i++;
        hash = Math.imul(hash ^ inner, 0x01000193);
      }
    } else if (code === COLON) names.add(hash);
    else if (code === COMMA) entries++;
    else if (OPENS.has(code)) {
      entries++;
      if (++depth > limits.depth)
        throw new JsonFault(`nests lists and objects more than ${limits.depth} deep`);
    } else if (CLOSES.has(code)) depth--;
    if (entries > limits.entries)
      throw new JsonFault(`holds more than ${grouped(Math.floor(limits.entries))} entries`); // prettier-ignore
  }
}

/** Counts different names, to a hash. */
class Names {
  private seen: Uint8Array | null = null;
  private count = 0;

  constructor(private readonly most: number) {}

  add(hash: number): void {
    this.seen ??= new Uint8Array(1 << (HASH_BITS - 3));
    const bit = hash >>> (32 - HASH_BITS);
    const at = bit >> 3;
    const mask = 1 << (bit & 7);
    if (this.seen[at]! & mask) return;
    this.seen[at]! |= mask;
    if (++this.count > this.most)
      throw new JsonFault(`names more than ${grouped(this.most)} different fields`);
  }
}
