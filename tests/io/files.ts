import { expect } from 'vitest';
import { NgcError } from '../../src/shared/errors.ts';

/** A safetensors file put together by hand: any header, any data, any announced header length. */
export function rawFile(
  header: string | Uint8Array,
  data: number[],
  announced?: number,
): Uint8Array {
  const text = typeof header === 'string' ? new TextEncoder().encode(header) : header;
  const file = new Uint8Array(8 + text.length + data.length);
  new DataView(file.buffer).setBigUint64(0, BigInt(announced ?? text.length), true);
  file.set(text, 8);
  file.set(data, 8 + text.length);
  return file;
}

/** The message of the NgcError 'file' that `action` must throw. */
export function refusal(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    expect(error).toBeInstanceOf(NgcError);
    expect((error as NgcError).kind).toBe('file');
    return (error as NgcError).message;
  }
  throw new Error('nothing was refused');
}
