import { generates } from '../../engine/model.ts';
import type { Cell } from '../../experiments/experiment.ts';
import type { StoredArray } from '../../experiments/result.ts';
import type { LabImages } from '../splits.ts';
import type { Trained } from '../trainedFiles.ts';
import type { TrainingContext } from '../training.ts';
import { byClass } from './byClass.ts';
import { composition } from './composition.ts';
import { examplesOf } from './examples.ts';
import { codeMap } from './map.ts';
import { samplesOf } from './samples.ts';
import type { Exhibits } from './shown.ts';

/** The exhibits of a cell; those that its model cannot give are left out. */
export async function exhibitsOf(
  { exhibits, extent }: Cell,
  trained: Trained,
  images: LabImages,
  { work }: TrainingContext,
): Promise<Exhibits> {
  const { model } = trained;
  const arrays: Record<string, StoredArray> = {};
  const words: Record<string, string> = {};
  if (exhibits.includes('examples') && generates(model))
    Object.assign(arrays, await examplesOf(model, trained, images.data.test, work));
  if (exhibits.includes('samples')) Object.assign(arrays, await samplesOf(trained));
  const take = (shown: Exhibits) => {
    Object.assign(arrays, shown.arrays);
    Object.assign(words, shown.words);
  };
  if (exhibits.includes('by-class')) take(await byClass(trained, images, extent.codes, work));
  if (exhibits.includes('map')) take(await codeMap(trained, images, work));
  if (exhibits.includes('composition')) take(await composition(trained, images));
  return { arrays, words };
}
