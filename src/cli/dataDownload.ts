import { createWriteStream } from 'node:fs';
import { rename, rm, stat } from 'node:fs/promises';
import { once } from 'node:events';

import { NgcError, messageOf, printableText } from '../shared/errors.ts';
import { fileReason } from '../io/fileReason.ts';

/** No mirror gave the file: the command was right, the run failed (exit status 1). */
export class DownloadFailed extends NgcError {
  constructor(message: string) {
    super('data', message);
  }
}

interface DownloadOptions {
  /** Says what is wrong with the finished file, or null when it is as published. */
  readonly check: (path: string) => Promise<string | null>;
  readonly onBytes?: (done: number, total: number | null) => void;
  /** A mirror that sends nothing for so long is given up. */
  readonly patienceMs?: number;
  readonly signal?: AbortSignal;
}

/** How often one mirror is asked again after the connection broke, going on where it broke. */
const ATTEMPTS = 3;

/**
 * Downloads `name` from the first mirror that gives it as published, to `path`. What has arrived lies in
 * `path`.part until it is complete and checked, and is gone on with after an interruption, also by a later call.
 * @param mirrors folders, ending in a slash
 * @returns the mirror it came from
 * @throws DownloadFailed with what each mirror said; NgcError('file') when the disk refuses; NgcError('cancelled').
 */
export async function downloadFile(
  name: string,
  mirrors: readonly string[],
  path: string,
  options: DownloadOptions,
): Promise<string> {
  const said: string[] = [];
  for (const mirror of mirrors) {
    const wrong = await fromMirror(new URL(name, mirror).href, path, options);
    if (wrong === null) return mirror;
    said.push(`${new URL(mirror).host}: ${printableText(wrong, 90)}`);
  }
  throw new DownloadFailed(`${name} could not be downloaded (${said.join('; ')}).`);
}

/** What is wrong with this mirror, or null when `path` is there and right. */
async function fromMirror(
  url: string,
  path: string,
  options: DownloadOptions,
): Promise<string | null> {
  const part = `${path}.part`;
  let wrong = 'nothing arrived';
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const before = await sizeOf(part);
    const answer = await transfer(url, part, before, options);
    if (options.signal?.aborted)
      throw new NgcError('cancelled', 'Stopped; the same command goes on where it stopped.');
    if (answer.state === 'refused') return answer.why;
    if (answer.state === 'broken') {
      wrong = answer.why;
      // Asking again helps only where something arrived.
      if ((await sizeOf(part)) > before) continue;
      return wrong;
    }
    const fault = await options.check(part);
    if (fault === null) {
      await onDisk(path, () => rename(part, path));
      return null;
    }
    // A wrong file is no start for another try; if an old .part began it, that may be the fault: once more from nothing.
    await rm(part, { force: true });
    wrong = fault;
    if (before === 0) return wrong;
  }
  return wrong;
}

type Answer =
  { readonly state: 'complete' } | { readonly state: 'refused' | 'broken'; readonly why: string };

async function transfer(
  url: string,
  part: string,
  have: number,
  options: DownloadOptions,
): Promise<Answer> {
  const patience = new AbortController();
  const wait = options.patienceMs ?? 30_000;
  let timer = setTimeout(() => patience.abort(), wait);
  const signal = options.signal
    ? AbortSignal.any([options.signal, patience.signal])
    : patience.signal;
  const broken = (error: unknown): Answer => ({
    state: 'broken',
    why: patience.signal.aborted ? `silent for ${wait / 1000} s` : reasonOf(error),
  });
  try {
    let response: Response;
    try {
      // A packed file must come as it lies, or the range and the digest would be of something else.
      const headers: Record<string, string> = { 'accept-encoding': 'identity' };
      if (have > 0) headers['range'] = `bytes=${have}-`;
      response = await fetch(url, { headers, signal });
    } catch (error) {
      return broken(error);
    }
    // "Range not satisfiable": the .part is already as long as the file, or longer; its digest tells.
    if (response.status === 416 && have > 0) return { state: 'complete' };
    if (!response.ok || !response.body) {
      await response.body?.cancel();
      return { state: 'refused', why: `answered ${response.status}` };
    }
    if ((response.headers.get('content-type') ?? '').startsWith('text/html')) {
      await response.body.cancel();
      return { state: 'refused', why: 'answered with a page, not a file' };
    }
    const from = response.status === 206 ? rangeStart(response) : 0;
    if (from !== 0 && from !== have) return { state: 'refused', why: 'answered another range' };
    const length = Number(response.headers.get('content-length') ?? NaN);
    const total = length > 0 ? from + length : null;

    const file = createWriteStream(part, { flags: from === 0 ? 'w' : 'a' });
    const failure = new Promise<never>((_, reject) => file.once('error', reject));
    failure.catch(() => undefined);
    let done = from;
    let trouble: unknown = null;
    const reader = response.body.getReader();
    for (;;) {
      let step;
      try {
        step = await reader.read();
      } catch (error) {
        trouble = error;
        break;
      }
      if (step.done) break;
      clearTimeout(timer);
      timer = setTimeout(() => patience.abort(), wait);
      done += step.value.length;
      if (!file.write(step.value))
        await onDisk(part, () => Promise.race([once(file, 'drain'), failure]));
      options.onBytes?.(done, total);
    }
    await onDisk(part, () =>
      Promise.race([new Promise<void>((closed) => file.end(() => closed())), failure]),
    );
    if (trouble !== null) return broken(trouble);
    if (total !== null && done < total)
      return { state: 'broken', why: `only ${done} of ${total} bytes arrived` };
    return { state: 'complete' };
  } finally {
    clearTimeout(timer);
  }
}

function rangeStart(response: Response): number {
  const start = /^bytes (\d+)-/.exec(response.headers.get('content-range') ?? '')?.[1];
  return Number(start ?? NaN);
}

/** Node's fetch says "fetch failed" and hides why in the cause. */
function reasonOf(error: unknown): string {
  const cause = error instanceof Error ? error.cause : undefined;
  const code = (cause as NodeJS.ErrnoException | undefined)?.code;
  if (code === 'ECONNREFUSED') return 'refused the connection';
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return 'cannot be found (is there a network?)';
  return code ?? messageOf(cause ?? error);
}

async function sizeOf(path: string): Promise<number> {
  return (await stat(path).catch(() => null))?.size ?? 0;
}

async function onDisk<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw new NgcError('file', `${printableText(path)} cannot be written: ${fileReason(error)}.`);
  }
}
