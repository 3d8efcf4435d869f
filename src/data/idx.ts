import type { Budget } from '../shared/budget.ts';
import type { NgcError } from '../shared/errors.ts';
import { budgetOf, isGzip, unpack } from './compression.ts';
import { dataError } from './dataError.ts';
import { HEIGHT, PIXELS, WIDTH } from './dataset.ts';

/*
 * IDX, the format MNIST and its relatives are published in (Y. LeCun, "The MNIST database", file formats), all
 * numbers big-endian:
 *
 *   images   00 00 08 03 | count u32 | rows u32 | columns u32 | count·rows·columns bytes, row-major
 *   labels   00 00 08 01 | count u32 | count bytes
 *
 * The third byte is the type (08: unsigned byte), the fourth the number of dimensions.
 */

const IMAGES_MAGIC = 0x0000_0803;
const LABELS_MAGIC = 0x0000_0801;
const IMAGES_HEADER = 16;
const LABELS_HEADER = 8;

/** What an unpacked file claims to be, by its first four bytes. */
export function idxKind(bytes: Uint8Array): 'images' | 'labels' | null {
  if (bytes.length < 4) return null;
  const magic = u32(bytes, 0);
  return magic === IMAGES_MAGIC ? 'images' : magic === LABELS_MAGIC ? 'labels' : null;
}

/** How many bytes a file takes by its first 16, unpacked; null where they do not begin one. */
function idxLength(start: Uint8Array): number | null {
  const kind = idxKind(start);
  if (kind === 'labels') return start.length < LABELS_HEADER ? null : LABELS_HEADER + u32(start, 4);
  if (kind === null || start.length < IMAGES_HEADER) return null;
  return IMAGES_HEADER + u32(start, 4) * u32(start, 8) * u32(start, 12);
}

/**
 * An IDX file as it is, or unpacked if it is gzip: servers differ in whether they unpack .gz files on the way. Of what is no IDX file only
 * the start is unpacked.
 * @throws NgcError('data') when the packed file is broken or cut off, or takes more than `budget` allows.
 */
export async function unpackIdx(
  bytes: Uint8Array,
  name: string,
  budget: Budget = budgetOf(name),
): Promise<Uint8Array> {
  return isGzip(bytes)
    ? unpack(bytes, name, { format: 'gzip', budget, announced: idxLength })
    : bytes;
}

/**
 * Decodes unpacked IDX images.
 * @returns count·784 bytes, row-major, a view of the input (nothing is copied).
 * @throws NgcError('data') naming the file when it is not IDX images, is cut off or too long, or is not 28×28.
 */
export function decodeIdxImages(bytes: Uint8Array, name: string): Uint8Array {
  checkMagic(bytes, IMAGES_MAGIC, 'pictures', name);
  if (bytes.length < IMAGES_HEADER) throw cutOff(name, bytes.length, IMAGES_HEADER);
  const count = u32(bytes, 4);
  const rows = u32(bytes, 8);
  const columns = u32(bytes, 12);
  if (rows !== HEIGHT || columns !== WIDTH)
    throw dataError(name, `the pictures are ${rows}×${columns}; this program needs 28×28.`);
  if (count === 0) throw dataError(name, 'the file holds no pictures.');
  // Floating point multiplies without overflow, so an absurd count is simply more than the file holds.
  checkLength(bytes.length, IMAGES_HEADER + count * PIXELS, `${count} pictures`, name);
  return bytes.subarray(IMAGES_HEADER);
}

/**
 * Decodes unpacked IDX labels.
 * @param classes how many classes there are: every label must be below it.
 * @returns count class indices, a view of the input.
 * @throws NgcError('data') naming the file when it is not IDX labels, is cut off or too long, or holds a label that
 *   names no class.
 */
export function decodeIdxLabels(bytes: Uint8Array, name: string, classes = 256): Uint8Array {
  checkMagic(bytes, LABELS_MAGIC, 'labels', name);
  if (bytes.length < LABELS_HEADER) throw cutOff(name, bytes.length, LABELS_HEADER);
  const count = u32(bytes, 4);
  checkLength(bytes.length, LABELS_HEADER + count, `${count} labels`, name);
  const labels = bytes.subarray(LABELS_HEADER);
  checkLabels(labels, name, classes);
  return labels;
}

/** @throws NgcError('data') when a label is not below `classes`. */
function checkLabels(labels: Uint8Array, name: string, classes: number): void {
  const wrong = labels.findIndex((label) => label >= classes);
  if (wrong >= 0)
    throw dataError(
      name,
      `label ${wrong + 1} is ${labels[wrong]!}; labels go from 0 to ${classes - 1}.`,
    );
}

function u32(bytes: Uint8Array, at: number): number {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(at);
}

function checkMagic(bytes: Uint8Array, magic: number, what: string, name: string): void {
  if (bytes.length < 4) throw cutOff(name, bytes.length, 4);
  const found = u32(bytes, 0);
  if (found === magic) return;
  const other =
    found === IMAGES_MAGIC
      ? ' (it holds pictures)'
      : found === LABELS_MAGIC
        ? ' (it holds labels)'
        : '';
  throw dataError(
    name,
    `not an IDX file of ${what}${other}: it begins with ${hex(found)}, not ${hex(magic)}.`,
  );
}

function checkLength(actual: number, expected: number, holds: string, name: string): void {
  if (actual < expected) throw cutOff(name, actual, expected, holds);
  if (actual > expected)
    throw dataError(
      name,
      `${actual - expected} bytes too many: its header says ${holds}, ${expected} bytes in all.`,
    );
}

function cutOff(name: string, actual: number, expected: number, holds?: string): NgcError {
  const why =
    holds === undefined ? 'its header alone takes' : `its header says ${holds}, which take`;
  return dataError(name, `cut off after ${actual} bytes; ${why} ${expected}.`);
}

function hex(word: number): string {
  return word.toString(16).padStart(8, '0');
}
