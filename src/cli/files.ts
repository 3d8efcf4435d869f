import type { Stats } from 'node:fs';
import {
  accessSync,
  closeSync,
  constants,
  existsSync,
  openSync,
  readlinkSync,
  readSync,
  realpathSync,
  statSync,
} from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';

import { fileReason } from '../io/fileReason.ts';
import { parseSafetensors } from '../io/safetensors.ts';
import type { SafetensorsFile } from '../io/safetensors.ts';
import { NgcError, printableText } from '../shared/errors.ts';
import { besideOf, writeWholeFile } from '../storage/wholeFile.ts';

/** How an option and the path it was given stand in a message. */
export const named = (option: string, path: string): string => `${option} ${printableText(path)}`;

/** What lies at a path, or null; throws what the system throws where that cannot be found out. */
export function lookAt(path: string): Stats | null {
  return statSync(path, { throwIfNoEntry: false }) ?? null;
}

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

/** Where a path leads, through links, those too that lead to nothing yet. */
export function placeOf(path: string, links = 0): string {
  try {
    return realpathSync(path);
  } catch {
    // Not there yet: it will be in its folder, or where the link leads.
    const to = links < MOST_LINKS ? linkAt(path) : null;
    if (to !== null) return placeOf(resolve(dirname(path), to), links + 1);
    const folder = dirname(resolve(path));
    return join(existsSync(folder) ? realpathSync(folder) : folder, basename(path));
  }
}

/** Links that lead to links; the system follows no more. */
const MOST_LINKS = 40;

function linkAt(path: string): string | null {
  try {
    return readlinkSync(path);
  } catch {
    return null;
  }
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

/**
 * Writes a whole file or nothing: a link stays one, and what is no file (a device, a pipe) is written to. Throws a file error naming the
 * option.
 */
export async function writeWhole(option: string, path: string, bytes: Uint8Array): Promise<void> {
  const place = placeOf(path);
  try {
    if (lookAt(place)?.isFile() === false) await writeFile(place, bytes);
    else await writeWholeFile(place, bytes);
  } catch (error) {
    throw new NgcError('file', `${named(option, path)} cannot be written: ${fileReason(error)}.`);
  }
}
