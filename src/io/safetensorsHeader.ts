import { messageOf, printable, printableList } from '../shared/errors.ts';
import type { JsonLimits } from '../shared/json.ts';
import { parseJson } from '../shared/json.ts';
import { fileError } from './fileError.ts';

/** Bytes per number of the element types that are read and written. */
export const BYTES_PER = { F32: 4, F16: 2 } as const;
export type Dtype = keyof typeof BYTES_PER;

/** One tensor as the header describes it; `begin` and `end` count bytes from the end of the header. */
export interface TensorEntry {
  readonly name: string;
  readonly dtype: Dtype;
  readonly shape: readonly number[];
  readonly begin: number;
  readonly end: number;
}

interface Header {
  readonly metadata: Record<string, string>;
  /** In the order of their bytes. */
  readonly entries: readonly TensorEntry[];
}

/** The reference implementation's own limit on a header's length. */
const MAX_HEADER = 100_000_000;
/** Of metadata there is the text alone; no file of tensors here has a thousandth of these. */
const LIMITS: JsonLimits = { depth: 8, names: 100_000, entries: 500_000 };

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The index just behind the JSON string that starts at `start`. */
function stringEnd(json: string, start: number): number {
  let i = start + 1;
  while (json[i] !== '"') i += json[i] === '\\' ? 2 : 1;
  return i + 1;
}

/**
 * The first key that an object in `json` (known to be valid JSON) names twice, or null.
 * JSON.parse would silently keep the last one.
 */
function duplicateKey(json: string): string | null {
  const open: (Set<string> | null)[] = []; // the keys so far of each open object; null for an array
  let keyNext = false; // whether a string here would be a key
  for (let i = 0; i < json.length; i++) {
    const char = json[i]!;
    if (char === '"') {
      const end = stringEnd(json, i);
      if (keyNext) {
        const keys = open.at(-1)!;
        const key = JSON.parse(json.slice(i, end)) as string;
        if (keys.has(key)) return key;
        keys.add(key);
        keyNext = false;
      }
      i = end - 1;
    } else if (char === '{') {
      open.push(new Set());
      keyNext = true;
    } else if (char === '[') {
      open.push(null);
    } else if (char === '}' || char === ']') {
      open.pop();
      keyNext = false;
    } else if (char === ',') {
      keyNext = open.at(-1) !== null;
    }
  }
  return null;
}

/** The header's JSON (8 bytes give its length, UTF-8 follows), and where the data begins. */
function headerText(bytes: Uint8Array, file: string): { text: string; dataStart: number } {
  if (bytes.length < 8)
    throw fileError(
      file,
      `is not a safetensors file: it has ${bytes.length} bytes, fewer than the 8 of a header length.`,
    );
  const view = new DataView(bytes.buffer, bytes.byteOffset, 8);
  const length = view.getUint32(4, true) * 2 ** 32 + view.getUint32(0, true);
  if (length > MAX_HEADER)
    throw fileError(
      file,
      `is not a safetensors file: its first 8 bytes announce a header of ${length} bytes (at most ${MAX_HEADER}).`,
    );
  if (length > bytes.length - 8)
    throw fileError(
      file,
      `is cut off or not a safetensors file: it announces a header of ${length} bytes, ${bytes.length - 8} follow.`,
    );
  try {
    const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
    return { text: decoder.decode(bytes.subarray(8, 8 + length)), dataStart: 8 + length };
  } catch {
    throw fileError(file, 'is broken: its header is not UTF-8 text.');
  }
}

function parseMetadata(value: unknown, file: string): Record<string, string> {
  if (!isObject(value))
    throw fileError(file, 'is broken: __metadata__ must be an object of strings.');
  const entries = Object.entries(value).map(([key, text]): [string, string] => {
    if (typeof text !== 'string')
      throw fileError(file, `is broken: metadata ${printable(key)} must be a string.`);
    return [key, text];
  });
  return Object.fromEntries(entries);
}

/** Whether every element is a whole number from 0 up. */
function areCounts(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((n) => Number.isSafeInteger(n) && n >= 0);
}

function parseEntry(name: string, value: unknown, dataLength: number, file: string): TensorEntry {
  const broken = (problem: string) =>
    fileError(file, `is broken: tensor ${printable(name)} ${problem}.`);
  if (!isObject(value)) throw broken('must be described by dtype, shape and data_offsets');
  const { dtype, shape, data_offsets: offsets } = value;
  if (typeof dtype !== 'string') throw broken('has no dtype');
  if (dtype !== 'F32' && dtype !== 'F16')
    throw fileError(
      file,
      `cannot be read: tensor ${printable(name)} has dtype ${printable(dtype)}; only F32 and F16 can be read.`,
    );
  if (!areCounts(shape)) throw broken('has a shape that is not a list of whole numbers');
  if (!areCounts(offsets) || offsets.length !== 2)
    throw broken('has data_offsets that are not two whole numbers');
  const [begin, end] = offsets as [number, number];
  if (begin > end) throw broken(`has data_offsets that run backwards (${begin} to ${end})`);
  if (end > dataLength)
    throw broken(
      `reaches to byte ${end} of the data, but only ${dataLength} are there (is the file cut off?)`,
    );
  if (begin % BYTES_PER[dtype] !== 0)
    throw broken(`starts at byte ${begin}, unaligned for ${dtype}`);
  let bytes = BYTES_PER[dtype] as number;
  for (const n of shape) {
    bytes *= n;
    if (!Number.isSafeInteger(bytes)) throw broken('has an absurd shape');
  }
  if (bytes !== end - begin)
    throw broken(
      `has shape [${printableList(shape.map(String), 8)}] and dtype ${dtype}, so ${bytes} bytes, but data_offsets give it ${end - begin}`,
    );
  return { name, dtype, shape, begin, end };
}

/** Refuses tensors that share bytes, and bytes that belong to no tensor. */
function checkCoverage(entries: readonly TensorEntry[], dataLength: number, file: string): void {
  let covered = 0;
  for (const { name, begin, end } of entries) {
    if (begin !== covered) {
      const problem = begin < covered ? 'overlaps the tensor before it' : 'leaves a hole before it';
      throw fileError(file, `is broken: tensor ${printable(name)} ${problem}.`);
    }
    covered = end;
  }
  if (covered !== dataLength)
    throw fileError(
      file,
      `is broken: ${dataLength - covered} bytes after the last tensor belong to no tensor.`,
    );
}

/**
 * Reads and checks everything before the numbers.
 * @param bytes the whole file.
 * @param file its name, for messages.
 * @returns the header, and the byte at which the data begins.
 * @throws NgcError 'file' naming the file and, where there is one, the tensor.
 */
export function parseHeader(bytes: Uint8Array, file: string): Header & { dataStart: number } {
  const { text, dataStart } = headerText(bytes, file);
  let json: unknown;
  try {
    json = parseJson(text, LIMITS);
  } catch (error) {
    throw fileError(file, `is broken: its header ${messageOf(error)}.`);
  }
  if (!isObject(json)) throw fileError(file, 'is broken: its header is not a JSON object.');
  const twice = duplicateKey(text);
  if (twice !== null)
    throw fileError(file, `is broken: its header names ${printable(twice)} twice.`);
  const dataLength = bytes.length - dataStart;
  const metadata = Object.hasOwn(json, '__metadata__')
    ? parseMetadata(json['__metadata__'], file)
    : {};
  const entries = Object.entries(json)
    .filter(([name]) => name !== '__metadata__')
    .map(([name, value]) => parseEntry(name, value, dataLength, file))
    .sort((a, b) => a.begin - b.begin || a.end - b.end);
  checkCoverage(entries, dataLength, file);
  return { metadata, entries, dataStart };
}

/**
 * The header as bytes: its length, the JSON, and spaces up to a multiple of 8, so that the data
 * after it is aligned.
 */
export function encodeHeader({ metadata, entries }: Header): Uint8Array {
  // Written entry by entry: an object would move names that look like numbers to the front.
  const parts = entries.map(
    ({ name, dtype, shape, begin, end }) =>
      `${JSON.stringify(name)}:${JSON.stringify({ dtype, shape, data_offsets: [begin, end] })}`,
  );
  if (Object.keys(metadata).length > 0) parts.unshift(`"__metadata__":${JSON.stringify(metadata)}`);
  const json = new TextEncoder().encode(`{${parts.join(',')}}`);
  const length = Math.ceil(json.length / 8) * 8;
  const bytes = new Uint8Array(8 + length).fill(0x20);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, length, true);
  view.setUint32(4, 0, true);
  bytes.set(json, 8);
  return bytes;
}
