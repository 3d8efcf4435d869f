import { readResult, readResultFile } from '../experiments/reading.ts';
import type { CellResult, ResultFile } from '../experiments/result.ts';
import { RESULT_VERSION } from '../experiments/result.ts';
import { fileError } from '../io/fileError.ts';
import { printableText } from '../shared/errors.ts';
import { JsonFault, parseJson } from '../shared/json.ts';
import { OtherVersion } from './damage.ts';

/** What a file holds, of this version. Throws a file error where it is not JSON, and one of its own where it is of another version. */
function parsed(bytes: Uint8Array, name: string): unknown {
  let said: unknown;
  try {
    said = parseJson(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (error) {
    throw fileError(name, `${error instanceof JsonFault ? error.message : 'is not JSON'}.`);
  }
  const version = typeof said === 'object' && said !== null && 'version' in said && said.version;
  if (typeof version === 'number' && version !== RESULT_VERSION)
    throw new OtherVersion(printableText(name), version, RESULT_VERSION);
  return said;
}

/** One result. Throws a file error that names what is wrong, or that it is of another version. */
export const parseResult = (bytes: Uint8Array, name: string): CellResult =>
  readResult(parsed(bytes, name), name);

/** Results of one experiment in one file. Throws a file error that names what is wrong, or that it is of another version. */
export const parseResultFile = (bytes: Uint8Array, name: string): ResultFile =>
  readResultFile(parsed(bytes, name), name);
