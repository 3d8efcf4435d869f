import { GaussianMixture } from '../mixtures/model.ts';
import type { MixtureSettings } from '../mixtures/settings.ts';
import { changedSettings, parseSettings, SETTINGS } from '../mixtures/settings.ts';
import type { Family } from './family.ts';

/** The Gaussian mixture on pixels, the paper's "GMM". */
export const mixtures: Family<MixtureSettings, GaussianMixture> = {
  variants: ['gmm'],
  titleOf: () => 'Gaussian mixture',
  settings: SETTINGS,
  parse: parseSettings,
  changed: changedSettings,
  create: (config, seed) => Promise.resolve(new GaussianMixture(config, seed)),
  async open({ config, parameters, training }) {
    const model = GaussianMixture.fromArrays(config, training?.seed ?? 1, parameters);
    if (training) ({ imagesSeen: model.imagesSeen, step: model.updates } = training);
    return Promise.resolve(model);
  },
  steer(model, config) {
    model.config = config;
  },
};
