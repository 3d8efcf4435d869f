import type { Variant } from '../ngc/config/variants.ts';
import { VARIANTS } from '../ngc/config/variants.ts';
import { NgcError } from '../shared/errors.ts';
import { sha256 } from '../shared/sha256.ts';

/** A pretrained network that lies beside the page. */
interface Pretrained {
  /** Its file name. */
  readonly file: string;
  readonly url: string;
  /** What it was trained on, for people: "MNIST". */
  readonly dataset: string;
  /** SHA-256 of the file, in hexadecimal; absent where the page was built with models that nobody has taken it of. */
  readonly sha256?: string | undefined;
}

export type PretrainedIndex = ReadonlyMap<Variant, Pretrained>;

/**
 * Reads models/index.json beside the page: `{"models": [{"variant": …, "file": …, "dataset": …, "sha256": …}]}`, models of all families. A page that
 * was built without models has none.
 */
export async function modelsBeside(
  base: string,
): Promise<readonly (Pretrained & { readonly variant: string })[]> {
  try {
    const response = await fetch(new URL('models/index.json', base));
    if (!response.ok) return [];
    const { models } = (await response.json()) as {
      models: { variant: string; file: string; dataset: string; sha256?: string }[];
    };
    return models.map((one) => ({ ...one, url: new URL(`models/${one.file}`, base).href }));
  } catch {
    // No index (a server that answers with a page, or nobody at home): no pretrained models are offered.
    return [];
  }
}

/** Those of them that settle: networks for the theatre. */
export async function pretrainedIndex(base: string): Promise<PretrainedIndex> {
  const index = new Map<Variant, Pretrained>();
  for (const { variant, ...rest } of await modelsBeside(base)) {
    const known = VARIANTS.find((name) => name === variant);
    if (known) index.set(known, rest);
  }
  return index;
}

/** A pretrained network on its way here. */
export interface Download {
  /**
   * Its file. Rejects with a file error with a sentence when it is not to be had, or is not what its digest was made of.
   * @param signal gives it up
   * @param onProgress hears which share has come, from what has come by now on
   */
  bytes(signal: AbortSignal, onProgress: (fraction: number) => void): Promise<ArrayBuffer>;
  /** Nobody needs it any more. */
  cancel(): void;
}

/** Begins to download a pretrained network. */
export function beginDownload(entry: Pretrained): Download {
  const controller = new AbortController();
  let come = 0;
  let tell: (fraction: number) => void = () => undefined;
  const whole = read(entry, controller.signal, (fraction) => tell((come = fraction)));
  whole.catch(() => undefined); // heard of by whoever asks for it
  const cancel = () => controller.abort();
  return {
    cancel,
    bytes(signal, onProgress) {
      signal.addEventListener('abort', cancel);
      tell = onProgress;
      if (come > 0) tell(come);
      return whole;
    },
  };
}

/** Downloads a pretrained network. Throws a file error with a sentence when it is not to be had, or is not what its digest was made of. */
export const fetchPretrained = (
  entry: Pretrained,
  signal: AbortSignal,
  onProgress: (fraction: number) => void,
): Promise<ArrayBuffer> => beginDownload(entry).bytes(signal, onProgress);

async function read(
  { url, file, sha256: published }: Pretrained,
  signal: AbortSignal,
  onProgress: (fraction: number) => void,
): Promise<ArrayBuffer> {
  try {
    const response = await fetch(url, { signal });
    if (!response.ok || !response.body) throw new Error(`the server answered ${response.status}`);
    const total = Number(response.headers.get('content-length'));
    const parts: Uint8Array<ArrayBuffer>[] = [];
    let received = 0;
    const reader = response.body.getReader();
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      parts.push(value);
      received += value.length;
      if (total > 0) onProgress(Math.min(1, received / total));
    }
    const bytes = await new Blob(parts).arrayBuffer();
    // Where a page has no means to tell, it goes by the file's own checks.
    const found = published === undefined ? null : await sha256(new Uint8Array(bytes));
    if (found !== null && found !== published)
      throw new Error('its bytes are not those that were published');
    return bytes;
  } catch (error) {
    if (signal.aborted) throw new NgcError('cancelled', `Loading ${file} was cancelled.`);
    const why = error instanceof Error ? error.message : String(error);
    throw new NgcError(
      'file',
      `The pretrained model ${file} could not be loaded (${why}). Reload the page, or train your own.`,
    );
  }
}
