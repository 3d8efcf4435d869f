import { NgcError, printableText } from '../shared/errors.ts';

/** What is wrong with a file or a dataset: a data error whose sentence begins with its name. */
export function dataError(name: string, problem: string): NgcError {
  return new NgcError('data', `${printableText(name)}: ${problem}`);
}
