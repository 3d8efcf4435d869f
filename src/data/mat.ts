import type { NgcError } from '../shared/errors.ts';
import { printable } from '../shared/errors.ts';
import { dataError } from './dataError.ts';
import { unpack } from './compression.ts';

/*
 * A small reader of MATLAB's level 5 .mat files, after "MAT-File Format" (The MathWorks, version 5): numeric and
 * logical arrays, text, and cells of those. Anything else (structures, objects, sparse arrays) is named but not read.
 *
 *   file     116 bytes of text | 8 reserved | version u16 = 0x0100 | 'IM' (little-endian) or 'MI' | elements …
 *   element  type u32, size u32, data, padded to 8 bytes;  or small: type u16, size u16 (≤ 4), 4 bytes of data
 *            (in file byte order the size is the upper half of the first word)
 *   matrix   an element (type 14) of elements: flags and class | dimensions i32 | name i8 | values …
 *   packed   an element (type 15): one whole element in zlib form, not padded
 *
 * Arrays are column-major: the first index runs fastest.
 */

export type MatValue =
  | {
      readonly kind: 'numbers';
      readonly dims: readonly number[];
      /** Column-major; in the type they are stored in, which MATLAB often makes smaller than the array's class. */
      readonly values: Uint8Array | Float64Array;
    }
  | { readonly kind: 'text'; readonly text: string }
  | {
      readonly kind: 'cells';
      readonly dims: readonly number[];
      readonly cells: readonly MatValue[];
    }
  | { readonly kind: 'unread'; readonly what: string };

const HEADER = 128;
const MATRIX = 14;
const COMPRESSED = 15;
const CELL = 1;
const TEXT = 4;
/** Classes 6 … 15: double, single, and the integers of 8 to 64 bits. */
const isNumeric = (matlabClass: number) => matlabClass >= 6 && matlabClass <= 15;
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
/** Cells of cells of cells … deeper than this are no dataset. */
const MAX_DEPTH = 4;
/** Numbers other than bytes take 8 bytes each here; more of them than this are no dataset either. */
const MAX_WIDE_VALUES = 40_000_000;

interface Element {
  readonly type: number;
  readonly data: DataView;
  /** Where the next element begins. */
  readonly next: number;
}

/**
 * All variables of a .mat file by name.
 * @throws NgcError('data') naming the file when it is not a level 5 .mat file, is cut off or does not fit together.
 */
export async function readMat(bytes: Uint8Array, name: string): Promise<Map<string, MatValue>> {
  const fail: Fail = (what) => dataError(name, what);
  const file = viewOf(bytes);
  const text = String.fromCharCode(...bytes.subarray(0, 20));
  if (text.startsWith('MATLAB 7.3') || text.startsWith('\x89HDF'))
    throw fail('a MATLAB 7.3 (HDF5) file; save it with -v7 or -v6 instead.');
  const order = bytes.length >= HEADER ? String.fromCharCode(bytes[126]!, bytes[127]!) : '';
  if (order !== 'IM' && order !== 'MI')
    throw fail('not a MATLAB level 5 .mat file (its 128-byte header is missing or broken).');
  const little = order === 'IM';
  if (file.getUint16(124, little) !== 0x0100) throw fail('not version 5 of the .mat format.');

  const variables = new Map<string, MatValue>();
  for (let at = HEADER; at < bytes.length;) {
    let element = readElement(file, at, little, fail);
    at = element.next;
    if (element.type === COMPRESSED) {
      const packed = new Uint8Array(
        element.data.buffer as ArrayBuffer,
        element.data.byteOffset,
        element.data.byteLength,
      );
      const inner = viewOf(await unpack(packed, 'deflate', name));
      element = readElement(inner, 0, little, fail);
    }
    if (element.type !== MATRIX) continue;
    const variable = readMatrix(element.data, little, fail, 0);
    variables.set(variable.name, variable.value);
  }
  return variables;
}

type Fail = (what: string) => NgcError;

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function readElement(view: DataView, at: number, little: boolean, fail: Fail): Element {
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

function readMatrix(
  matrix: DataView,
  little: boolean,
  fail: Fail,
  depth: number,
): { readonly name: string; readonly value: MatValue } {
  // MATLAB writes an empty cell as a matrix of no bytes at all.
  if (matrix.byteLength === 0)
    return { name: '', value: { kind: 'numbers', dims: [0, 0], values: new Float64Array(0) } };
  const flags = readElement(matrix, 0, little, fail);
  if (flags.data.byteLength < 4) throw fail('an array without its flags is broken.');
  const matlabClass = flags.data.getUint32(0, little) & 0xff;
  const dimsElement = readElement(matrix, flags.next, little, fail);
  const dims = [...readNumbers(dimsElement, little, fail)];
  const nameElement = readElement(matrix, dimsElement.next, little, fail);
  const name = String.fromCharCode(...readNumbers(nameElement, little, fail).subarray(0, 255));
  const shown = printable(name, 40);
  const size = dims.reduce((product, n) => product * n, 1);
  if (dims.length < 2 || dims.some((n) => !Number.isInteger(n) || n < 0))
    throw fail(`array ${shown} has impossible dimensions ${dims.slice(0, 8).join('×')}.`);

  if (matlabClass === CELL) {
    if (depth >= MAX_DEPTH) throw fail(`${shown} nests cells too deeply.`);
    // Each cell takes at least its 8-byte tag, so an absurd count is caught before anything is allocated.
    if (size * 8 > matrix.byteLength)
      throw fail(`${shown} says it has ${size} cells, more than its bytes can hold.`);
    const cells: MatValue[] = [];
    for (let at = nameElement.next; cells.length < size;) {
      const cell = readElement(matrix, at, little, fail);
      if (cell.type !== MATRIX) throw fail(`${shown} holds something that is no array in a cell.`);
      cells.push(readMatrix(cell.data, little, fail, depth + 1).value);
      at = cell.next;
    }
    return { name, value: { kind: 'cells', dims, cells } };
  }
  if (matlabClass !== TEXT && !isNumeric(matlabClass))
    return { name, value: { kind: 'unread', what: `an array of class ${matlabClass}` } };

  if (size === 0)
    return matlabClass === TEXT
      ? { name, value: { kind: 'text', text: '' } }
      : { name, value: { kind: 'numbers', dims, values: new Float64Array(0) } };
  const content = readElement(matrix, nameElement.next, little, fail);
  if (matlabClass === TEXT)
    return { name, value: { kind: 'text', text: readText(content, little, fail) } };
  const values = readNumbers(content, little, fail);
  if (values.length !== size)
    throw fail(
      `${shown} is ${dims.slice(0, 8).join('×')} but holds ${values.length} values, not ${size}.`,
    );
  return { name, value: { kind: 'numbers', dims, values } };
}

function readNumbers(element: Element, little: boolean, fail: Fail): Uint8Array | Float64Array {
  const { type, data } = element;
  const number = NUMBER_TYPES[type];
  if (!number) throw fail(`numbers of unknown type ${type}.`);
  if (data.byteLength % number.bytes !== 0)
    throw fail(`${data.byteLength} bytes are not a whole number of ${number.bytes}-byte values.`);
  if (type === 2)
    return new Uint8Array(data.buffer as ArrayBuffer, data.byteOffset, data.byteLength);
  const length = data.byteLength / number.bytes;
  if (length > MAX_WIDE_VALUES) throw fail(`an array of ${length} numbers is too large.`);
  const values = new Float64Array(length);
  for (let i = 0; i < values.length; i++) values[i] = number.read(data, i * number.bytes, little);
  return values;
}

/** Text is one row of characters; rows of several are read as they lie. */
function readText(element: Element, little: boolean, fail: Fail): string {
  const bytes = new Uint8Array(
    element.data.buffer as ArrayBuffer,
    element.data.byteOffset,
    element.data.byteLength,
  );
  if (element.type === 16) return new TextDecoder().decode(bytes);
  let text = '';
  for (const code of readNumbers(element, little, fail)) text += String.fromCharCode(code);
  return text;
}
