import { generative } from '../../engine/model.ts';
import { mixtureToTensors } from '../../engine/prior/store.ts';
import { COMPONENTS } from '../../experiments/extent.ts';
import {
  COVARIANCES,
  describePrior,
  fitPrior,
  LATENTS,
  trainingLatents,
} from '../../lab/priors.ts';
import type { Family } from '../../models/family.ts';
import { saveModel } from '../../models/files.ts';
import { grouped } from '../../shared/grouped.ts';
import { BACKEND_OPTION, startNumerics } from '../backend.ts';
import { defineCommand } from '../command.ts';
import { checkPixels, heldOutOf, loadDataset, NEEDED_DATA_OPTIONS } from '../datasets.ts';
import { writeWhole } from '../files.ts';
import { checkReplaceable, FORCE_OPTION } from '../replacing.ts';
import { MODEL_OPTION, openModelFile } from '../models.ts';
import { choice, decimal, flag, needed, text, whole, withDefault } from '../options.ts';
import { Progress } from '../progress.ts';
import { listenForStop } from '../signals.ts';
import { terminalWork } from '../work.ts';

/** Factors a Gaussian: at 360 neurons, a tenth of the full form's numbers. */
const RANK = 20;

export const prior = (families: readonly Family[]) =>
  defineCommand({
    name: 'prior',
    summary: 'fits the Gaussian mixture that a model draws its samples from.',
    options: {
      ...MODEL_OPTION,
      ...NEEDED_DATA_OPTIONS,
      limit: withDefault(
        whole(
          'N',
          `Training images to settle, drawn evenly over the classes; default ${LATENTS}.`,
          1,
        ),
        LATENTS,
      ),
      'hold-out': flag(
        'Settles none of the images that choices are made on ("train --hold-out" leaves them out).',
      ),
      components: withDefault(
        whole('K', `Gaussians; default ${COMPONENTS}.`, 1, 10_000),
        COMPONENTS,
      ),
      covariance: withDefault(
        choice(
          'FORM',
          'Their covariances: full (default), diagonal (quick and small), or factor (fitted in full, kept as a few factors and a diagonal each, in a tenth of the file).',
          COVARIANCES,
        ),
        'full',
      ),
      rank: withDefault(
        whole('R', `Factors a Gaussian for the factor form; default ${RANK}.`, 1, 1000),
        RANK,
      ),
      shrinkage: decimal(
        'X',
        'How far full covariances are moved towards their diagonals, 0 (not at all) to 1; default 0.',
        0,
        1,
      ),
      iterations: whole(
        'N',
        'The most iterations of expectation–maximisation; default 30.',
        1,
        1000,
      ),
      seed: withDefault(
        whole('S', 'Seed of the choice of images and of the fit; default 1.', 0, 2 ** 32 - 1),
        1,
      ),
      out: needed(text('M2', 'Where to write the model with its prior; may be M itself.')),
      f16: flag('Writes the file in half precision.'),
      ...FORCE_OPTION,
      ...BACKEND_OPTION,
    },
    notes: ['75 full covariances over 360 neurons make a file of 19 MB; --f16 halves it.'],
    async run(values) {
      const {
        model: path,
        out,
        dataset,
        limit,
        components,
        covariance,
        rank,
        seed,
        f16,
        force,
      } = values;
      const { shrinkage, iterations } = values;
      checkReplaceable('--out', out, 'model', force);
      const start = () => startNumerics(values.backend);
      const { training, card, ...opened } = await openModelFile(path, families, start);
      const model = generative(opened.model, 'draw from a prior over a code');
      checkPixels(model);
      const all = await loadDataset(dataset, values['data-dir']);
      const data = values['hold-out'] ? heldOutOf(all) : all;
      const progress = new Progress();
      const work = terminalWork(progress, listenForStop());
      const { latents } = await trainingLatents(model, data.train, limit, seed, work, 'prior');
      const fit = await fitPrior(
        latents,
        { components, covariance, rank, shrinkage, iterations, seed },
        work,
      );
      progress.clear();
      const { mixture, logLikelihoods, converged, collapses } = fit;
      const about = `${describePrior(mixture)}, fitted to ${grouped(latents.shape[0]!)} images of ${data.title}`;
      const bytes = await saveModel(model, {
        prior: mixtureToTensors(mixture),
        training,
        f16,
        card: { ...card, prior: about },
      });
      await writeWhole('--out', out, bytes);
      const ended = converged ? 'converged' : 'stopped at the most iterations';
      progress.note(
        `${about[0]!.toUpperCase()}${about.slice(1)}: ${logLikelihoods.at(-1)!.toFixed(2)} nats a latent, ${ended} after ${logLikelihoods.length} iterations.`,
      );
      if (collapses.length > 0)
        progress.note(
          `${collapses.length} times a Gaussian lost its images and was replaced or dropped.`,
        );
      progress.note(`Wrote ${out}.`);
    },
  });
