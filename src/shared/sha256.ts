import { hexOf } from './bytes.ts';

/** SHA-256 in lower-case hex by the platform, beside other work; null where it offers none (a page not served securely). */
export async function sha256(bytes: Uint8Array): Promise<string | null> {
  // Pages served over plain http have no crypto.subtle, whatever the types say.
  const subtle = (globalThis.crypto as Crypto | undefined)?.subtle;
  if (!subtle) return null;
  return hexOf(new Uint8Array(await subtle.digest('SHA-256', bytes as Uint8Array<ArrayBuffer>)));
}
