import { browserCaches } from '../data/browserCache.ts';
import { rowDecoder } from '../data/browserImage.ts';
import { browserReaders } from '../data/browserReaders.ts';
import type { Dataset } from '../data/dataset.ts';
import type { FiledDatasetId } from '../data/load.ts';
import { loadDataset } from '../data/load.ts';
import type { DatasetId } from '../protocol/reports.ts';

/** Where a page's datasets are looked for. */
interface PageDataPlaces {
  /** The page's address. */
  readonly base: string;
  /** The datasets whose public mirrors may be asked. */
  readonly mirrors: readonly DatasetId[];
  readonly signal: AbortSignal;
}

/** A dataset as the page finds it: in this browser, beside the page, or, where the user said so, on a mirror. */
export function pageDataset(
  dataset: FiledDatasetId,
  { base, mirrors, signal }: PageDataPlaces,
): Promise<Dataset> {
  const readers = browserReaders({
    fetch: (input: RequestInfo | URL, init?: RequestInit) => fetch(input, init),
    caches: browserCaches(),
    base,
    decodeRows: rowDecoder(),
    mayAskMirror: (id) => mirrors.includes(id),
  });
  return loadDataset(dataset, readers, { signal });
}
