import { randomUUID } from 'node:crypto';
import { readFile, rm, stat, writeFile } from 'node:fs/promises';

import { beganAt, HOST, runs } from './processes.ts';
import type { Release } from './shelf.ts';

/*
 * A claim is a file beside what it claims: made by whoever is first, touched while its owner lives, and taken over once it was not
 * touched for a minute, or at once where its owner is known to have ended. Times are compared as the folder's own machine tells
 * them, as clocks of machines that share a folder may differ.
 */

const TOUCH_MS = 15_000;
const STALE_MS = 60_000;
/** A claim is signed in the moment after it is made; where the process was killed in that moment, it stays as it is. */
const UNSIGNED_MS = 10_000;

/** What a claim says of its owner: which of the processes of that number it is, `began` tells where the machine can. */
interface Owner {
  readonly token: string;
  readonly pid: number;
  readonly host: string;
  readonly began: string;
}

/** Makes the claim's file, or takes it over where its owner is gone; null where somebody has it. */
export async function claimFile(path: string): Promise<Release | null> {
  const { pid } = process;
  const owner: Owner = { token: randomUUID(), pid, host: HOST, began: beganAt(pid) };
  if (!(await created(path, owner)) && !(await takenOver(path, owner))) return null;
  const timer = setInterval(() => void touch(path, owner).catch(() => undefined), TOUCH_MS);
  timer.unref();
  return async () => {
    clearInterval(timer);
    if ((await ownerOf(path))?.token === owner.token) await rm(path, { force: true });
  };
}

/** Makes a file that must not be there yet: of several who try at once, one succeeds. */
async function created(path: string, owner: Owner): Promise<boolean> {
  try {
    await writeFile(path, JSON.stringify(owner), { flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException | null)?.code === 'EEXIST') return false;
    throw error;
  }
}

/** Removes the claim of an owner who is gone, and makes ours. Whoever does so holds a claim on the claim, so that only one does. */
async function takenOver(path: string, owner: Owner): Promise<boolean> {
  const taking = `${path}.claim`;
  if (!(await gone(path))) return false;
  if (!(await created(taking, owner))) {
    // Held for moments only; who ended in them has left it behind.
    if (await gone(taking)) await rm(taking, { force: true });
    return false;
  }
  try {
    if (!(await gone(path))) return false;
    await rm(path, { force: true });
    return await created(path, owner);
  } finally {
    await rm(taking, { force: true });
  }
}

/** Whether the owner of a claim has ended, was not heard of for a minute, or ended before it had written who it is. */
async function gone(path: string): Promise<boolean> {
  const age = await ageOf(path);
  if (age === null) return true; // Given back just now.
  const owner = await ownerOf(path);
  if (owner === null) return age > UNSIGNED_MS;
  if (owner.host === HOST) {
    if (!runs(owner.pid)) return true;
    const began = beganAt(owner.pid);
    // One that runs holds what it has claimed, also while it is stopped or too busy to touch it.
    if (owner.began !== '' && began !== '') return owner.began !== began;
  }
  return age > STALE_MS;
}

async function ownerOf(path: string): Promise<Owner | null> {
  try {
    const said: unknown = JSON.parse(await readFile(path, 'utf8'));
    if (typeof said !== 'object' || said === null) return null;
    const { token, pid, host, began = '' } = said as Partial<Record<keyof Owner, unknown>>;
    const known =
      typeof token === 'string' &&
      typeof pid === 'number' &&
      typeof host === 'string' &&
      typeof began === 'string';
    return known ? { token, pid, host, began } : null;
  } catch {
    return null; // Given back, or not written to its end.
  }
}

/** Milliseconds since a file was touched, by the clock of the machine that keeps it; null where it is not there. */
async function ageOf(path: string): Promise<number | null> {
  const probe = `${path}.${randomUUID()}.part`;
  try {
    const { mtimeMs } = await stat(path);
    await writeFile(probe, '');
    return (await stat(probe)).mtimeMs - mtimeMs;
  } catch (error) {
    if ((error as NodeJS.ErrnoException | null)?.code === 'ENOENT') return null;
    throw error;
  } finally {
    await rm(probe, { force: true });
  }
}

/** Writes a claim again as it is, so that the machine that keeps the file sets its time. */
async function touch(path: string, owner: Owner): Promise<void> {
  if ((await ownerOf(path))?.token === owner.token)
    await writeFile(path, JSON.stringify(owner), { flag: 'r+' });
}
