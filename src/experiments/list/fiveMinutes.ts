import { budgets } from '../budgets.ts';
import type { Budget, Experiment, Training } from '../experiment.ts';
import { BCE, MMSE } from '../quantities.ts';
import { GAN_AE, GVAE, PDH, RAE, T1_SIGMA, T2 } from '../rows.ts';

const SECONDS: Readonly<Record<Budget, number>> = { quick: 30, standard: 300, paper: 300 };

/** Trains as long as the clock says, with what its recipe begins with. */
function byTheClock(usual: Training, budget: Budget): Training {
  const [first] = usual.stages;
  const every = budget === 'quick' ? 2_000 : 5_000;
  return {
    ...usual,
    subset: null,
    stages: first ? [{ ...first, images: 10_000_000 }] : [],
    every,
    seconds: SECONDS[budget],
  };
}

/** How far one gets in five minutes. */
export const fiveMinutes: Experiment = {
  id: 'five-minutes',
  title: 'How far one gets in five minutes',
  question:
    'On the machine in front of you, which model reconstructs best after five minutes of training?',
  source: null,
  rows: [RAE, GVAE, GAN_AE, T1_SIGMA, T2, PDH],
  datasets: ['mnist'],
  measures: () => ['bce', 'mmse'],
  exhibits: () => ['examples'],
  drawing: { kind: 'curves', x: 'seconds', y: BCE },
  more: [MMSE],
  notes: [
    'Time is that of training alone, on the machine that the result names; quick gives each model half a minute.',
    'A curve is of the validation images; the numbers under it of the test images.',
  ],
  plan: budgets({
    train: (usual, { budget }) => byTheClock(usual, budget),
    seeds: { standard: 1 },
  }),
};
