import type { Variant } from '../ngc/config/variants.ts';
import { VARIANTS } from '../ngc/config/variants.ts';
import { NgcError } from '../shared/errors.ts';

/** A pretrained network that lies beside the page. */
interface Pretrained {
  /** Its file name. */
  readonly file: string;
  readonly url: string;
  /** What it was trained on, for people: "MNIST". */
  readonly dataset: string;
}

export type PretrainedIndex = ReadonlyMap<Variant, Pretrained>;

/**
 * Reads models/index.json beside the page: `{"models": [{"variant": …, "file": …, "dataset": …}]}`. A page that was built without
 * models has none: the index is then empty.
 */
export async function pretrainedIndex(base: string): Promise<PretrainedIndex> {
  const index = new Map<Variant, Pretrained>();
  try {
    const response = await fetch(new URL('models/index.json', base));
    if (!response.ok) return index;
    const { models } = (await response.json()) as {
      models: { variant: string; file: string; dataset: string }[];
    };
    for (const { variant, file, dataset } of models) {
      const known = VARIANTS.find((name) => name === variant);
      if (known) index.set(known, { file, dataset, url: new URL(`models/${file}`, base).href });
    }
  } catch {
    // No index (a server that answers with a page, or nobody at home): no pretrained networks are offered.
  }
  return index;
}

/** Downloads a pretrained network. Throws a file error with a sentence when it is not to be had. */
export async function fetchPretrained(
  { url, file }: Pretrained,
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
    return await new Blob(parts).arrayBuffer();
  } catch (error) {
    if (signal.aborted) throw new NgcError('cancelled', `Loading ${file} was cancelled.`);
    const why = error instanceof Error ? error.message : String(error);
    throw new NgcError(
      'file',
      `The pretrained model ${file} could not be loaded (${why}). Reload the page, or train your own.`,
    );
  }
}
