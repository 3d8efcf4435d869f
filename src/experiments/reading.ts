import { NgcError, printableText } from '../shared/errors.ts';
import type { CellResult, Curve, ResultFile } from './result.ts';
import { RESULT_FORMAT, RESULT_VERSION } from './result.ts';

/*
 * Results come from files that others wrote, or that were cut off: what is read is checked before anything is made of it.
 */

type Fields = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isText = (value: unknown): value is string => typeof value === 'string';
const isNumber = (value: unknown): value is number => typeof value === 'number';
const orNull = (is: (value: unknown) => boolean) => (value: unknown) => value === null || is(value);
const listOf = (is: (value: unknown) => boolean) => (value: unknown) =>
  Array.isArray(value) && value.every(is);
const recordOf = (is: (value: unknown) => boolean) => (value: unknown) =>
  isObject(value) && Object.values(value).every(is);

function isCurve(value: unknown): value is Curve {
  if (!isObject(value)) return false;
  const { images, seconds, train, validation, more } = value;
  return (
    [images, seconds, train].every(listOf(isNumber)) &&
    listOf(orNull(isNumber))(validation) &&
    recordOf(listOf(orNull(isNumber)))(more)
  );
}

function isArray(value: unknown): boolean {
  if (!isObject(value)) return false;
  const { shape, type, data } = value;
  return listOf(isNumber)(shape) && (type === 'u8' || type === 'f32') && isText(data);
}

function isOrigin(value: unknown): boolean {
  if (!isObject(value)) return false;
  const { command, budget, machine, backend, date, training, measuring } = value;
  return (
    [command, budget, machine, backend, date].every(isText) &&
    isNumber(training) &&
    isNumber(measuring)
  );
}

/** What of a result must be what, for those who read it to rely on. */
const MUST: Readonly<Record<string, (value: unknown) => boolean>> = {
  experiment: isText,
  key: isText,
  row: isText,
  dataset: isText,
  point: orNull(isNumber),
  seed: isNumber,
  state: (value) => value === 'done' || value === 'diverged',
  reason: orNull(isText),
  training: orNull(isObject),
  extent: (value) => value === undefined || recordOf(isNumber)(value),
  settings: orNull(isObject),
  numbers: recordOf(isNumber),
  words: recordOf(isText),
  curve: orNull(isCurve),
  arrays: recordOf(isArray),
  model: orNull(isText),
  origin: isOrigin,
};

function isResult(value: unknown): value is CellResult {
  return (
    isObject(value) &&
    value['format'] === RESULT_FORMAT &&
    value['version'] === RESULT_VERSION &&
    Object.entries(MUST).every(([name, is]) => is(value[name]))
  );
}

/**
 * A result as it was written. Throws a file error that says what is wrong.
 * @param name what the sentence calls it: its file
 */
export function readResult(value: unknown, name: string): CellResult {
  if (isResult(value)) return value;
  throw new NgcError('file', complaint(value, printableText(name), RESULT_FORMAT));
}

/** The results of an experiment in one file. Throws a file error that says what is wrong. */
export function readResultFile(value: unknown, name: string): ResultFile {
  if (isFile(value)) return value;
  throw new NgcError('file', complaint(value, printableText(name), 'ngc-lab'));
}

function isFile(value: unknown): value is ResultFile {
  return (
    isObject(value) &&
    value['format'] === 'ngc-lab' &&
    value['version'] === RESULT_VERSION &&
    isText(value['experiment']) &&
    listOf(isResult)(value['results'])
  );
}

function complaint(value: unknown, name: string, format: string): string {
  if (!isObject(value) || value['format'] !== format) return `${name} holds no results of the Lab.`;
  if (value['version'] !== RESULT_VERSION)
    return `${name} holds results of another version than ${RESULT_VERSION}; make them anew.`;
  return `${name} is damaged: something is missing in it, or is not what it should be.`;
}
