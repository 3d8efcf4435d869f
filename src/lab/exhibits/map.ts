import { UMAP } from 'umap-js';

import { heldOut } from '../../data/batches.ts';
import { imagesOf } from '../../data/dataset.ts';
import { latentsOf } from '../../engine/measures/latents.ts';
import { perceives } from '../../engine/model.ts';
import { createRng, deriveSeed } from '../../shared/rng.ts';
import type { LabImages } from '../splits.ts';
import { storedNumbers } from '../storedArrays.ts';
import type { Trained } from '../trainedFiles.ts';
import type { Work } from '../work.ts';
import { follow } from '../work.ts';
import type { Exhibits } from './shown.ts';

/** Test images on the map, and the seed of their choice: the same ones for every model of a dataset. */
const COUNT = 2_000;
const SEED = 6;
/** How many neighbours an image should stay near, and how near dots may come (McInnes et al. 2018: the usual ones). */
const NEIGHBOURS = 15;
const DISTANCE = 0.1;

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
  const rows = Array.from(chosen, (_, n) => Array.from(codes.subarray(n * width, (n + 1) * width)));
  const rng = createRng(deriveSeed(seed, SEED));
  const nNeighbors = Math.min(NEIGHBOURS, rows.length - 1);
  const umap = new UMAP({ nNeighbors, minDist: DISTANCE, random: () => rng.uniform() });
  const epochs = umap.initializeFit(rows);
  const lay = follow(work, 'Laying out the map');
  for (let epoch = 0; epoch < epochs; epoch++) {
    umap.step();
    await lay((epoch + 1) / epochs);
  }
  const points = Float32Array.from(umap.getEmbedding().flat());
  const classes = Float32Array.from(chosen, (index) => labels[index] ?? 0);
  return {
    arrays: {
      'map.points': storedNumbers({ shape: [chosen.length, 2], data: points }),
      'map.labels': storedNumbers({ shape: [chosen.length], data: classes }),
    },
    words: {
      map: `UMAP (${nNeighbors} neighbours, least distance ${DISTANCE}) of the codes of ${chosen.length.toLocaleString('en')} test images.`,
    },
  };
}
