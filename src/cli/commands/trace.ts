import type { SafetensorsFile } from '../../io/safetensors.ts';
import { writeSafetensors } from '../../io/safetensors.ts';
import type { Family } from '../../models/family.ts';
import { NgcImageModel } from '../../ngc/imageModel.ts';
import type { CompletionRule } from '../../ngc/completion.ts';
import { COMPLETIONS, completionRule } from '../../ngc/completion.ts';
import { trace as traceBatch } from '../../ngc/trace.ts';
import type { FloatArray } from '../../shared/arrays.ts';
import { NgcError, printableList } from '../../shared/errors.ts';
import { BACKEND_OPTION, startNumerics } from '../backend.ts';
import { defineCommand } from '../command.ts';
import { checkWritable, named, writeWhole } from '../files.ts';
import { MODEL_OPTION, openModelFile, readInput, rowsOf } from '../models.ts';
import { choice, needed, text, usageError, whole } from '../options.ts';

const wrong = (path: string, problem: string) =>
  new NgcError('file', `${named('--input', path)}: ${problem}`);

/** The completion rule that the input file asks for; absent: none. Throws a file error for one that there is not. */
function ruleOf(path: string, { metadata }: SafetensorsFile): CompletionRule | undefined {
  const how = metadata['how'];
  try {
    return how === undefined ? undefined : completionRule(how);
  } catch (error) {
    throw error instanceof NgcError ? wrong(path, error.message) : error;
  }
}

/** `z1…zL` of an input file, if it has any of them. Throws a file error where one is missing or misshapen. */
function startStates(
  path: string,
  { tensors }: SafetensorsFile,
  [, ...sizes]: readonly number[],
): readonly FloatArray[] | null {
  const names = sizes.map((_, i) => `z${i + 1}`);
  if (!names.some((name) => tensors.has(name))) return null;
  const rows = tensors.get('x')!.shape[0]!;
  return names.map((name, i) => {
    const state = tensors.get(name);
    if (state?.shape.join() === [rows, sizes[i]].join()) return state;
    throw wrong(
      path,
      `start states need ${name} [${rows}, ${sizes[i]}], and it has ${state ? `[${printableList(state.shape.map(String), 8)}]` : 'none'}.`,
    );
  });
}

export const trace = (families: readonly Family[]) =>
  defineCommand({
    name: 'trace',
    summary: 'settles a batch and writes down what every neuron did.',
    options: {
      ...MODEL_OPTION,
      input: needed(
        text(
          'I',
          'A safetensors file with x [B, J0], perhaps mask [B, J0] (1 = seen), perhaps start states z1…zL [B, J_l].',
        ),
      ),
      out: needed(text('O', 'Where to write the numbers (.safetensors).')),
      steps: whole('T', 'Settling steps; default: the model’s.', 1, 1000),
      how: choice(
        'H',
        `How hidden pixels are filled in: ${COMPLETIONS.join(' or ')}; default: what the metadata of I say, else eq19.`,
        COMPLETIONS,
      ),
      ...BACKEND_OPTION,
    },
    notes: [
      'O holds z1…zL, mu0…mu{L-1}, e0…e{L-1}, x, energy [T, L] (the batch mean of ‖e_l‖² after each step) and, without a mask, dW*, dE*, dM*, dSigma* (changes before the optimizer) and next.* (every parameter after one update from fresh moments).',
    ],
    async run({ model: path, input, out, steps, how, backend }) {
      checkWritable('--out', out);
      const { model } = await openModelFile(path, families, () => startNumerics(backend));
      if (!(model instanceof NgcImageModel))
        throw usageError(
          `--model ${path} is a ${model.title}, which does not settle: there is nothing to trace.`,
        );
      // The update that is traced is a first one, whatever a checkpoint carries.
      await model.model.forgetOptimizer();
      const { file, x, mask } = await readInput(input, model);
      const begun = startStates(input, file, model.model.config.sizes);
      const rows = x.shape[0]!;
      const traced = await traceBatch(model, rowsOf(x, 0, rows), mask && rowsOf(mask, 0, rows), {
        steps,
        how: how ?? ruleOf(input, file) ?? 'eq19',
        states: begun?.map((z) => rowsOf(z, 0, rows)) ?? null,
      });
      await writeWhole('--out', out, writeSafetensors(traced, { format: 'ngc-trace' }));
    },
  });
