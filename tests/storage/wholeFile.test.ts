import { spawnSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';

import { besideOf, writeWholeFile } from '../../src/storage/wholeFile.ts';

/* A file is there whole or not at all, and what killed writers leave beside it does not stay. */

let folder: string;
const at = (name: string) => join(folder, name);
const bytes = new TextEncoder().encode('new');
/** What a writer of a file called itself that has ended. */
const endedPart = (path: string) =>
  besideOf(path).replace(`-${process.pid}.`, `-${spawnSync('true').pid}.`);

beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'ngc-whole-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('parts of writers that have ended are removed, those of others stay', async () => {
  const ours = at('a.safetensors');
  const elsewhere = `${ours}.00000000-1.part`;
  const long = `${ours}.00000000-2.part`;
  // Another file's, somebody's who lives, and what is named by a person or a download.
  const stay = [endedPart(at('b')), besideOf(ours).replace(`-${process.pid}.`, `-${process.ppid}.`), `${ours}.part`, at('a.safetensors.mine.part'), elsewhere]; // prettier-ignore
  for (const path of [...stay, endedPart(ours), long]) writeFileSync(path, 'x');
  const then = Date.now() / 1000 - 4000;
  utimesSync(long, then, then);
  await writeWholeFile(ours, bytes);
  expect(readdirSync(folder).sort()).toEqual([ours, ...stay].map((path) => basename(path)).sort());
  expect(readFileSync(ours, 'utf8')).toBe('new');
});

test('where it cannot take its place, what is there stays and nothing lies beside it', async () => {
  mkdirSync(at('a'));
  writeFileSync(join(at('a'), 'old'), 'old');
  await expect(writeWholeFile(at('a'), bytes)).rejects.toThrow();
  expect(readdirSync(folder)).toEqual(['a']);
  expect(readFileSync(join(at('a'), 'old'), 'utf8')).toBe('old');
});
