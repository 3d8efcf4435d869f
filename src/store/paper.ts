import type { DatasetId } from '../protocol/reports.ts';
import type { Variant } from './urlState.ts';

/*
 * Table 3 of Ororbia & Kifer 2022: the mean share of neurons with z > 1e-6 in layers 1, 2, 3, over all training images.
 */

type Shares = readonly [number, number, number];
type Measured = Exclude<Variant, 'gncn-t1'>;
type MeasuredData = Exclude<DatasetId, 'synthetic' | 'drawings'>;

/** The models that the table compares. */
const TABLE_MODELS = ['gncn-t1-sigma', 'gncn-t2-lsigma', 'gncn-pdh'] as const;

const TABLE_3: Record<MeasuredData, Record<Measured, Shares>> = {
  mnist: {
    'gncn-t1-sigma': [0.74, 0.6, 0.63],
    'gncn-t2-lsigma': [0.21, 0.18, 0.16],
    'gncn-pdh': [0.22, 0.21, 0.19],
  },
  kmnist: {
    'gncn-t1-sigma': [0.35, 0.5, 0.67],
    'gncn-t2-lsigma': [0.24, 0.21, 0.18],
    'gncn-pdh': [0.26, 0.24, 0.21],
  },
  fmnist: {
    'gncn-t1-sigma': [0.41, 0.44, 0.68],
    'gncn-t2-lsigma': [0.21, 0.2, 0.18],
    'gncn-pdh': [0.24, 0.22, 0.2],
  },
  caltech101: {
    'gncn-t1-sigma': [0.5, 0.68, 0.69],
    'gncn-t2-lsigma': [0.21, 0.19, 0.17],
    'gncn-pdh': [0.25, 0.23, 0.2],
  },
};

export interface PaperSparsity {
  /** Of which data the numbers are: those asked for, or MNIST where the paper has none. */
  readonly dataset: MeasuredData;
  readonly rows: readonly { readonly model: Measured; readonly shares: Shares }[];
}

/** What the paper measured on a dataset. */
export function paperSparsity(dataset: DatasetId): PaperSparsity {
  const known = dataset === 'synthetic' || dataset === 'drawings' ? 'mnist' : dataset;
  const rows = TABLE_MODELS.map((model) => ({ model, shares: TABLE_3[known][model] }));
  return { dataset: known, rows };
}
