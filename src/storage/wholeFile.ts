import { createHash } from 'node:crypto';
import { readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

import { HOST, runs } from './processes.ts';

/** What the name of a file ends in that is written beside another. */
export const PART = '.part';

/** This machine in the name of a part: `FILE.MACHINE-PROCESS.part`. */
const MACHINE = createHash('sha256').update(HOST).digest('hex').slice(0, 8);
const NAMED = /^([0-9a-f]{8})-(\d+)\.part$/;
/** What was not written to for so long (ms) is nobody's any more, wherever its writer ran. */
const ABANDONED_MS = 3_600_000;

/** Where a file is written before it takes its place. */
export const besideOf = (path: string): string => `${path}.${MACHINE}-${process.pid}${PART}`;

/**
 * Writes a whole file or nothing: beside its place, flushed to the disk, then renamed. Whoever reads meanwhile finds the old one or the
 * new one. Parts that killed writers of the same file have left are removed. Throws what the system throws.
 */
export async function writeWholeFile(path: string, bytes: Uint8Array): Promise<void> {
  const beside = besideOf(path);
  try {
    await writeFile(beside, bytes, { flush: true });
    const { mtimeMs: now } = await stat(beside);
    await rename(beside, path);
    await removeStale(path, now);
  } catch (error) {
    await rm(beside, { force: true }).catch(() => undefined);
    throw error;
  }
}

/** Removes what killed writers of a file have left beside it. @param now by the clock of the machine that keeps the files */
async function removeStale(path: string, now: number): Promise<void> {
  const folder = dirname(path);
  const prefix = `${basename(path)}.`;
  const names = await readdir(folder).catch(() => []);
  for (const name of names) {
    const [, machine, pid] =
      (name.startsWith(prefix) && NAMED.exec(name.slice(prefix.length))) || [];
    if (machine === undefined) continue;
    const part = join(folder, name);
    const ended = machine === MACHINE && !runs(Number(pid));
    const old = async () => now - (await stat(part)).mtimeMs > ABANDONED_MS;
    // Whoever wrote it may remove it just now; what cannot be removed stays, and is no reason to fail.
    if (ended || (await old().catch(() => false))) await rm(part, { force: true }).catch(() => undefined); // prettier-ignore
  }
}
