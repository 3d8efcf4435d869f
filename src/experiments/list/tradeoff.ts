import { budgets } from '../budgets.ts';
import type { Budget, Experiment, Row, SettingValue, Training } from '../experiment.ts';
import { BCE, LOG_P, MMSE, SECONDS } from '../quantities.ts';
import { PDH, RAE } from '../rows.ts';

/** Learning from short settling, and reading after long. */
const SHORT: Row = {
  key: 'pdh-10',
  title: 'PDH, learns from 10 steps, read after 20',
  variant: 'gncn-pdh',
  changes: { steps: 10 },
};
const SHORTER: Row = {
  key: 'pdh-8',
  title: 'PDH, learns from 8 steps, read after 20',
  variant: 'gncn-pdh',
  changes: { steps: 8 },
};
const WIDE: Row = {
  key: 'pdh-wide',
  title: 'PDH, limit between hidden layers twice as wide',
  variant: 'gncn-pdh',
  changes: { maxNormAbove: 1 },
};

/** Steps of settling that are fewer than the network is read after. */
const SHORTENED = new Set<SettingValue | undefined>([8, 10]);

/** Images learnt from, at which each is measured. */
const POINTS: Readonly<Record<Budget, readonly number[]>> = {
  quick: [2_500, 7_500],
  standard: [10_000, 40_000, 120_000],
  paper: [58_000, 290_000, 2_900_000],
};

/** The beginning of a training, up to so many images; autoencoders see five times as many, which cost them less. */
function upTo(usual: Training, images: number): Training {
  const most = usual.variant === 'rae' ? 5 * images : images;
  const stages = usual.stages.filter((_, i) => (usual.stages[i - 1]?.images ?? 0) < most);
  const last = stages.at(-1);
  if (!last) return usual;
  return {
    ...usual,
    stages: [...stages.slice(0, -1), { ...last, images: most }],
    ...(SHORTENED.has(stages[0]?.settings['steps']) && { reading: { steps: 20 } }),
    every: Math.min(usual.every, most),
  };
}

/** BCE, log p(x) and M-MSE against compute. */
export const tradeoff: Experiment = {
  id: 'trade-off',
  title: 'BCE, log p(x) and M-MSE against compute',
  question:
    'What is traded for what: does more training buy reconstruction with completion and likelihood, and does settling shorter cost any of them?',
  source: null,
  rows: [RAE, PDH, SHORT, SHORTER, WIDE],
  datasets: ['mnist'],
  measures: () => ['bce', 'logpx', 'mmse'],
  exhibits: () => ['examples', 'samples'],
  drawing: {
    kind: 'tradeoff',
    x: { title: 'training', unit: 's', log: true },
    y: [BCE, LOG_P, MMSE],
  },
  more: [SECONDS],
  notes: [
    'RAE, which takes less time for an image, learns from five times as many images as are said.',
    'Every dot is a training of its own from the same seed, measured at its end. Seconds are of the machine that the results name.',
  ],
  plan: budgets({
    points: (budget) => POINTS[budget],
    train: (usual, { point }) => (point === null ? usual : upTo(usual, point)),
    seeds: { standard: 1 },
  }),
};
