import type { ModelConfig } from './settings.ts';

/** After how many settling steps a batch is learnt from: a number of its own, or that of every other episode. */
export const stepsToLearn = ({ steps, learnSteps }: Pick<ModelConfig, 'steps' | 'learnSteps'>) =>
  learnSteps === 0 ? steps : learnSteps;
