import { printable } from '../shared/errors.ts';
import { dataError } from './dataError.ts';
import { budgetOf, unpack } from './compression.ts';
import type { Element, Opening } from './matElements.ts';
import { COMPRESSED, WIDE, bytesOf, readElement, readNumbers, viewOf } from './matElements.ts';

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
const CELL = 1;
const TEXT = 4;
/** Classes 6 … 15: double, single, and the integers of 8 to 64 bits. */
const isNumeric = (matlabClass: number) => matlabClass >= 6 && matlabClass <= 15;
/** Cells of cells of cells … deeper than this are no dataset. */
const MAX_DEPTH = 4;
/** No array of a dataset has more dimensions, and no name more bytes in any type of number. */
const MAX_DIMENSIONS = 32;
const MAX_NAME = 1000;

/**
 * All variables of a .mat file by name.
 * @throws NgcError('data') naming the file when it is not a level 5 .mat file, is cut off or does not fit together.
 */
export async function readMat(bytes: Uint8Array, name: string): Promise<Map<string, MatValue>> {
  const fail = (what: string) => dataError(name, what);
  const file = viewOf(bytes);
  const text = String.fromCharCode(...bytes.subarray(0, 20));
  if (text.startsWith('MATLAB 7.3') || text.startsWith('\x89HDF'))
    throw fail('a MATLAB 7.3 (HDF5) file; save it with -v7 or -v6 instead.');
  const order = bytes.length >= HEADER ? String.fromCharCode(bytes[126]!, bytes[127]!) : '';
  if (order !== 'IM' && order !== 'MI')
    throw fail('not a MATLAB level 5 .mat file (its 128-byte header is missing or broken).');
  const little = order === 'IM';
  if (file.getUint16(124, little) !== 0x0100) throw fail('not version 5 of the .mat format.');
  const opening: Opening = { little, budget: budgetOf(name), fail };

  const variables = new Map<string, MatValue>();
  for (let at = HEADER; at < bytes.length;) {
    opening.budget.take('parts', 1);
    opening.budget.tick();
    let element = readElement(file, at, opening);
    at = element.next;
    if (element.type === COMPRESSED) {
      const inner = viewOf(await unpackElement(element, name, opening));
      element = readElement(inner, 0, opening);
    }
    if (element.type !== MATRIX) continue;
    const variable = readMatrix(element.data, opening, 0);
    variables.set(variable.name, variable.value);
  }
  return variables;
}

/** The element that a packed one holds: its first 8 bytes tell how long it is. */
function unpackElement(
  { data }: Element,
  name: string,
  { little, budget }: Opening,
): Promise<Uint8Array> {
  const announced = (start: Uint8Array) => {
    if (start.length < 8) return null;
    const view = viewOf(start);
    const isSmall = view.getUint32(0, little) >>> 16 !== 0;
    return isSmall ? 8 : 8 + Math.ceil(view.getUint32(4, little) / 8) * 8;
  };
  return unpack(bytesOf(data), name, { format: 'deflate', budget, announced });
}

/** What MATLAB writes as a matrix of no bytes at all. */
const EMPTY: MatValue = { kind: 'numbers', dims: [0, 0], values: new Float64Array(0) };

/** How an array begins: its class, dimensions and name. */
interface Head {
  readonly matlabClass: number;
  readonly dims: readonly number[];
  readonly size: number;
  readonly name: string;
  /** Where its content begins. */
  readonly at: number;
}

function readHead(matrix: DataView, opening: Opening): Head {
  const { fail } = opening;
  const flags = readElement(matrix, 0, opening);
  if (flags.data.byteLength < 4) throw fail('an array without its flags is broken.');
  const dimsElement = readElement(matrix, flags.next, opening);
  const nameElement = readElement(matrix, dimsElement.next, opening);
  if (dimsElement.data.byteLength > MAX_DIMENSIONS * WIDE)
    throw fail(`an array of more than ${MAX_DIMENSIONS} dimensions is broken.`);
  if (nameElement.data.byteLength > MAX_NAME)
    throw fail('an array with a very long name is broken.');
  const dims = [...readNumbers(dimsElement, opening)];
  const name = textOf(readNumbers(nameElement, opening));
  const size = dims.reduce((product, n) => product * n, 1);
  const areCounts = dims.every((n) => Number.isInteger(n) && n >= 0);
  if (dims.length < 2 || !areCounts || !Number.isSafeInteger(size))
    throw fail(`array ${printable(name, 40)} has impossible dimensions ${inShort(dims)}.`);
  const matlabClass = flags.data.getUint32(0, opening.little) & 0xff;
  return { matlabClass, dims, size, name, at: nameElement.next };
}

const inShort = (dims: readonly number[]) => dims.slice(0, 8).join('×');

function readMatrix(
  matrix: DataView,
  opening: Opening,
  depth: number,
): { readonly name: string; readonly value: MatValue } {
  opening.budget.take('parts', 1);
  if (matrix.byteLength === 0) return { name: '', value: EMPTY };
  const head = readHead(matrix, opening);
  return { name: head.name, value: readValue(matrix, head, opening, depth) };
}

function readValue(matrix: DataView, head: Head, opening: Opening, depth: number): MatValue {
  const { matlabClass, dims, size, name, at } = head;
  if (matlabClass === CELL)
    return { kind: 'cells', dims, cells: readCells(matrix, head, opening, depth) };
  if (matlabClass !== TEXT && !isNumeric(matlabClass))
    return { kind: 'unread', what: `an array of class ${matlabClass}` };
  if (size === 0)
    return matlabClass === TEXT
      ? { kind: 'text', text: '' }
      : { kind: 'numbers', dims, values: new Float64Array(0) };
  const content = readElement(matrix, at, opening);
  if (matlabClass === TEXT) return { kind: 'text', text: readText(content, opening) };
  const values = readNumbers(content, opening);
  if (values.length !== size)
    throw opening.fail(
      `${printable(name, 40)} is ${inShort(dims)} but holds ${values.length} values, not ${size}.`,
    );
  return { kind: 'numbers', dims, values };
}

function readCells(
  matrix: DataView,
  { size, name, at: from }: Head,
  opening: Opening,
  depth: number,
): MatValue[] {
  const { budget, fail } = opening;
  const shown = printable(name, 40);
  if (depth >= MAX_DEPTH) throw fail(`${shown} nests cells too deeply.`);
  // Each cell takes at least its 8-byte tag, so an absurd count is caught before anything is allocated.
  if (size * 8 > matrix.byteLength)
    throw fail(`${shown} says it has ${size} cells, more than its bytes can hold.`);
  const cells: MatValue[] = [];
  for (let at = from; cells.length < size;) {
    budget.tick();
    const cell = readElement(matrix, at, opening);
    if (cell.type !== MATRIX) throw fail(`${shown} holds something that is no array in a cell.`);
    cells.push(readMatrix(cell.data, opening, depth + 1).value);
    at = cell.next;
  }
  return cells;
}

/** Text is one row of characters; rows of several are read as they lie. */
function readText(element: Element, opening: Opening): string {
  const { type, data } = element;
  opening.budget.take('characters', data.byteLength);
  if (type === 16) return new TextDecoder().decode(data);
  return textOf(readNumbers(element, opening));
}

const textOf = (codes: ArrayLike<number>): string =>
  Array.from(codes, (code) => String.fromCharCode(code)).join('');
