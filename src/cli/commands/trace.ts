import { writeSafetensors } from '../../io/safetensors.ts';
import type { Family } from '../../models/family.ts';
import { NgcImageModel } from '../../ngc/imageModel.ts';
import { trace as traceBatch } from '../../ngc/trace.ts';
import { BACKEND_OPTION, startNumerics } from '../backend.ts';
import { defineCommand } from '../command.ts';
import { checkWritable, writeWhole } from '../files.ts';
import { MODEL_OPTION, openModelFile, readInput, rowsOf } from '../models.ts';
import { needed, text, usageError, whole } from '../options.ts';

export const trace = (families: readonly Family[]) =>
  defineCommand({
    name: 'trace',
    summary: 'settles a batch and writes down what every neuron did.',
    options: {
      ...MODEL_OPTION,
      input: needed(
        text('I', 'A safetensors file with x [B, J0], perhaps mask [B, J0] (1 = seen).'),
      ),
      out: needed(text('O', 'Where to write the numbers (.safetensors).')),
      steps: whole('T', 'Settling steps; default: the model’s.', 1, 1000),
      ...BACKEND_OPTION,
    },
    notes: [
      'O holds z1…zL, mu0…mu{L-1}, e0…e{L-1}, x, energy [T, L] (the batch mean of ‖e_l‖² after each step) and, without a mask, dW*, dE*, dM*, dSigma* (changes before the optimizer) and next.* (every parameter after one update from fresh moments).',
    ],
    async run({ model: path, input, out, steps, backend }) {
      checkWritable('--out', out);
      const { model } = await openModelFile(path, families, () => startNumerics(backend));
      if (!(model instanceof NgcImageModel))
        throw usageError(
          `--model ${path} is a ${model.title}, which does not settle: there is nothing to trace.`,
        );
      // The update that is traced is a first one, whatever a checkpoint carries.
      await model.model.forgetOptimizer();
      const { x, mask } = await readInput(input, model);
      const rows = x.shape[0]!;
      const traced = await traceBatch(
        model,
        rowsOf(x, 0, rows),
        mask && rowsOf(mask, 0, rows),
        steps,
      );
      await writeWhole('--out', out, writeSafetensors(traced, { format: 'ngc-trace' }));
    },
  });
