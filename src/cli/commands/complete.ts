import * as tf from '@tensorflow/tfjs-core';

import { writeSafetensors } from '../../io/safetensors.ts';
import type { CompletionOptions, GenerativeModel } from '../../engine/model.ts';
import { generative } from '../../engine/model.ts';
import type { Family } from '../../models/family.ts';
import type { FloatArray } from '../../shared/arrays.ts';
import { NgcError } from '../../shared/errors.ts';
import { BACKEND_OPTION, startNumerics } from '../backend.ts';
import { defineCommand } from '../command.ts';
import { checkCount, COUNT_OPTION, IMAGININGS, imaginePictures } from '../imaginings.ts';
import { IMAGINE } from '../../lab/evaluate.ts';
import { startsOf } from '../../lab/imaginings.ts';
import { named, writeWhole } from '../files.ts';
import { checkReplaceable, FORCE_OPTION } from '../replacing.ts';
import {
  checkCompletion,
  completionOption,
  MODEL_OPTION,
  openModelFile,
  readInput,
  rowsOf,
} from '../models.ts';
import { needed, text, whole, withDefault } from '../options.ts';
import { neededPrior } from '../priors.ts';
import { Progress } from '../progress.ts';
import { listenForStop, stoppable } from '../signals.ts';

export const complete = (families: readonly Family[]) =>
  defineCommand({
    name: 'complete',
    summary: 'fills in the hidden pixels of pictures.',
    options: {
      ...MODEL_OPTION,
      input: needed(
        text('I', 'A safetensors file with x [B, J0] and mask [B, J0] (1 = seen, 0 = hidden).'),
      ),
      out: needed(text('O', 'Where to write the completed pictures (.safetensors).')),
      how: completionOption('How hidden pixels are filled in; default: the first of them'),
      ...COUNT_OPTION,
      seed: withDefault(whole('S', 'Seed of the imaginings; default 1.', 0, 2 ** 32 - 1), 1),
      steps: whole('T', 'Settling steps; default: the model’s.', 1, 1000),
      ...FORCE_OPTION,
      ...BACKEND_OPTION,
    },
    notes: [
      'O holds x [B, J0] (seen pixels as they were, hidden ones as imagined), mu0 [B, J0] (the prediction of all pixels) and the states z1…zL. By imagine: x [B, N, J0], N wholes that fit what is seen, the best fitting first; seen [B, N], how well (log p(x_seen | mu_0), nats); mean [B, J0], each weighted by that likelihood.',
    ],
    async run({ model: path, input, out, how, count: wanted, seed, steps, force, backend }) {
      checkReplaceable('--out', out, 'result', force);
      checkCount(how, wanted);
      const opened = await openModelFile(path, families, () => startNumerics(backend));
      const model = generative(opened.model, 'fill in hidden pixels');
      checkCompletion(model, how);
      const prior = how === IMAGINE ? neededPrior(opened, path) : null;
      const { x, mask } = await readInput(input, model);
      if (!mask)
        throw new NgcError(
          'file',
          `${named('--input', input)}: it must also hold a tensor mask [${x.shape.join(', ')}] (1 = seen, 0 = hidden).`,
        );
      const progress = new Progress();
      const follow = stoppable(progress.follow('Completing'), listenForStop());
      const count = wanted ?? IMAGININGS;
      const results =
        prior && model.imagine
          ? await imaginePictures(
              model.imagine.bind(model),
              { x, mask },
              startsOf(prior, count, seed),
              {
                ...{ count, steps, follow },
              },
            )
          : await completed(model, { x, mask }, { how, steps, follow });
      progress.clear();
      await writeWhole('--out', out, writeSafetensors(results, { format: 'ngc-completion' }));
    },
  });

/** Fills in pictures by one of the model's own rules: x, mu0 and what else it tells, by name. */
async function completed(
  model: GenerativeModel,
  { x, mask }: { readonly x: FloatArray; readonly mask: FloatArray },
  {
    follow,
    ...options
  }: CompletionOptions & { readonly follow: (fraction: number) => void | Promise<void> },
): Promise<Map<string, FloatArray>> {
  const { batch } = model.config;
  const count = x.shape[0]!;
  const results = new Map<string, FloatArray>();
  for (let from = 0; from < count; from += batch) {
    const to = Math.min(from + batch, count);
    const [seen, shown] = [rowsOf(x, from, to), rowsOf(mask, from, to)];
    const completion = await model.complete(seen, shown, {
      ...options,
      onProgress: (fraction) => follow((from + (to - from) * fraction) / count),
    });
    const { picture, predicted, more } = completion;
    for (const [name, part] of [['x', picture], ['mu0', predicted], ...more] as const) {
      const width = part.shape[1];
      const whole = results.get(name) ?? {
        shape: [count, width],
        data: new Float32Array(count * width),
      };
      whole.data.set(await part.data(), from * width);
      results.set(name, whole);
    }
    completion.dispose();
    tf.dispose([seen, shown]);
  }
  return results;
}
