import { record, whole } from '../shared/checks.ts';
import type { Answers } from './answer.ts';
import { checkStopRule } from './learning/stopWatch.ts';

/** Requests about a training as one watches it. */
export const LEARNING_ANSWERS: Answers<'setStop' | 'moments' | 'health'> = {
  setStop: {
    check: record({ rule: checkStopRule }),
    run: ({ stepper, training }, { rule }) =>
      stepper.exclusive(async () => {
        await training.endBy(rule, stepper.kind === 'training');
        return null;
      }),
  },
  moments: {
    check: record({ from: whole(0, 1_000_000) }),
    async run({ datasets, stepper, training }, { from }) {
      await datasets.arrived();
      return stepper.exclusive(() => training.moments(from));
    },
  },
  health: {
    check: record<object>({}),
    async run({ datasets, stepper, training }) {
      await datasets.arrived();
      return stepper.exclusive(() => training.health());
    },
  },
};
