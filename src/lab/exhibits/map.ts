import { heldOut } from '../../data/batches.ts';
import { imagesOf } from '../../data/dataset.ts';
import { latentsOf } from '../../engine/measures/latents.ts';
import { LEAST_DISTANCE, layOut } from '../../engine/latents/umap.ts';
import { perceives } from '../../engine/model.ts';
import { grouped } from '../../shared/grouped.ts';
import { deriveSeed } from '../../shared/rng.ts';
import type { LabImages } from '../splits.ts';
import { storedNumbers } from '../storedArrays.ts';
import type { Trained } from '../trainedFiles.ts';
import type { Work } from '../work.ts';
import { follow } from '../work.ts';
import type { Exhibits } from './shown.ts';

/** Test images on the map, and the seed of their choice: the same ones for every model of a dataset. */
const COUNT = 2_000;
const SEED = 6;

/**
 * Figure 6a: the codes of 2,000 test images laid out in the plane by UMAP: `map.points` [N, 2] and `map.labels` [N]. The same codes and
 * seed give the same map. Nothing, where a model has no codes or the data have no classes.
 */
export async function codeMap(
  { model, seed }: Trained,
  { data }: LabImages,
  work: Work,
): Promise<Exhibits> {
  const { labels } = data.test;
  if (!perceives(model) || !labels) return { arrays: {}, words: {} };
  const chosen = heldOut(data.test, COUNT, SEED);
  const codes = await latentsOf(model, imagesOf(data.test, chosen), {
    batch: model.config.batch,
    onProgress: follow(work, 'Coding the images of the map'),
  });
  const width = model.latentWidth;
  const layout = await layOut(
    { shape: [chosen.length, width], data: codes },
    deriveSeed(seed, SEED),
    {
      onProgress: follow(work, 'Laying out the map'),
    },
  );
  const classes = Float32Array.from(chosen, (index) => labels[index] ?? 0);
  return {
    arrays: {
      'map.points': storedNumbers({ shape: [chosen.length, 2], data: layout.points }),
      'map.labels': storedNumbers({ shape: [chosen.length], data: classes }),
    },
    words: {
      map: `UMAP (${layout.neighbours} neighbours, least distance ${LEAST_DISTANCE}) of the codes of ${grouped(chosen.length)} test images.`,
    },
  };
}
