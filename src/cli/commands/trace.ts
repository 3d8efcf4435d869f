import { writeSafetensors } from '../../io/safetensors.ts';
import type { Family } from '../../models/family.ts';
import { COMPLETIONS } from '../../ngc/completion.ts';
import { BACKEND_OPTION, startNumerics } from '../backend.ts';
import { defineCommand } from '../command.ts';
import { writeWhole } from '../files.ts';
import { checkReplaceable, FORCE_OPTION } from '../replacing.ts';
import { MODEL_OPTION, naming, openModelFile, readInput } from '../models.ts';
import { choice, needed, text, usageError, whole } from '../options.ts';

export const trace = (families: readonly Family[]) =>
  defineCommand({
    name: 'trace',
    summary: 'writes down everything that a model does with a batch.',
    options: {
      ...MODEL_OPTION,
      input: needed(
        text(
          'I',
          'A safetensors file with x [B, J0], perhaps mask [B, J0] (1 = seen); for NGC perhaps start states z1…zL [B, J_l]; for autoencoders perhaps the noise eps or prior [B, J_L], for a DSRN labels [B]; for a pcn y [B, n_L] where it is supervised, perhaps start0… [B, n_l], noise0… [T, B, n_l] and k [K].',
        ),
      ),
      out: needed(text('O', 'Where to write the numbers (.safetensors).')),
      steps: whole('T', 'Settling steps, or steps of inference; default: the model’s.', 1, 1000),
      how: choice(
        'H',
        `How NGC fills in hidden pixels: ${COMPLETIONS.join(' or ')}; default: what the metadata of I say, else eq19.`,
        COMPLETIONS,
      ),
      ...FORCE_OPTION,
      ...BACKEND_OPTION,
    },
    notes: [
      'Of NGC, O holds z1…zL, mu0…mu{L-1}, e0…e{L-1}, x, energy [T, L] (the batch mean of ‖e_l‖² after each step) and, without a mask, dW*, dE*, dM*, dSigma* (changes before the optimizer) and next.* (every parameter after one update from fresh moments).',
      'Of autoencoders and DSRN: h*, mean, logVariance, mu0 or logits; loss.* (every term and loss.total, before the step); d* (gradients before clipping; g* those of the encoder’s adversarial phase) and next.*; with a mask, what each rule fills in (completed.*) and its squared error over the hidden part (mmse.*).',
      'Of a pcn, by its system: z* (the states that move), muL, e*, energy [T + 1, L + 1] (the batch mean of F_l, column 0 the prior of z_0), d*, next.*, and forward (supervised) or reconstruction, equilibrium (of a linear network); limit: loss, delta*, bp.d*, zil.d*, fixed.d*, table; recall: noise, masked and their energies; surprise: before, after, softmax, auroc.',
    ],
    async run({ model: path, input, out, steps, how, force, backend }) {
      checkReplaceable('--out', out, 'result', force);
      const start = () => startNumerics(backend);
      const { model, family } = await openModelFile(path, families, start);
      if (!family.trace)
        throw usageError(`--model ${path} is a ${model.title}, which nothing can be traced of.`);
      const { x, mask, file } = await readInput(input, model);
      const traced = family.trace(model, { ...file, x, mask, steps, how });
      const arrays = await naming('--input', input, () => traced);
      await writeWhole('--out', out, writeSafetensors(arrays, { format: 'ngc-trace' }));
    },
  });
