import type { Stats } from 'node:fs';
import { accessSync, constants, statSync } from 'node:fs';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

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

/** Writes a whole file or nothing: beside the place first, then renamed. Throws a file error naming the option. */
export async function writeWhole(option: string, path: string, bytes: Uint8Array): Promise<void> {
  const beside = besideOf(path);
  try {
    await writeFile(beside, bytes);
    await rename(beside, path);
  } catch (error) {
    await rm(beside, { force: true }).catch(() => undefined);
    throw new NgcError('file', `${named(option, path)} cannot be written: ${fileReason(error)}.`);
  }
}
