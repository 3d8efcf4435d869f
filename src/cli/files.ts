import { accessSync, constants, statSync } from 'node:fs';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

import { parseSafetensors } from '../io/safetensors.ts';
import type { SafetensorsFile } from '../io/safetensors.ts';
import { NgcError } from '../shared/errors.ts';

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file or folder',
  ENOTDIR: 'a part of its path is not a folder',
  EISDIR: 'it is a folder; a file is needed',
  EACCES: 'permission is denied',
  EPERM: 'permission is denied',
  EROFS: 'the file system is read-only',
  ENOSPC: 'the disk is full',
};

/** Why a file operation failed, for a person. */
export function fileReason(error: unknown): string {
  const code = (error as NodeJS.ErrnoException | null)?.code ?? '';
  return REASONS[code] ?? (error instanceof Error ? error.message : String(error));
}

/** A whole file. Throws a file error naming the option and the file. */
export async function readBytes(option: string, path: string): Promise<Uint8Array> {
  try {
    return await readFile(path);
  } catch (error) {
    throw new NgcError('file', `${option} ${path} cannot be read: ${fileReason(error)}.`);
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
    new NgcError('file', `${option} ${path} cannot be written: ${why}.`);
  const folder = dirname(path);
  try {
    if (!statSync(folder).isDirectory()) throw cannot(`${folder} is not a folder`);
    accessSync(folder, constants.W_OK);
  } catch (error) {
    if (error instanceof NgcError) throw error;
    throw cannot(`the folder ${folder}: ${fileReason(error)}`);
  }
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory()) throw cannot('it is a folder');
}

/** Writes a whole file or nothing: beside the place first, then renamed. Throws a file error naming the option. */
export async function writeWhole(option: string, path: string, bytes: Uint8Array): Promise<void> {
  const beside = `${path}.${process.pid}.part`;
  try {
    await writeFile(beside, bytes);
    await rename(beside, path);
  } catch (error) {
    await rm(beside, { force: true }).catch(() => undefined);
    throw new NgcError('file', `${option} ${path} cannot be written: ${fileReason(error)}.`);
  }
}
