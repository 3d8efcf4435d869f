import { md5 } from '@noble/hashes/legacy.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import type { PublishedFile } from './catalogue.ts';
import { isGzip } from './compression.ts';
import { unpackIdx } from './idx.ts';
import { sha256 } from '../shared/sha256.ts';

/**
 * What is wrong with a downloaded file by its published digest: that of its contents where that is known, else that of the packed
 * file. Null where it is as published, or nothing is published to compare it with.
 */
export async function digestFault(
  bytes: Uint8Array,
  { name, md5: packed, unpackedSha256 }: PublishedFile,
): Promise<string | null> {
  if (unpackedSha256 !== null) {
    const found = await sha256(await unpackIdx(bytes, name));
    // null: this page is not served securely, so the browser offers no digests; what can be checked otherwise is.
    return found === null || found === unpackedSha256
      ? null
      : other('SHA-256', found, unpackedSha256);
  }
  // A server that unpacks on the way sends other bytes than those the digest is of.
  if (packed === null || !isGzip(bytes)) return null;
  const found = bytesToHex(md5(bytes));
  return found === packed ? null : other('MD5', found, packed);
}

const other = (kind: string, found: string, wanted: string) =>
  `it is not the published file (${kind} ${found.slice(0, 12)}…, should be ${wanted.slice(0, 12)}…); nothing of it was kept.`;
