import { Budget } from '../shared/budget.ts';
import { messageOf, printableText } from '../shared/errors.ts';
import { dataError } from './dataError.ts';

/** Whether the bytes begin as a gzip file does. */
export function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

/** The budget of opening a file, or files that belong together, called `name`. */
export const budgetOf = (name: string): Budget => new Budget((why) => dataError(name, why));

/** How a packed file is read. */
export interface Unpacking {
  readonly format: 'gzip' | 'deflate';
  /** What this and whatever is opened with it may take. */
  readonly budget: Budget;
  /**
   * How many bytes there will be, by the first of them; so many are taken from the budget, and made room for. Null: it is nothing that is
   * read here, and no more of it is unpacked.
   */
  readonly announced: (start: Uint8Array) => number | null;
}

/** So many bytes, where there are as many, are enough to know how many will come. */
const START = 16;
/** So many bytes are unpacked at a time. */
const PIECE = 65_536;
/** Deflate packs no better than this. */
const BEST_RATIO = 1032;

/**
 * Unpacks gzip, or zlib ('deflate').
 * @throws NgcError('data') when the stream is broken or cut off, unpacks to more than its first bytes announce, or than its budget allows.
 */
export async function unpack(
  bytes: Uint8Array,
  name: string,
  { format, budget, announced }: Unpacking,
): Promise<Uint8Array> {
  if (typeof DecompressionStream === 'undefined')
    throw dataError(name, 'this browser cannot unpack compressed files; give the file unpacked.');
  const reader = piecesOf(bytes).pipeThrough(new DecompressionStream(format)).getReader();
  try {
    const start = await startOf(reader, name);
    const size = announced(start);
    if (size === null) return start;
    const whole = roomFor(size, bytes.length, name, budget);
    let filled = 0;
    for (let piece: Uint8Array | null = start; piece; piece = await next(reader, name)) {
      budget.tick();
      if (filled + piece.length > size)
        throw dataError(name, `unpacks to more than the ${size} bytes that it announces.`);
      whole.set(piece, filled);
      filled += piece.length;
    }
    return whole.subarray(0, filled);
  } finally {
    void reader.cancel().catch(() => undefined);
  }
}

/** Room for what is announced, once it is known that it can come. */
function roomFor(size: number, packed: number, name: string, budget: Budget): Uint8Array {
  if (size > BEST_RATIO * packed + START)
    throw dataError(name, `cut off: it announces ${size} bytes, more than its ${packed} can hold.`);
  budget.take('bytes', size);
  return new Uint8Array(size);
}

type Reader = ReadableStreamDefaultReader<Uint8Array>;

/** The first bytes of a packed stream: enough to tell how many will come, or all. */
async function startOf(reader: Reader, name: string): Promise<Uint8Array> {
  let start: Uint8Array = new Uint8Array(0);
  while (start.length < START) {
    const piece = await next(reader, name);
    if (piece === null) break;
    start = concatenate([start, piece]);
  }
  return start;
}

/** The next bytes of a packed stream, or null at its end. */
async function next(reader: Reader, name: string): Promise<Uint8Array | null> {
  try {
    const step = await reader.read();
    return step.done ? null : step.value;
  } catch (error) {
    throw dataError(
      name,
      `the compressed data are broken or cut off (${printableText(messageOf(error) || 'unreadable')}); get the file again.`,
    );
  }
}

/** Bytes piece by piece, as they are asked for: what is unpacked of one is taken before the next is given. */
function piecesOf(bytes: Uint8Array): ReadableStream<Uint8Array<ArrayBuffer>> {
  let at = 0;
  return new ReadableStream({
    pull(controller) {
      if (at >= bytes.length) return controller.close();
      controller.enqueue(bytes.slice(at, at + PIECE));
      at += PIECE;
    },
  });
}

/** Chunks as one array. */
export function concatenate(chunks: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(chunks.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
}
