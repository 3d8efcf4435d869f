import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

import { expect } from 'vitest';

import type { Hostile } from './hostile.ts';
import { expectLine } from './lines.ts';

/** What reading cost. */
export interface Peak {
  readonly said: string;
  /** Seconds of the processor. */
  readonly seconds: number;
  /** The most memory that the process ever had, the program itself and the files with it. */
  readonly megabytes: number;
  /** Bytes of the files. */
  readonly bytes: number;
}

const MAIN = fileURLToPath(new URL('./readHostile.ts', import.meta.url));

/** Reads hostile files in a process of its own. */
export async function peakOf({ reader, files }: Pick<Hostile, 'reader' | 'files'>): Promise<Peak> {
  const folder = await mkdtemp(join(tmpdir(), 'ngc-hostile-'));
  try {
    const paths: string[] = [];
    let bytes = 0;
    for (const [name, contents] of files()) {
      const path = join(folder, name);
      await writeFile(path, contents);
      paths.push(path);
      bytes += contents.length;
    }
    const argv = ['--import', 'tsx', MAIN, reader, ...paths];
    const { stdout } = await promisify(execFile)(process.execPath, argv);
    return { ...(JSON.parse(stdout) as Omit<Peak, 'bytes'>), bytes };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Reads hostile files: what they are refused with is what it should be, and takes no more than half a gigabyte and five seconds. */
export async function expectModest(hostile: Hostile): Promise<Peak> {
  const peak = await peakOf(hostile);
  expect(peak.said).toMatch(hostile.says ?? /^read$/);
  expectLine(peak.said, 300);
  expect(peak.megabytes).toBeLessThan(500);
  expect(peak.seconds).toBeLessThan(5);
  return peak;
}
