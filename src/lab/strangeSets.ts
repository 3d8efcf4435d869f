import { imagesOf } from '../data/dataset.ts';
import type { Images } from '../engine/measures/images.ts';
import type { ImageModel } from '../engine/model.ts';
import type { Cell } from '../experiments/experiment.ts';
import { NgcError } from '../shared/errors.ts';
import { grouped } from '../shared/grouped.ts';
import type { imageSource } from './splits.ts';
import { firstImages } from './splits.ts';

/** Images of another set than the one that a model has learnt, and in words which. */
export interface Strange {
  /** By the name that results give them. */
  readonly images: ReadonlyMap<string, Images>;
  readonly told: string | null;
}

export const NOTHING_STRANGE: Strange = { images: new Map(), told: null };

/** What is strange to the model of a cell: of the sets that it names the first that can be had; where none can, the words say so. */
export async function strangeTo(
  { shades }: ImageModel,
  { strangers, measures, extent }: Pick<Cell, 'strangers' | 'measures' | 'extent'>,
  load: ReturnType<typeof imageSource>,
): Promise<Strange> {
  if (!measures.includes('auroc') || strangers.length === 0) return NOTHING_STRANGE;
  const missing: string[] = [];
  for (const set of strangers)
    try {
      const { data } = await load(set);
      const split = firstImages(data.test, extent.test);
      const told = `${grouped(split.count)} test images of ${data.title} are the other set`;
      return { images: new Map([['others', imagesOf(split, undefined, shades)]]), told };
    } catch (error) {
      if (!(error instanceof NgcError) || error.kind !== 'data') throw error;
      missing.push(error.message);
    }
  return { images: new Map(), told: `the other set cannot be had here: ${missing.join(' ')}` };
}
