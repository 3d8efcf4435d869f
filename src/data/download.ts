import { printableText } from '../shared/errors.ts';
import { dataError } from './dataError.ts';
import { concatenate } from './compression.ts';
import { asDataError, throwIfCancelled } from './load.ts';

/** Called with bytes so far and bytes in all (null where the server does not say). */
type ByteProgress = (done: number, total: number | null) => void;

interface DownloadOptions {
  readonly fetch: typeof fetch;
  readonly signal?: AbortSignal | undefined;
  readonly onBytes?: ByteProgress;
}

/**
 * The bytes at `url`, or null where there is no such file: status 404 or 410, or a server that answers every address
 * with its start page (single-page development servers do, with status 200).
 * @throws NgcError('data') when the server cannot be reached or answers with another error; NgcError('cancelled').
 */
export async function download(url: string, options: DownloadOptions): Promise<Uint8Array | null> {
  throwIfCancelled(options.signal);
  const name = printableText(url.slice(url.lastIndexOf('/') + 1));
  const unreachable = (error: unknown) => {
    throwIfCancelled(options.signal);
    return asDataError(error, `${name} could not be fetched from ${hostOf(url)}`);
  };
  let response: Response;
  try {
    // Called free, not as a method: browsers refuse fetch with another `this`.
    const { fetch } = options;
    response = await fetch(url, options.signal ? { signal: options.signal } : {});
  } catch (error) {
    throw unreachable(error);
  }
  if (response.status === 404 || response.status === 410 || isPage(response)) {
    await response.body?.cancel();
    return null;
  }
  if (!response.ok) throw dataError(name, `${hostOf(url)} answered ${response.status}.`);

  // A server that packs on the way tells the packed length, which says nothing about the bytes that arrive here.
  const packed = response.headers.get('content-encoding');
  const length = Number(response.headers.get('content-length') ?? NaN);
  const total = packed === null && length > 0 ? length : null;
  const chunks: Uint8Array[] = [];
  let done = 0;
  try {
    const reader = response.body?.getReader();
    for (;;) {
      const step = await reader?.read();
      if (!step || step.done) break;
      chunks.push(step.value);
      done += step.value.length;
      options.onBytes?.(done, total);
    }
  } catch (error) {
    throw unreachable(error);
  }
  if (total !== null && done < total)
    throw dataError(name, `only ${done} of ${total} bytes arrived.`);
  const bytes = concatenate(chunks, done);
  return looksLikePage(bytes) ? null : bytes;
}

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
