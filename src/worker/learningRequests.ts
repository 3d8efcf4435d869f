import type { StopRule } from '../protocol/learning.ts';
import { STOP_RANGES } from '../protocol/learning.ts';
import { number, orNull, record, whole } from '../shared/checks.ts';
import type { Answers } from './answer.ts';

const condition = ({ min, max, integer }: (typeof STOP_RANGES)[keyof StopRule]) =>
  orNull(integer ? whole(min, max) : number(min, max));

/** Requests about a training as one watches it. */
export const LEARNING_ANSWERS: Answers<'setStop' | 'moments' | 'health'> = {
  setStop: {
    check: record({
      rule: record<StopRule>({
        epochs: condition(STOP_RANGES.epochs),
        minutes: condition(STOP_RANGES.minutes),
        bce: condition(STOP_RANGES.bce),
        patience: condition(STOP_RANGES.patience),
      }),
    }),
    run: ({ stepper, training }, { rule }) =>
      stepper.exclusive(() => {
        training.endBy(rule, stepper.kind === 'training');
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
