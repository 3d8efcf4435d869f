import { writeSafetensors } from '../../io/safetensors.ts';
import type { Family } from '../../models/family.ts';
import { BARE_SYSTEMS } from '../../models/systems.ts';
import { COMPLETIONS } from '../../ngc/completion.ts';
import type { FloatArray } from '../../shared/arrays.ts';
import { BACKEND_OPTION, startNumerics } from '../backend.ts';
import { defineCommand } from '../command.ts';
import { writeWhole } from '../files.ts';
import { decodeFile, naming, openDecoded, readInput } from '../models.ts';
import { choice, needed, text, usageError, whole } from '../options.ts';
import { checkReplaceable, FORCE_OPTION } from '../replacing.ts';
import { SYSTEM_OPTIONS, systemIn, traceSystem, whatToTrace } from '../systems.ts';

export const trace = (families: readonly Family[]) =>
  defineCommand({
    name: 'trace',
    summary: 'writes down everything that a model does with a batch.',
    options: {
      ...SYSTEM_OPTIONS,
      input: needed(
        text(
          'I',
          'A safetensors file with x [B, J0], perhaps mask [B, J0] (1 = seen); for NGC perhaps start states z1…zL [B, J_l]; for autoencoders perhaps the noise eps or prior [B, J_L], for a DSRN labels [B]; for a pcn y [B, n_L] where it is supervised, perhaps start0… [B, n_l], noise0… [T, B, n_l] and k [K]. Kalman filters and systems: see below.',
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
      'Of a Kalman filter, I holds measurements y [T, K] and O exact.mean, exact.cov, steady (the prior covariance at rest), for each number N of steps pcN (predictive coding, the covariance carried on) and tpcN (held), and dA, dC. --system landscape takes theta [N] and output variances k [M], 0 for backpropagation; --system free-energy takes s [1], and mean and variance of one shape.',
    ],
    async run({ model, system, input, out, steps, how, force, backend }) {
      const what = whatToTrace(model, system);
      checkReplaceable('--out', out, 'result', force);
      const write = (arrays: ReadonlyMap<string, FloatArray>) =>
        writeWhole('--out', out, writeSafetensors(arrays, { format: 'ngc-trace' }));
      if ('system' in what) return write(await traceSystem(BARE_SYSTEMS[what.system], input));
      const decoded = await decodeFile('--model', what.model);
      const filter = await systemIn(decoded);
      if (filter) return write(await traceSystem((read) => filter.trace(read, steps), input));
      const start = () => startNumerics(backend);
      const opened = await openDecoded(decoded, families, start);
      const { trace } = opened.family;
      if (!trace)
        throw usageError(
          `--model ${what.model} is a ${opened.model.title}, which nothing can be traced of.`,
        );
      const { x, mask, file } = await readInput(input, opened.model);
      const traced = trace(opened.model, { ...file, x, mask, steps, how });
      await write(await naming('--input', input, () => traced));
    },
  });
