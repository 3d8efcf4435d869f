/**
 * Safetensors (https://github.com/huggingface/safetensors), F32 and F16:
 *
 *   8 bytes   length of the header, little-endian
 *   header    JSON {"__metadata__": {…}, name: {dtype, shape, data_offsets: [begin, end]}, …}
 *   data      the tensors one after the other, row-major, little-endian, without a hole
 *
 * Typed arrays are little-endian on every machine that JavaScript runs on today, so numbers are
 * copied as bytes.
 */
import type { FloatArray } from '../shared/arrays.ts';
import { firstBeyond, sizeOf } from '../shared/arrays.ts';
import { NgcError, printable } from '../shared/errors.ts';
import { fileError } from './fileError.ts';
import { floatsToHalves, halvesToFloats } from './half.ts';
import type { Dtype, TensorEntry } from './safetensorsHeader.ts';
import { BYTES_PER, encodeHeader, parseHeader } from './safetensorsHeader.ts';
import { checkSeal, checkSealBeside, DIGEST, seal, UNSEALED } from './seal.ts';

/** What a safetensors file holds; `tensors` in the order of their bytes. */
export interface SafetensorsFile {
  /** Without the digest. */
  readonly metadata: Record<string, string>;
  readonly tensors: Map<string, FloatArray>;
  /** Whether it carries a digest, which was found to be right. */
  readonly sealed: boolean;
}

/** The index of the first NaN or infinity, or −1. */
const firstNotFinite = (data: Float32Array): number => firstBeyond(data, Number.MAX_VALUE);

/**
 * Reads a safetensors file. The numbers are copied, so `bytes` may be reused afterwards.
 * @param bytes the whole file.
 * @param name the file's name, for messages.
 * @throws NgcError 'file', one sentence naming the file and the tensor, for whatever is not a whole,
 *   consistent file of finite F32 and F16 numbers, or carries the digest of other bytes.
 */
export function parseSafetensors(bytes: ArrayBuffer | Uint8Array, name: string): SafetensorsFile {
  const all = bytes instanceof Uint8Array ? bytes : new Uint8Array(bytes);
  const header = parseHeader(all, name);
  return contents(all, header, checkSeal(all, header.metadata, header.dataStart, name), name);
}

/** The same, its digest checked beside other work. */
export async function parseSafetensorsBeside(
  bytes: ArrayBuffer | Uint8Array,
  name: string,
): Promise<SafetensorsFile> {
  const all = bytes instanceof Uint8Array ? bytes : new Uint8Array(bytes);
  const header = parseHeader(all, name);
  const sealed = await checkSealBeside(all, header.metadata, header.dataStart, name);
  return contents(all, header, sealed, name);
}

function contents(
  all: Uint8Array,
  { metadata: said, entries, dataStart }: ReturnType<typeof parseHeader>,
  sealed: boolean,
  name: string,
): SafetensorsFile {
  const metadata = Object.fromEntries(Object.entries(said).filter(([key]) => key !== DIGEST));
  const tensors = new Map<string, FloatArray>();
  for (const { name: tensor, dtype, shape, begin, end } of entries) {
    // A copy: the data of some writers starts at a byte where a Float32Array cannot.
    const copy = new Uint8Array(end - begin);
    copy.set(all.subarray(dataStart + begin, dataStart + end));
    const data =
      dtype === 'F32'
        ? new Float32Array(copy.buffer)
        : halvesToFloats(new Uint16Array(copy.buffer));
    const bad = firstNotFinite(data);
    if (bad >= 0)
      throw fileError(
        name,
        `is broken: tensor ${printable(tensor)} holds ${data[bad]} at index ${bad}; all values must be finite.`,
      );
    tensors.set(tensor, { shape, data });
  }
  return { metadata, tensors, sealed };
}

/** Refuses text that could not be read back: half a surrogate pair has no UTF-8 form. */
function checkText(text: string): void {
  if (/\p{Surrogate}/u.test(text))
    throw new NgcError('file', `Cannot write ${printable(text)}: it is not well-formed Unicode.`);
}

/** The bytes of one tensor's numbers in its file type. */
function encodeData(name: string, { shape, data }: FloatArray, dtype: Dtype): Uint8Array {
  const cannot = (problem: string) =>
    new NgcError('file', `Cannot write tensor ${printable(name)}: ${problem}.`);
  checkText(name);
  if (name === '__metadata__') throw cannot('the name is reserved');
  if (!shape.every((n) => Number.isSafeInteger(n) && n >= 0) || sizeOf(shape) !== data.length)
    throw cannot(`it has shape [${shape.join(', ')}] but ${data.length} values`);
  const bad = firstNotFinite(data);
  if (bad >= 0) throw cannot(`it holds ${data[bad]} at index ${bad}; all values must be finite`);
  if (dtype === 'F32') return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  const halves = floatsToHalves(data);
  const infinite = halves.findIndex((half) => (half & 0x7fff) === 0x7c00);
  if (infinite >= 0)
    throw cannot(`${data[infinite]} at index ${infinite} is too large for F16 (at most 65504)`);
  return new Uint8Array(halves.buffer);
}

/** What is written, and how. */
interface WriteOptions {
  /** Which tensors are rounded to half precision: all, none (the default), or by name. */
  readonly f16?: boolean | ((name: string) => boolean);
}

/** Writes a safetensors file as `layOut` does, with its digest. */
export function writeSafetensors(
  tensors: ReadonlyMap<string, FloatArray>,
  metadata: Readonly<Record<string, string>>,
  options: WriteOptions = {},
): Uint8Array {
  return seal(layOut(tensors, metadata, options));
}

/**
 * A safetensors file that the reference implementation opens, still to be sealed.
 * @param tensors by name, in the order to write; F16 ones are moved behind the F32 ones, which
 *   keeps every tensor aligned.
 * @throws NgcError 'file' naming the tensor: values that are not finite (or too large for F16), a
 *   shape that does not fit, or a reserved or malformed name.
 */
export function layOut(
  tensors: ReadonlyMap<string, FloatArray>,
  metadata: Readonly<Record<string, string>>,
  options: WriteOptions = {},
): Uint8Array {
  const { f16 = false } = options;
  const isHalf = typeof f16 === 'boolean' ? () => f16 : f16;
  if (Object.hasOwn(metadata, DIGEST))
    throw new NgcError('file', `Cannot write metadata ${printable(DIGEST)}: the name is reserved.`);
  Object.entries(metadata).flat().forEach(checkText);
  const typed = [...tensors].map(([name, array]) => {
    const dtype: Dtype = isHalf(name) ? 'F16' : 'F32';
    return { name, dtype, shape: array.shape, bytes: encodeData(name, array, dtype) };
  });
  typed.sort((a, b) => BYTES_PER[b.dtype] - BYTES_PER[a.dtype]); // stable

  const entries: TensorEntry[] = [];
  let dataLength = 0;
  for (const { name, dtype, shape, bytes } of typed) {
    entries.push({ name, dtype, shape, begin: dataLength, end: dataLength + bytes.length });
    dataLength += bytes.length;
  }
  const header = encodeHeader({ metadata: { [DIGEST]: UNSEALED, ...metadata }, entries });
  const file = new Uint8Array(header.length + dataLength);
  file.set(header);
  typed.forEach(({ bytes }, i) => file.set(bytes, header.length + entries[i]!.begin));
  return file;
}
