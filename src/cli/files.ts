import type { Stats } from 'node:fs';
import {
  accessSync,
  closeSync,
  constants,
  openSync,
  readSync,
  realpathSync,
  statSync,
} from 'node:fs';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';

import { fileReason } from '../io/fileReason.ts';
import { parseSafetensors } from '../io/safetensors.ts';
import type { SafetensorsFile } from '../io/safetensors.ts';
import { NgcError, printableText } from '../shared/errors.ts';

/** How an option and the path it was given stand in a message. */
export const named = (option: string, path: string): string => `${option} ${printableText(path)}`;

/** What lies at a path, or null; throws what the system throws where that cannot be found out. */
export function lookAt(path: string): Stats | null {
  return statSync(path, { throwIfNoEntry: false }) ?? null;
}

/** Where a file is written before it is renamed. */
const besideOf = (path: string): string => `${path}.${process.pid}.part`;

/** A whole file. Throws a file error naming the option and the file. */
export async function readBytes(option: string, path: string): Promise<Uint8Array> {
  try {
    return await readFile(path);
  } catch (error) {
    throw new NgcError('file', `${named(option, path)} cannot be read: ${fileReason(error)}.`);
  }
}

/** The tensors of a safetensors file. */
export async function readTensors(option: string, path: string): Promise<SafetensorsFile> {
  return parseSafetensors(await readBytes(option, path), path);
}

/**
 * Finds out before long work whether `path` can be written when it is done: its folder must be there.
 * Throws a file error naming the option.
 */
export function checkWritable(option: string, path: string): void {
  const cannot = (why: string) =>
    new NgcError('file', `${named(option, path)} cannot be written: ${why}.`);
  const folder = dirname(path);
  try {
    if (!statSync(folder).isDirectory()) throw cannot(`${printableText(folder)} is not a folder`);
    accessSync(folder, constants.W_OK);
  } catch (error) {
    if (error instanceof NgcError) throw error;
    throw cannot(`the folder ${printableText(folder)}: ${fileReason(error)}`);
  }
  let isFolder: boolean;
  try {
    lookAt(besideOf(path));
    isFolder = lookAt(path)?.isDirectory() ?? false;
  } catch (error) {
    throw cannot(fileReason(error));
  }
  if (isFolder) throw cannot('it is a folder');
}

/** Whether two paths lead to one file, there already or not. */
export function isSameFile(a: string, b: string): boolean {
  return placeOf(a) === placeOf(b);
}

/** Where a path leads, through links. */
function placeOf(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    // Not there yet: it will be in its folder.
    return join(dirname(resolve(path)), basename(path));
  }
}

/**
 * Finds out before long work whether what lies at `path` may be replaced by a model: it is one, or there is nothing. Throws a file error
 * naming the option.
 */
export function checkReplaceable(option: string, path: string): void {
  checkWritable(option, path);
  if (!isSafetensors(path))
    throw new NgcError('file', `${named(option, path)} holds something else than a model: name another file, or delete it.`); // prettier-ignore
}

/** Whether a file begins as a safetensors file does (the length of its header, and the header's brace), is empty, or is not there. */
function isSafetensors(path: string): boolean {
  if (lookAt(path)?.isFile() !== true) return true;
  const start = startOf(path, HEAD);
  return (
    start.length === 0 ||
    (start.length === HEAD && start.readUInt32LE(4) === 0 && start[HEAD - 1] === BRACE)
  );
}

/** The first bytes of a file, as many as there are up to `most`. Throws what the system throws. */
export function startOf(path: string, most: number): Buffer {
  const file = openSync(path, 'r');
  try {
    const start = Buffer.alloc(most);
    return start.subarray(0, readSync(file, start, 0, most, 0));
  } finally {
    closeSync(file);
  }
}

/** Eight bytes of length, and "{". */
const HEAD = 9;
const BRACE = '{'.charCodeAt(0);

/** Writes a whole file or nothing: beside the place first, flushed to the disk, then renamed; a link stays one. Throws a file error naming the option. */
export async function writeWhole(option: string, path: string, bytes: Uint8Array): Promise<void> {
  const place = placeOf(path);
  const beside = besideOf(place);
  try {
    await writeFile(beside, bytes, { flush: true });
    await rename(beside, place);
  } catch (error) {
    await rm(beside, { force: true }).catch(() => undefined);
    throw new NgcError('file', `${named(option, path)} cannot be written: ${fileReason(error)}.`);
  }
}
