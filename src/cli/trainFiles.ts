import { appendFileSync, truncateSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { fileReason } from '../io/fileReason.ts';
import type { RunawayWatch } from '../runtime/runaway.ts';
import { messageOf, printable, printableText } from '../shared/errors.ts';
import { grouped } from '../shared/grouped.ts';
import type { Release } from '../storage/shelf.ts';
import { checkWritable, isSameFile, lookAt, named, writeWhole } from './files.ts';
import { usageError } from './options.ts';
import { checkReplaceable, claimPlaces, holds } from './replacing.ts';
import type { EpochRecord, KeptCheckpoint } from './trainRun.ts';

/** Where a training writes, and what it goes on from. */
interface Places {
  readonly out: string;
  readonly log?: string | undefined;
  readonly resume?: string | undefined;
  /** Whether anything else may be written over. */
  readonly force: boolean;
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
    if (path === undefined || lookAt(path)?.isFile() !== true) return;
    if (!keep || !holds(path, 'log')) truncateSync(path);
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

/** Everything that a run will write, checked before it takes time: nothing that is not ours to overwrite is, unless that is asked for. */
export function checkPlaces({ out, log, resume, force }: Places): void {
  const beside = checkpointPath(out);
  checkReplaceable('--out', out, 'model', force);
  checkReplaceable('--out', beside, 'model', force);
  if (resume !== undefined && isSameFile(out, resume) && !force)
    throw usageError(`${named('--out', out)} is the checkpoint that --resume goes on from: name another file, or give --force to write over it in the end.`); // prettier-ignore
  if (log === undefined) return;
  checkWritable('--log', log);
  for (const [option, path] of [['--out', out], ['--out', beside], ['--resume', resume]] as const)
    if (path !== undefined && isSameFile(log, path))
      throw usageError(`${named('--log', log)} would take the place of ${option} ${printable(path)}: name another file.`); // prettier-ignore
  checkReplaceable('--log', log, 'log', force);
}

/** Makes the files that a run writes its own while it lives. Throws a "busy" error where another run writes one of them. */
export function claimOutputs({ out, log }: Places): Promise<Release> {
  return claimPlaces([
    ['--out', out],
    ['--out', checkpointPath(out)],
    ...(log === undefined ? [] : [['--log', log] as const]),
  ]);
}

/** The checkpoints of a run beside its model: what is on the disk is the last one that is known to be good. */
export class Checkpoints {
  /** What this run has written last. */
  private written: KeptCheckpoint | null = null;

  /**
   * @param path where they are written
   * @param watch remembers those that were written, and says which is good
   */
  constructor(
    readonly path: string,
    private readonly watch: RunawayWatch<KeptCheckpoint>,
  ) {}

  /** The checkpoint that the run goes on from. */
  goOnFrom(path: string, bytes: Uint8Array, imagesSeen: number): void {
    this.watch.keep({ path, bytes, imagesSeen });
  }

  async write(bytes: Uint8Array, imagesSeen: number): Promise<void> {
    await writeWhole('--out', this.path, bytes);
    this.written = { path: this.path, bytes, imagesSeen };
    this.watch.keep(this.written);
  }

  /** A disk that is full is no reason to stop: what was kept before is there, and there may be room later. That is said. */
  async tryToWrite(
    bytes: Uint8Array,
    imagesSeen: number,
    note: (line: string) => void,
  ): Promise<void> {
    try {
      await this.write(bytes, imagesSeen);
    } catch (error) {
      note(`${messageOf(error)} Training goes on; what was kept before stays as it is.`);
    }
  }

  /** After what was learnt last is spoilt: puts the last good one in its place. A sentence that says how to go on from there. */
  async goBack(): Promise<string> {
    const { path, watch, written } = this;
    const good = watch.lastGood;
    if (!good) {
      if (written) await rm(path, { force: true });
      return 'Nothing was kept, as nothing before was good.';
    }
    if (written && written !== good) await writeWhole('--out', path, good.bytes);
    return `${printableText(written ? path : good.path)} holds what was learnt after ${grouped(good.imagesSeen)} images, when all was well.`;
  }
}
