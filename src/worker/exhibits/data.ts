import type { Dataset } from '../../data/dataset.ts';
import { loadSynthetic } from '../../data/synthetic.ts';
import { NgcError } from '../../shared/errors.ts';
import { pageDataset } from '../pageData.ts';

let read: Promise<Dataset> | null = null;

/** The images that exhibits learn from, read once: MNIST where the page has it, else the digits it draws itself. */
export function exhibitData(base: string): Promise<Dataset> {
  if (read) return read;
  const { signal } = new AbortController(); // every exhibit has the same: none takes it from the others
  const reading = pageDataset('mnist', { base, mirrors: [], signal }).catch((error: unknown) => {
    if (error instanceof NgcError && error.kind === 'data') return loadSynthetic();
    throw error;
  });
  read = reading;
  reading.catch(() => (read = null));
  return reading;
}

/** Fashion-MNIST, for exhibits that want what is no digit; null where the page has none. */
export async function exhibitClothes(base: string): Promise<Dataset | null> {
  const { signal } = new AbortController();
  return pageDataset('fmnist', { base, mirrors: [], signal }).catch((error: unknown) => {
    if (error instanceof NgcError && error.kind === 'data') return null;
    throw error;
  });
}
