/** Files made byte by byte after their published formats, independently of the code under test. */
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { deflateSync } from 'node:zlib';

import { expect } from 'vitest';

import type { ErrorKind } from '../../src/shared/errors.ts';
import { NgcError } from '../../src/shared/errors.ts';

/** An IDX file: 00 00 08, the number of dimensions, each dimension as big-endian u32, the bytes. */
export function idx(dims: readonly number[], bytes: ArrayLike<number>): Uint8Array {
  const header = Buffer.alloc(4 + 4 * dims.length);
  header.set([0, 0, 8, dims.length]);
  dims.forEach((dim, i) => header.writeUInt32BE(dim, 4 + 4 * i));
  return new Uint8Array(Buffer.concat([header, new Uint8Array(bytes)]));
}

/** `count` pictures with different bytes everywhere. */
export function somePixels(count: number, salt = 0): Uint8Array {
  return Uint8Array.from({ length: count * 784 }, (_, i) => (i * 31 + (i >> 7) * 7 + salt) & 255);
}

export const idxImages = (count: number, salt = 0) => idx([count, 28, 28], somePixels(count, salt));
export const idxLabels = (count: number) =>
  idx(
    [count],
    Array.from({ length: count }, (_, i) => (i * 3) % 10),
  );

/** Expects the work to fail with an NgcError of this kind whose sentence contains every part. */
export async function expectNgcError(
  work: () => unknown,
  kind: ErrorKind,
  ...parts: (string | RegExp)[]
): Promise<void> {
  let thrown: unknown = 'nothing was thrown';
  try {
    await work();
  } catch (error) {
    thrown = error;
  }
  expect(thrown).toBeInstanceOf(NgcError);
  const error = thrown as NgcError;
  expect(error.kind).toBe(kind);
  for (const part of parts)
    if (typeof part === 'string') expect(error.message).toContain(part);
    else expect(error.message).toMatch(part);
  expect(error.message).not.toContain('\n');
}

/** A real file, where this machine has it beside the repository; null elsewhere. */
export function realFile(path: string): Uint8Array | null {
  const full = fileURLToPath(new URL(`../../../shared/data/${path}`, import.meta.url));
  return existsSync(full) ? new Uint8Array(readFileSync(full)) : null;
}

/* MATLAB level 5, after "MAT-File Format" (The MathWorks). */

export const MI = {
  int8: 1,
  uint8: 2,
  uint16: 4,
  int32: 5,
  uint32: 6,
  double: 9,
  matrix: 14,
  packed: 15,
};
export const MX = { cell: 1, struct: 2, char: 4, double: 6, uint8: 9 };

export class MatWriter {
  constructor(private readonly little = true) {}

  private u32(value: number): Buffer {
    const word = Buffer.alloc(4);
    if (this.little) word.writeUInt32LE(value);
    else word.writeUInt32BE(value);
    return word;
  }

  /** A full element, padded to 8 bytes. */
  element(type: number, data: Uint8Array): Buffer {
    const padding = Buffer.alloc((8 - (data.length % 8)) % 8);
    return Buffer.concat([this.u32(type), this.u32(data.length), data, padding]);
  }

  /** The small form: at most 4 bytes in the tag's own 8. */
  small(type: number, data: Uint8Array): Buffer {
    const rest = Buffer.alloc(4);
    rest.set(data);
    return Buffer.concat([this.u32((data.length << 16) | type), rest]);
  }

  private name(name: string): Buffer {
    const bytes = Buffer.from(name, 'latin1');
    return bytes.length <= 4 && bytes.length > 0
      ? this.small(MI.int8, bytes)
      : this.element(MI.int8, bytes);
  }

  numbers(values: ArrayLike<number>, type: number): Buffer {
    const width = { 2: 1, 4: 2, 5: 4, 6: 4, 9: 8 }[type]!;
    const data = Buffer.alloc(values.length * width);
    for (let i = 0; i < values.length; i++) {
      const [value, at] = [values[i]!, i * width];
      if (type === MI.uint8) data.writeUInt8(value, at);
      else if (type === MI.uint16)
        if (this.little) data.writeUInt16LE(value, at);
        else data.writeUInt16BE(value, at);
      else if (type === MI.double)
        if (this.little) data.writeDoubleLE(value, at);
        else data.writeDoubleBE(value, at);
      else if (this.little) data.writeInt32LE(value, at);
      else data.writeInt32BE(value, at);
    }
    return data.length <= 4 && data.length > 0 ? this.small(type, data) : this.element(type, data);
  }

  /** An array: `content` are the elements after its name. */
  matrix(name: string, matlabClass: number, dims: readonly number[], ...content: Buffer[]): Buffer {
    const flags = this.element(MI.uint32, Buffer.concat([this.u32(matlabClass), this.u32(0)]));
    const parts = [flags, this.numbers(dims, MI.int32), this.name(name), ...content];
    return this.element(MI.matrix, Buffer.concat(parts));
  }

  text(name: string, text: string): Buffer {
    const codes = Array.from(text, (char) => char.charCodeAt(0));
    return this.matrix(name, MX.char, [1, text.length], this.numbers(codes, MI.uint16));
  }

  /** The element in zlib form: not padded. */
  packed(element: Buffer): Buffer {
    const data = deflateSync(element);
    return Buffer.concat([this.u32(MI.packed), this.u32(data.length), data]);
  }

  file(...elements: Buffer[]): Uint8Array {
    const header = Buffer.alloc(128, ' ');
    header.write('MATLAB 5.0 MAT-file, made by a test');
    if (this.little) header.writeUInt16LE(0x0100, 124);
    else header.writeUInt16BE(0x0100, 124);
    header.write(this.little ? 'IM' : 'MI', 126);
    return new Uint8Array(Buffer.concat([header, ...elements]));
  }
}
