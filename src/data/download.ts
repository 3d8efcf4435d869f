import { printableText } from '../shared/errors.ts';
import { dataError } from './dataError.ts';
import { concatenate } from './compression.ts';
import { asDataError, throwIfCancelled } from './load.ts';

/** Called with bytes so far and bytes in all (null where the server does not say). */
type ByteProgress = (done: number, total: number | null) => void;

/** What has arrived of a file that was cut off. */
export interface Part {
  readonly bytes: Uint8Array;
  /** What its server calls this state of the file (ETag, or when it was changed last); null where it does not say. */
  readonly tag: string | null;
  /** Whether that is all of it: it waits for other files of its set. */
  readonly whole?: boolean;
}

/** Where parts of files wait to be gone on with. */
export interface Parts {
  read(url: string): Promise<Part | null>;
  write(url: string, part: Part): Promise<void>;
  remove(url: string): Promise<void>;
}

export interface DownloadOptions {
  readonly fetch: typeof fetch;
  readonly signal?: AbortSignal | undefined;
  readonly onBytes?: ByteProgress;
  /** Keeps what has arrived when it is cut off, and goes on with it. */
  readonly parts?: Parts | null;
  /** Says what is wrong with the whole file, or null where it is as published. */
  readonly check?: ((bytes: Uint8Array) => Promise<string | null>) | undefined;
  /** Waits so long (ms) before a server that cut off is asked again. */
  readonly patienceMs?: number;
}

/** So often a server is asked to go on after the connection broke. */
const ATTEMPTS = 4;
/** What arrives is kept this often (bytes), should the page be closed in the middle. */
const KEPT_EVERY = 8_000_000;

/**
 * The bytes at `url`, or null where there is no such file: status 404 or 410, or a server that answers every address
 * with its start page (single-page development servers do, with status 200). A transfer that is cut off goes on where it
 * broke (HTTP Range), now or by a later call; where the server does not offer that, it begins anew.
 * @throws NgcError('data') when the server cannot be reached or answers with another error, or the file is not as published;
 *   NgcError('cancelled').
 */
export async function download(url: string, options: DownloadOptions): Promise<Uint8Array | null> {
  throwIfCancelled(options.signal);
  const before = (await options.parts?.read(url)) ?? null;
  if (before?.whole && !(await options.check?.(before.bytes))) {
    await options.parts?.remove(url);
    options.onBytes?.(before.bytes.length, before.bytes.length);
    return before.bytes;
  }
  const transfer = new Transfer(url, options, before);
  try {
    const bytes = await transfer.run();
    if (before || transfer.wasKept) await options.parts?.remove(url);
    return bytes;
  } catch (error) {
    await transfer.keep();
    throw error;
  }
}

/** One file on its way, over as many connections as it takes. */
class Transfer {
  wasKept = false;
  private chunks: Uint8Array[] = [];
  private done = 0;
  private keptTo = 0;
  private tag: string | null = null;
  /** Whether what is held came over more than one connection. */
  private resumed = false;
  private readonly name: string;

  constructor(
    private readonly url: string,
    private readonly options: DownloadOptions,
    before: Part | null,
  ) {
    this.name = printableText(url.slice(url.lastIndexOf('/') + 1));
    if (before) this.hold(before);
  }

  async run(): Promise<Uint8Array | null> {
    const { options, name } = this;
    for (let attempt = 1; ; attempt++) {
      const held = this.done;
      try {
        if (!(await this.connect())) return null;
      } catch (error) {
        // Asking again helps only where something arrived.
        if (attempt >= ATTEMPTS || this.done <= held || options.signal?.aborted) throw error;
        await new Promise((wait) => setTimeout(wait, options.patienceMs ?? 500 * attempt));
        throwIfCancelled(options.signal);
        continue;
      }
      const bytes = concatenate(this.chunks);
      if (looksLikePage(bytes)) return null;
      const fault = (await options.check?.(bytes)) ?? null;
      if (fault === null) return bytes;
      const { resumed } = this;
      this.forget();
      // What was begun on another day may be the fault: once more from nothing.
      if (!resumed || attempt >= ATTEMPTS) throw dataError(name, fault);
    }
  }

  /** Keeps what has arrived, to be gone on with by a later call. */
  async keep(): Promise<void> {
    const { done, tag, chunks } = this;
    if (done === 0) return this.wasKept ? this.options.parts?.remove(this.url) : undefined;
    await this.options.parts?.write(this.url, { bytes: concatenate(chunks), tag });
    this.wasKept = true;
    this.keptTo = done;
  }

  /** Receives what is still missing; false where there is no such file. */
  private async connect(): Promise<boolean> {
    const { options, name, url } = this;
    const response = await this.ask();
    if (response.status === 404 || response.status === 410 || isPage(response)) {
      await response.body?.cancel();
      this.forget();
      return false;
    }
    if (!response.ok) throw dataError(name, `${hostOf(url)} answered ${response.status}.`);
    if (response.status === 206) this.resumed = true;
    else this.forget();
    this.tag = tagOf(response);
    // A server that packs on the way tells the packed length, which says nothing about the bytes that arrive here.
    const packed = response.headers.get('content-encoding');
    const length = Number(response.headers.get('content-length') ?? NaN);
    const total = packed === null && length > 0 ? this.done + length : null;
    try {
      const reader = response.body?.getReader();
      for (;;) {
        const step = await reader?.read();
        if (!step || step.done) break;
        this.chunks.push(step.value);
        this.done += step.value.length;
        options.onBytes?.(this.done, total);
        if (packed === null && this.done - this.keptTo >= KEPT_EVERY) await this.keep();
      }
    } catch (error) {
      // Bytes that were unpacked on the way cannot be counted on: a server counts the packed ones.
      if (packed !== null) this.forget();
      throw this.unreachable(error);
    }
    if (total !== null && this.done < total)
      throw dataError(name, `only ${this.done} of ${total} bytes arrived.`);
    return true;
  }

  /** Asks for the rest of the file; for all of it, where the server will not go on with this one. */
  private async ask(): Promise<Response> {
    const { done } = this;
    const rest = await this.fetch(done > 0 ? { range: `bytes=${done}-` } : {});
    if (done === 0 || (rest.status !== 206 && rest.status !== 416)) return rest;
    if (rest.status === 206 && this.continues(rest)) return rest;
    await rest.body?.cancel();
    this.forget();
    return this.fetch({});
  }

  /** Whether an answer is the rest of the same file. Other sites may hide where it starts and what it is: then the check decides. */
  private continues(response: Response): boolean {
    const starts = /^bytes (\d+)-/.exec(response.headers.get('content-range') ?? '')?.[1];
    if (starts !== undefined && Number(starts) !== this.done) return false;
    const tag = tagOf(response);
    return tag === null || this.tag === null || tag === this.tag;
  }

  private async fetch(headers: Record<string, string>): Promise<Response> {
    // Called free, not as a method: browsers refuse fetch with another `this`.
    const { fetch, signal } = this.options;
    try {
      return await fetch(this.url, { headers, ...(signal && { signal }) });
    } catch (error) {
      throw this.unreachable(error);
    }
  }

  private unreachable(error: unknown) {
    throwIfCancelled(this.options.signal);
    return asDataError(error, `${this.name} could not be fetched from ${hostOf(this.url)}`);
  }

  private hold({ bytes, tag }: Part): void {
    this.wasKept = true;
    this.chunks = [bytes];
    this.done = bytes.length;
    this.keptTo = bytes.length;
    this.tag = tag;
    this.resumed = true;
  }

  private forget(): void {
    this.chunks = [];
    this.done = 0;
    this.keptTo = 0;
    this.tag = null;
    this.resumed = false;
  }
}

const tagOf = ({ headers }: Response): string | null =>
  headers.get('etag') ?? headers.get('last-modified');

function isPage(response: Response): boolean {
  return (response.headers.get('content-type') ?? '').startsWith('text/html');
}

/** A start page sent without its type: none of the files read here begins with "<". */
function looksLikePage(bytes: Uint8Array): boolean {
  const start = new TextDecoder().decode(bytes.subarray(0, 64)).trimStart().toLowerCase();
  return start.startsWith('<!doctype') || start.startsWith('<html');
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : 'this page';
}
