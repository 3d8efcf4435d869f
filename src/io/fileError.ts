import { NgcError, printableText } from '../shared/errors.ts';

/** What is wrong with a model or tensor file: a file error whose sentence begins with its name. */
export function fileError(name: string, problem: string): NgcError {
  return new NgcError('file', `${printableText(name)} ${problem}`);
}
