import { appendFileSync, truncateSync } from 'node:fs';
import { fileReason } from '../io/fileReason.ts';
import { NgcError, printable } from '../shared/errors.ts';
import { checkReplaceable, checkWritable, isSameFile, lookAt, named, startOf } from './files.ts';
import { usageError } from './options.ts';
import type { EpochRecord } from './trainRun.ts';

/** Where a training writes, and what it goes on from. */
interface Places {
  readonly out: string;
  readonly log?: string | undefined;
  readonly resume?: string | undefined;
}

/** `model.safetensors` → `model.checkpoint.safetensors`. */
export function checkpointPath(out: string): string {
  return out.replace(/(\.safetensors)?$/, '.checkpoint.safetensors');
}

/** The log: one line of JSON an epoch; the first also holds the settings. */
export class Log {
  private first = true;
  private failed = false;

  constructor(
    private readonly path: string | undefined,
    private readonly about: Record<string, unknown>,
    keep: boolean,
    private readonly note: (line: string) => void,
  ) {
    if (path !== undefined && !keep && lookAt(path)?.isFile() === true) truncateSync(path);
  }

  /** A log that cannot be written is no reason to lose a training: that is said once, and training goes on. */
  write(record: EpochRecord): void {
    if (this.path === undefined || this.failed) return;
    try {
      appendFileSync(
        this.path,
        `${JSON.stringify(this.first ? { ...record, ...this.about } : record)}\n`,
      );
      this.first = false;
    } catch (error) {
      this.failed = true;
      this.note(`${named('--log', this.path)} cannot be written: ${fileReason(error)}; training goes on without it.`); // prettier-ignore
    }
  }
}

/** Whether a log may be written at a place: nothing is there, a log of ours that tells of epochs, or what is no file (a pipe, a device). */
function isLog(path: string): boolean {
  if (lookAt(path)?.isFile() !== true) return true;
  const start = startOf(path, LOOKED_AT).toString('latin1');
  return start === '' || /^\{"epoch":\d/.test(start);
}

/** So many bytes of a file are read to see whether it is a log. */
const LOOKED_AT = 16;

/** Everything that a run will write, checked before it takes time: nothing that is not ours to overwrite is. */
export function checkPlaces({ out, log, resume }: Places): void {
  const beside = checkpointPath(out);
  checkReplaceable('--out', out);
  checkReplaceable('--out', beside);
  if (resume !== undefined && isSameFile(out, resume))
    throw usageError(`${named('--out', out)} is the checkpoint that --resume goes on from: name another file.`); // prettier-ignore
  if (log === undefined) return;
  checkWritable('--log', log);
  for (const [option, path] of [['--out', out], ['--out', beside], ['--resume', resume]] as const)
    if (path !== undefined && isSameFile(log, path))
      throw usageError(`${named('--log', log)} would take the place of ${option} ${printable(path)}: name another file.`); // prettier-ignore
  if (!isLog(log))
    throw new NgcError('file', `${named('--log', log)} holds something else than a log: name another file, or delete it.`); // prettier-ignore
}
