import { grouped } from './grouped.ts';

/** What opening a file, or files that belong together, may take at most. */
export interface Limits {
  /** Bytes that are unpacked, or made of what lies in the file. */
  readonly bytes: number;
  /** Things that a file is divided into: arrays, cells, dimensions. */
  readonly parts: number;
  /** Characters of text in it. */
  readonly characters: number;
  /** Seconds: what is counted above takes a fraction of them. */
  readonly seconds: number;
}

/**
 * No file a person means to open here takes more: 325,000 pictures of 28×28, a few hundred names of classes. A file that asks for
 * more is broken or hostile.
 */
export const LIMITS: Limits = {
  bytes: 256_000_000,
  parts: 20_000,
  characters: 1_000_000,
  seconds: 60,
};

/** What is counted, in words. */
const WORDS = {
  bytes: 'bytes when it is read',
  parts: 'parts',
  characters: 'characters of text',
} as const;

/**
 * The budget of one opening: whoever reads takes from it before the work is done, or the memory asked for.
 */
export class Budget {
  private readonly left: Record<keyof typeof WORDS, number>;
  private readonly until: number;

  /** @param refuse makes the error of a clause that says what is too much: "takes more than …" */
  constructor(
    private readonly refuse: (why: string) => Error,
    private readonly limits: Limits = LIMITS,
  ) {
    const { bytes, parts, characters } = limits;
    this.left = { bytes, parts, characters };
    this.until = performance.now() + 1000 * limits.seconds;
  }

  /** How many bytes may still be taken. */
  get bytes(): number {
    return this.left.bytes;
  }

  /** Takes so much. Throws the reader's refusal where that is more than there is. */
  take(what: keyof typeof WORDS, count: number): void {
    // Written so that NaN is refused too.
    if (!(count <= this.left[what]))
      throw this.refuse(
        `takes more than ${grouped(this.limits[what])} ${WORDS[what]}, which nothing here needs.`,
      );
    this.left[what] -= count;
  }

  /** Throws the reader's refusal once its time is over. */
  tick(): void {
    if (performance.now() > this.until)
      throw this.refuse(
        `takes longer than ${this.limits.seconds} seconds to read, which nothing here needs.`,
      );
  }
}
