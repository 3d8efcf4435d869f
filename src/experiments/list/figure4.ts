import { budgets } from '../budgets.ts';
import type { Budget, Experiment, Training } from '../experiment.ts';
import { BCE } from '../quantities.ts';
import { GAN_AE, GVAE, PDH, RAE, T1_SIGMA, T2 } from '../rows.ts';

/** How many images there are to learn from; the paper's shares of MNIST are 2, 10, 20, 50, 75 and 100 %. */
const POINTS: Readonly<Record<Budget, readonly number[]>> = {
  quick: [100, 1_000, 5_000],
  standard: [100, 1_000, 10_000, 58_000],
  paper: [1_160, 5_800, 11_600, 29_000, 43_500, 58_000],
};

/** How many images a training may see at most, in all, where it does not end by itself. */
const MOST: Readonly<Record<Budget, number>> = {
  quick: 7_500,
  standard: 240_000,
  paper: 50 * 58_000,
};

/** A training to convergence: it ends when four looks in a row were no better, and keeps the best. */
function toConvergence(usual: Training, images: number, budget: Budget): Training {
  const [first] = usual.stages;
  const most = MOST[budget];
  const every = Math.min(Math.max(1_000, images / 2), most / 8);
  const stages = first ? [{ ...first, images: most }] : [];
  return { ...usual, subset: images, stages, every: Math.round(every), patience: 4 };
}

/** Figure 4: data efficiency. */
export const figure4: Experiment = {
  id: 'figure-4',
  title: 'Figure 4: learning from few images',
  question: 'How well are unseen images reconstructed after learning from only a few?',
  source: 'Ororbia & Kifer 2022, Figure 4',
  rows: [RAE, GVAE, GAN_AE, T1_SIGMA, T2, PDH],
  datasets: ['mnist'],
  measures: () => ['bce'],
  exhibits: () => ['examples'],
  drawing: {
    kind: 'lines',
    x: { title: 'training images', unit: '', log: true },
    y: BCE,
  },
  notes: [
    'Every training ends when four looks at the validation images in a row were no better, and the best is kept; or at the most images that its budget allows.',
    'The paper prints the figure without its numbers.',
  ],
  plan: budgets({
    points: (budget) => POINTS[budget],
    train: (usual, { point, budget }) =>
      point === null ? usual : toConvergence(usual, point, budget),
    seeds: { standard: 1 },
  }),
};
