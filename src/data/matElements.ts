import type { Budget } from '../shared/budget.ts';
import type { NgcError } from '../shared/errors.ts';

/*
 * Elements of a .mat file, of which mat.ts has the layout: where each lies, and the numbers in it.
 */

/** An element that holds another one, packed. */
export const COMPRESSED = 15;
/** Numbers other than bytes take so many bytes each here. */
export const WIDE = 8;
/** Numbers that are bytes. */
const BYTES = 2;
/** Element types of numbers: how wide each is and how it is read. */
const NUMBER_TYPES: Readonly<
  Record<number, { bytes: number; read: (view: DataView, at: number, little: boolean) => number }>
> = {
  1: { bytes: 1, read: (view, at) => view.getInt8(at) },
  2: { bytes: 1, read: (view, at) => view.getUint8(at) },
  3: { bytes: 2, read: (view, at, little) => view.getInt16(at, little) },
  4: { bytes: 2, read: (view, at, little) => view.getUint16(at, little) },
  5: { bytes: 4, read: (view, at, little) => view.getInt32(at, little) },
  6: { bytes: 4, read: (view, at, little) => view.getUint32(at, little) },
  7: { bytes: 4, read: (view, at, little) => view.getFloat32(at, little) },
  9: { bytes: 8, read: (view, at, little) => view.getFloat64(at, little) },
  12: { bytes: 8, read: (view, at, little) => Number(view.getBigInt64(at, little)) },
  13: { bytes: 8, read: (view, at, little) => Number(view.getBigUint64(at, little)) },
  // UTF-8 and UTF-16 code units, used by text only.
  16: { bytes: 1, read: (view, at) => view.getUint8(at) },
  17: { bytes: 2, read: (view, at, little) => view.getUint16(at, little) },
};

/** What reading one file has: its order of bytes, what it may take, and how it fails. */
export interface Opening {
  readonly little: boolean;
  readonly budget: Budget;
  readonly fail: (what: string) => NgcError;
}

export const viewOf = (bytes: Uint8Array): DataView =>
  new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

export const bytesOf = (view: DataView): Uint8Array =>
  new Uint8Array(view.buffer as ArrayBuffer, view.byteOffset, view.byteLength);

export interface Element {
  readonly type: number;
  readonly data: DataView;
  /** Where the next element begins. */
  readonly next: number;
}

/** The element that begins at a byte. */
export function readElement(view: DataView, at: number, { little, fail }: Opening): Element {
  if (at + 8 > view.byteLength) throw fail(`cut off at byte ${at}: an element needs 8 bytes.`);
  const word = view.getUint32(at, little);
  const smallSize = word >>> 16;
  if (smallSize !== 0) {
    if (smallSize > 4) throw fail(`a small element of ${smallSize} bytes (4 at most) is broken.`);
    return {
      type: word & 0xffff,
      data: new DataView(view.buffer, view.byteOffset + at + 4, smallSize),
      next: at + 8,
    };
  }
  const size = view.getUint32(at + 4, little);
  const from = at + 8;
  if (from + size > view.byteLength)
    throw fail(
      `cut off: an element of ${size} bytes begins where only ${view.byteLength - from} are left.`,
    );
  return {
    type: word,
    data: new DataView(view.buffer, view.byteOffset + from, size),
    next: from + (word === COMPRESSED ? size : Math.ceil(size / 8) * 8),
  };
}

/** The numbers in an element: bytes as they lie, any others as doubles. */
export function readNumbers(
  { type, data }: Element,
  { little, budget, fail }: Opening,
): Uint8Array | Float64Array {
  const number = NUMBER_TYPES[type];
  if (!number) throw fail(`numbers of unknown type ${type}.`);
  if (data.byteLength % number.bytes !== 0)
    throw fail(`${data.byteLength} bytes are not a whole number of ${number.bytes}-byte values.`);
  if (type === BYTES) return bytesOf(data);
  const length = data.byteLength / number.bytes;
  budget.take('bytes', WIDE * length);
  const values = new Float64Array(length);
  for (let i = 0; i < values.length; i++) values[i] = number.read(data, i * number.bytes, little);
  return values;
}
