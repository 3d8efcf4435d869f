import * as tf from '@tensorflow/tfjs-core';

import { settle } from '../../ngc/settle.ts';
import { writeSafetensors } from '../../io/safetensors.ts';
import type { FloatArray } from '../../shared/arrays.ts';
import { NgcError } from '../../shared/errors.ts';
import { BACKEND_OPTION, startNumerics } from '../backend.ts';
import { defineCommand } from '../command.ts';
import { checkWritable, named, writeWhole } from '../files.ts';
import { MODEL_OPTION, openModelFile, readInput, rowsOf } from '../models.ts';
import { needed, text, whole } from '../options.ts';
import { Progress } from '../progress.ts';
import { listenForStop } from '../signals.ts';

export const complete = defineCommand({
  name: 'complete',
  summary: 'fills in the hidden pixels of pictures.',
  options: {
    ...MODEL_OPTION,
    input: needed(
      text('I', 'A safetensors file with x [B, J0] and mask [B, J0] (1 = seen, 0 = hidden).'),
    ),
    out: needed(text('O', 'Where to write the completed pictures (.safetensors).')),
    steps: whole('T', 'Settling steps; default: the model’s.', 1, 1000),
    ...BACKEND_OPTION,
  },
  notes: [
    'O holds x [B, J0] (seen pixels as they were, hidden ones as imagined), mu0 [B, J0] (the prediction of all pixels) and the states z1…zL.',
  ],
  async run({ model: path, input, out, steps, backend }) {
    checkWritable('--out', out);
    const { executor } = await startNumerics(backend);
    const { model } = await openModelFile('--model', path, executor);
    const { x, mask } = await readInput(input, model);
    if (!mask)
      throw new NgcError(
        'file',
        `${named('--input', input)}: it must also hold a tensor mask [${x.shape.join(', ')}] (1 = seen, 0 = hidden).`,
      );
    const { batch, sizes } = model.config;
    const count = x.shape[0]!;
    const results = new Map<string, FloatArray>();
    const reserve = (name: string, width: number) =>
      results.set(name, { shape: [count, width], data: new Float32Array(count * width) });
    reserve('x', sizes[0]!);
    reserve('mu0', sizes[0]!);
    for (let l = 1; l <= model.layers; l++) reserve(`z${l}`, sizes[l]!);

    const stop = listenForStop();
    const progress = new Progress();
    const follow = progress.follow('Completing');
    for (let from = 0; from < count; from += batch) {
      const to = Math.min(from + batch, count);
      const [seen, shown] = [rowsOf(x, from, to), rowsOf(mask, from, to)];
      const settled = await settle(model, seen, {
        mask: shown,
        steps: steps ?? model.config.steps,
        onStep: async () => {
          await follow(from / count);
          stop.check();
        },
      });
      const { z, mu } = await settled.read();
      const parts = new Map([['x', z[0]!], ['mu0', mu[0]!]]); // prettier-ignore
      for (let l = 1; l <= model.layers; l++) parts.set(`z${l}`, z[l]!);
      for (const [name, tensor] of parts)
        results.get(name)!.data.set(await tensor.data(), from * tensor.shape[1]);
      settled.dispose();
      tf.dispose([seen, shown]);
    }
    progress.clear();
    await writeWhole('--out', out, writeSafetensors(results, { format: 'ngc-completion' }));
  },
});
