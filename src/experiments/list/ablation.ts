import { budgets } from '../budgets.ts';
import type { Budget, Experiment, LabDataset, Row, Training } from '../experiment.ts';
import { BCE, BEST_MMSE, ERR, LOG_P, MMSE } from '../quantities.ts';
import { trainingOf } from '../recipes.ts';
import { PDH } from '../rows.ts';

const without = (key: string, what: string, rest: Pick<Row, 'variant' | 'changes'>): Row => ({
  key: `without-${key}`,
  title: `without ${what}`,
  ...rest,
});

/** Whatever is left out, the rest is trained as GNCN-PDH is. */
function asPdh(
  usual: Training,
  { row, dataset, budget }: { row: Row; dataset: LabDataset; budget: Budget },
): Training {
  const whole = trainingOf(
    { ...PDH, ...(row.changes && { changes: row.changes }) },
    dataset,
    usual.seed,
    budget,
  );
  return whole ? { ...whole, variant: usual.variant } : usual;
}

/** What each part of GNCN-PDH contributes. */
export const ablation: Experiment = {
  id: 'ablation',
  title: 'What competition, precision and the auxiliary synapses contribute',
  question: 'Which part of the network does what: what is lost when it is left out from the start?',
  source: null,
  rows: [
    PDH,
    without('competition', 'competition', { variant: 'gncn-pdh', changes: { lateral: 'none' } }),
    without('precision', 'precision', { variant: 'gncn-pdh', changes: { precision: 'none' } }),
    without('auxiliary', 'auxiliary synapses', { variant: 'gncn-t2-lsigma' }),
    without('all', 'all three', {
      variant: 'gncn-t2-lsigma',
      changes: { lateral: 'none', precision: 'none' },
    }),
  ],
  datasets: ['mnist', 'fmnist-part'],
  measures: () => ['bce', 'logpx', 'mmse', 'err', 'sparsity'],
  exhibits: () => ['examples', 'samples'],
  drawing: {
    kind: 'table',
    columns: [BCE, LOG_P, MMSE, BEST_MMSE, ERR],
  },
  notes: [
    'All are trained as GNCN-PDH is, with the same settings and seeds; nothing is tuned to what is left.',
  ],
  plan: budgets({ train: asPdh, seeds: { standard: 1 } }),
};
