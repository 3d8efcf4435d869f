/**
 * Reads files in a process of its own, so that its peak of memory is theirs: `node --import tsx readHostile.ts READER FILE…`. Writes one line of
 * JSON: what was said, the seconds of the processor it took and the most memory there ever was.
 */
import { openAsBlob, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';

import { ownFromFiles } from '../../src/data/dropped.ts';
import { ownFromTables } from '../../src/data/droppedTables.ts';
import { decodeModel } from '../../src/io/modelFile.ts';
import { parseSafetensors } from '../../src/io/safetensors.ts';
import { parseResultFile } from '../../src/lab/resultFiles.ts';
import { NgcError } from '../../src/shared/errors.ts';
import { readPast } from '../../src/worker/learning/past.ts';
import { readRecord } from '../../src/worker/runs/record.ts';
import type { Reader } from './hostile.ts';

const [reader, ...paths] = process.argv.slice(2);
const first = paths[0]!;
const name = basename(first);
const text = async () => new TextDecoder().decode(await readFile(first));
const named = (path: string) =>
  readFile(path).then((bytes) => ({ name: basename(path), bytes: new Uint8Array(bytes.buffer) }));

const READERS: Readonly<Record<Reader, () => Promise<unknown>>> = {
  own: async () => ownFromFiles(await Promise.all(paths.map(named))),
  table: async () => {
    const files = paths.map(async (path) => new File([await openAsBlob(path)], basename(path)));
    return ownFromTables(await Promise.all(files), {}, () => Promise.resolve());
  },
  tensors: async () => parseSafetensors(await readFile(first), name),
  model: async () => decodeModel(await readFile(first), name),
  record: async () => readRecord(await text(), name),
  past: async () => readPast(await text(), name),
  result: async () => parseResultFile(await readFile(first), name),
};

const before = process.cpuUsage();
let said = 'read';
try {
  await READERS[reader as keyof typeof READERS]();
} catch (error) {
  said = error instanceof NgcError ? error.message : `BUG: ${String(error)}`;
}
// Of the processor: others may be at work beside.
const { user, system } = process.cpuUsage(before);
const seconds = (user + system) / 1e6;
process.stdout.write(`${JSON.stringify({ said, seconds, megabytes: peak() / 1000 })}\n`);

/** The most kB that this process ever had. On Linux, `maxRSS` begins with what the process had that started this one. */
function peak(): number {
  if (process.platform !== 'linux') return process.resourceUsage().maxRSS;
  return Number(/^VmHWM:\s*(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8'))![1]);
}
