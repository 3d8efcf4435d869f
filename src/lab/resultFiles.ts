import { readResult, readResultFile } from '../experiments/reading.ts';
import type { Opened } from '../experiments/sealed.ts';
import { openSealed } from '../experiments/sealed.ts';
import type { CellResult, ResultFile } from '../experiments/result.ts';
import { RESULT_VERSION } from '../experiments/result.ts';
import { fileError } from '../io/fileError.ts';
import { printableText } from '../shared/errors.ts';
import { JsonFault, parseJson } from '../shared/json.ts';
import { OtherVersion } from './damage.ts';

/**
 * What a file holds, of this version. Throws a file error where it is not JSON, or not that of its digest, and one of its own where it is of
 * another version.
 */
async function opened(bytes: Uint8Array, name: string): Promise<Opened> {
  let text: string;
  let said: unknown;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    said = parseJson(text);
  } catch (error) {
    throw fileError(name, `${error instanceof JsonFault ? error.message : 'is not JSON'}.`);
  }
  const version = typeof said === 'object' && said !== null && 'version' in said && said.version;
  if (typeof version === 'number' && version !== RESULT_VERSION)
    throw new OtherVersion(printableText(name), version, RESULT_VERSION);
  return openSealed(text, said, name);
}

/** One result, and whether it carried a digest. Rejects with a file error that names what is wrong, or that it is of another version. */
export async function parseResult(
  bytes: Uint8Array,
  name: string,
): Promise<{ readonly result: CellResult; readonly sealed: boolean }> {
  const { value, sealed } = await opened(bytes, name);
  return { result: readResult(value, name), sealed };
}

/** Results of one experiment in one file, and whether it carried a digest. Rejects as `parseResult` does. */
export async function parseResultFile(
  bytes: Uint8Array,
  name: string,
): Promise<{ readonly file: ResultFile; readonly sealed: boolean }> {
  const { value, sealed } = await opened(bytes, name);
  return { file: readResultFile(value, name), sealed };
}
