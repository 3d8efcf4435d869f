import * as tf from '@tensorflow/tfjs-core';

import { sampleMixture } from '../../engine/prior/mixture.ts';
import { writeSafetensors } from '../../io/safetensors.ts';
import type { GenerativeModel } from '../../engine/model.ts';
import { generative, isDensity } from '../../engine/model.ts';
import type { FloatArray } from '../../shared/arrays.ts';
import type { Family } from '../../models/family.ts';
import { BACKEND_OPTION, startNumerics } from '../backend.ts';
import { defineCommand } from '../command.ts';
import { writeWhole } from '../files.ts';
import { checkReplaceable, FORCE_OPTION } from '../replacing.ts';
import { MODEL_OPTION, openModelFile, rowsOf } from '../models.ts';
import { needed, text, usageError, whole, withDefault } from '../options.ts';
import { contactSheet } from '../png.ts';
import { neededPrior } from '../priors.ts';

/** Pictures projected at a time. */
const CHUNK = 500;

export const sample = (families: readonly Family[]) =>
  defineCommand({
    name: 'sample',
    summary: 'draws pictures from a model with a prior.',
    options: {
      ...MODEL_OPTION,
      count: needed(whole('N', 'How many pictures.', 1, 100_000)),
      seed: withDefault(whole('S', 'Seed of the draws; default 1.', 0, 2 ** 32 - 1), 1),
      out: needed(text('O', 'Where to write the pictures (.safetensors).')),
      png: text('FILE', 'Also writes them side by side as a picture.'),
      ...FORCE_OPTION,
      ...BACKEND_OPTION,
    },
    notes: [
      'O holds mu0 [N, J0], the probability of each pixel, and phiL [N, J_L] (L the number of the top layer), the activities drawn from the prior that they follow from.',
    ],
    async run({ model: path, count, seed, out, png, force, backend }) {
      checkReplaceable('--out', out, 'result', force);
      if (png !== undefined) checkReplaceable('--png', png, 'picture', force);
      const opened = await openModelFile(path, families, () => startNumerics(backend));
      const { model } = opened;
      const { pixels } = model;
      const side = Math.sqrt(pixels);
      if (png !== undefined && !Number.isInteger(side))
        throw usageError(`Option --png needs square pictures; this model has ${pixels} pixels.`);
      const drawn = isDensity(model)
        ? new Map([['mu0', model.draw(count, seed)]])
        : await drawnFromPrior(
            generative(model, 'draw pictures'),
            sampleMixture(neededPrior(opened, path), count, seed),
          );
      const bytes = writeSafetensors(drawn, { format: 'ngc-samples' });
      const sheet = png === undefined ? null : contactSheet(drawn.get('mu0')!.data, count, side);
      await writeWhole('--out', out, bytes);
      if (png !== undefined && sheet) await writeWhole('--png', png, sheet);
    },
  });

/** The pictures of latents [N, D] under "mu0", and the latents under the model's name for them. */
async function drawnFromPrior(
  model: GenerativeModel,
  latents: FloatArray,
): Promise<Map<string, FloatArray>> {
  const { pixels } = model;
  const count = latents.shape[0]!;
  const mu0 = new Float32Array(count * pixels);
  for (let from = 0; from < count; from += CHUNK) {
    const top = rowsOf(latents, from, Math.min(from + CHUNK, count));
    const projected = model.decode(top);
    mu0.set(await projected.data(), from * pixels);
    tf.dispose([top, projected]);
  }
  return new Map([
    ['mu0', { shape: [count, pixels], data: mu0 }],
    [model.latentName, latents],
  ]);
}
