import { changedSettings, parseConfig } from '../ngc/config/parse.ts';
import type { ModelConfig } from '../ngc/config/settings.ts';
import { SETTINGS } from '../ngc/config/settings.ts';
import { VARIANT_DEFINITIONS, VARIANTS } from '../ngc/config/variants.ts';
import { NgcImageModel } from '../ngc/imageModel.ts';
import { Model } from '../ngc/model.ts';
import { restoreOptimizer } from '../ngc/optimizerState.ts';
import type { Family } from './family.ts';
import { traceNgc } from './ngcTrace.ts';

/** The four models of Ororbia & Kifer 2022. */
export const ngc: Family<ModelConfig, NgcImageModel> = {
  variants: VARIANTS,
  titleOf: (variant) => VARIANT_DEFINITIONS[variant].title,
  settings: SETTINGS,
  parse: parseConfig,
  changed: changedSettings,
  async create(config, seed, executor) {
    return new NgcImageModel(await Model.create(config, seed), executor);
  },
  async open({ config, parameters, optimizer, training }, executor) {
    const model = await Model.fromArrays(config, parameters);
    try {
      if (training) {
        model.imagesSeen = training.imagesSeen;
        if (optimizer) restoreOptimizer(model, optimizer, training.step);
        // Plain gradient ascent without a learnt precision has no state but its count of updates.
        else if (config.optimizer === 'sgd') model.updates = training.step;
      }
      return new NgcImageModel(model, executor);
    } catch (error) {
      model.dispose();
      throw error;
    }
  },
  steer({ model }, config) {
    model.config = config;
  },
  trace: traceNgc,
};
