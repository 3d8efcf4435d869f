import { messageOf, printableText } from '../shared/errors.ts';
import { dataError } from './dataError.ts';

/**
 * No file a person means to train on here is larger than this when unpacked (about 500,000 pictures); a small file
 * that unpacks to more is broken or hostile.
 */
const MAX_UNPACKED_BYTES = 400_000_000;

/** Whether the bytes begin as a gzip file does. */
export function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

/**
 * Unpacks gzip, or zlib ('deflate').
 * @throws NgcError('data') when the stream is broken or cut off, or unpacks to more than `limit` bytes.
 */
export async function unpack(
  bytes: Uint8Array,
  format: 'gzip' | 'deflate',
  name: string,
  limit = MAX_UNPACKED_BYTES,
): Promise<Uint8Array> {
  if (typeof DecompressionStream === 'undefined')
    throw dataError(name, 'this browser cannot unpack compressed files; give the file unpacked.');
  const reader = new Blob([bytes as Uint8Array<ArrayBuffer>])
    .stream()
    .pipeThrough(new DecompressionStream(format))
    .getReader();
  const chunks: Uint8Array[] = [];
  let total = 0;
  for (;;) {
    let step;
    try {
      step = await reader.read();
    } catch (error) {
      throw dataError(
        name,
        `the compressed data are broken or cut off (${printableText(messageOf(error) || 'unreadable')}); get the file again.`,
      );
    }
    if (step.done) break;
    total += step.value.length;
    if (total > limit) {
      void reader.cancel().catch(() => undefined);
      throw dataError(
        name,
        `unpacks to more than ${limit.toLocaleString('en')} bytes, which no dataset here needs.`,
      );
    }
    chunks.push(step.value);
  }
  return concatenate(chunks, total);
}

/** The bytes as they are, or unpacked if they are gzip. Servers differ in whether they unpack .gz files on the way. */
export async function unpackIfGzip(bytes: Uint8Array, name: string): Promise<Uint8Array> {
  return isGzip(bytes) ? unpack(bytes, 'gzip', name) : bytes;
}

/** Chunks, `total` bytes together, as one array. */
export function concatenate(chunks: readonly Uint8Array[], total: number): Uint8Array {
  const whole = new Uint8Array(total);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
}

/** SHA-256 in lower-case hex, or null where the platform offers none (a page not served securely). */
export async function sha256(bytes: Uint8Array): Promise<string | null> {
  // Pages served over plain http have no crypto.subtle, whatever the types say.
  const subtle = (globalThis.crypto as Crypto | undefined)?.subtle;
  if (!subtle) return null;
  const digest = new Uint8Array(await subtle.digest('SHA-256', bytes as Uint8Array<ArrayBuffer>));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
