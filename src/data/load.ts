import { NgcError, messageOf, printableText } from '../shared/errors.ts';
import { CATALOGUE } from './catalogue.ts';
import type { Dataset, DatasetId } from './dataset.ts';

/** What long work reports: a label for people and how far it is (0 … 1, null where unknown). */
export interface LoadProgress {
  readonly label: string;
  readonly fraction: number | null;
}

export interface LoadOptions {
  readonly onProgress?: (progress: LoadProgress) => void;
  readonly signal?: AbortSignal;
  /** Whether files of public mirrors whose published digest is another are refused. */
  readonly verify?: boolean;
}

/** The datasets that come from files; the synthetic one is drawn (synthetic.ts). */
export type FiledDatasetId = Exclude<DatasetId, 'synthetic'>;

/** A place a dataset may come from. */
export interface DatasetReader {
  /** For people: "this browser's storage", "beside the page", … */
  readonly name: string;
  /**
   * The dataset, or null where this place does not have it.
   * @throws NgcError('data') when it is there but cannot be used; NgcError('cancelled').
   */
  read(id: FiledDatasetId, options: LoadOptions): Promise<Dataset | null>;
}

/**
 * The dataset from the first reader that has it.
 * @param readers places in order of preference.
 * @throws NgcError('data') in one sentence, with what was wrong where it is and what to do, when no place has it;
 *   NgcError('cancelled') when `signal` is aborted.
 */
export async function loadDataset(
  id: FiledDatasetId,
  readers: readonly DatasetReader[],
  options: LoadOptions = {},
): Promise<Dataset> {
  const broken: string[] = [];
  for (const reader of readers) {
    throwIfCancelled(options.signal);
    try {
      const dataset = await reader.read(id, options);
      if (dataset) return dataset;
    } catch (error) {
      throwIfCancelled(options.signal);
      // One broken place must not keep the next from being tried; what was wrong with it is told if none works.
      if (!(error instanceof NgcError)) throw error;
      if (error.kind === 'cancelled') throw error;
      broken.push(`${reader.name}: ${printableText(withoutStop(error.message), 130)}`);
    }
  }
  throw new NgcError(
    'data',
    `${CATALOGUE[id].title} is not at hand${broken.length > 0 ? ` (${broken.join('; ')})` : ''}: ` +
      'drop its files on the page to use it.',
  );
}

/** @throws NgcError('cancelled') once `signal` is aborted. */
export function throwIfCancelled(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new NgcError('cancelled', 'Loading the data was cancelled.');
}

/** A broken or missing place, in the words of whatever was thrown. */
export function asDataError(error: unknown, what: string): NgcError {
  return error instanceof NgcError
    ? error
    : new NgcError('data', `${what} (${printableText(withoutStop(messageOf(error)))}).`);
}

function withoutStop(sentence: string): string {
  return sentence.replace(/\.$/, '');
}
