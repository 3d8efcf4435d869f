import { generates } from '../../engine/model.ts';
import type { Cell } from '../../experiments/experiment.ts';
import type { StoredArray } from '../../experiments/result.ts';
import type { LabImages } from '../splits.ts';
import type { Trained } from '../trainedFiles.ts';
import type { TrainingContext } from '../training.ts';
import { examplesOf } from './examples.ts';
import { samplesOf } from './samples.ts';

/** What is kept of a trained model to be looked at, and what is to be said of it. */
export interface Exhibits {
  readonly arrays: Record<string, StoredArray>;
  readonly words: Record<string, string>;
}

/** The exhibits of a cell; those that its model cannot give are left out. */
export async function exhibitsOf(
  { exhibits }: Cell,
  trained: Trained,
  { data }: LabImages,
  { work }: TrainingContext,
): Promise<Exhibits> {
  const { model } = trained;
  const arrays: Record<string, StoredArray> = {};
  const words: Record<string, string> = {};
  if (exhibits.includes('examples') && generates(model))
    Object.assign(arrays, await examplesOf(model, trained, data.test, work));
  if (exhibits.includes('samples')) Object.assign(arrays, await samplesOf(trained));
  return { arrays, words };
}
