import { NgcError, printableText } from '../shared/errors.ts';
import type { Shelf } from '../storage/shelf.ts';

/** Hears, in sentences for a person, what they should know of a run. */
export type Tell = (sentence: string) => void;

/**
 * Reads a file of a shelf, or null where there is none. One that is broken is put aside under another name, and told of, so that
 * what it held is made again. Throws a file error, and leaves it as it is, where it is of another version.
 */
export async function readOrPutAside<T>(
  shelf: Shelf,
  name: string,
  read: (bytes: Uint8Array) => T | Promise<T>,
  tell: Tell,
): Promise<T | null> {
  const bytes = await shelf.read(name);
  if (!bytes) return null;
  try {
    return await read(bytes);
  } catch (error) {
    if (!(error instanceof NgcError) || error instanceof OtherVersion) throw error;
    const aside = `${name}.damaged`;
    await shelf.write(aside, bytes);
    await shelf.remove(name);
    tell(
      `${printableText(name)} in ${shelf.place} is damaged (${error.message.replace(/\.$/, '')}); it is now ${printableText(aside)}, and what it held is made again.`,
    );
    return null;
  }
}

/** A file that another version of this program wrote: whole, but not to be read here. */
export class OtherVersion extends NgcError {
  constructor(what: string, version: unknown, known: number) {
    super(
      'file',
      `${what} is of version ${printableText(String(version))}; this program reads version ${known}. Choose another folder.`,
    );
  }
}
