import type { Dataset } from '../../data/dataset.ts';
import type { Cell, LabDataset } from '../../experiments/experiment.ts';
import { NgcError, printableText } from '../../shared/errors.ts';
import { loadDataset } from '../datasets.ts';

/**
 * The images of the datasets that cells need; the part of Fashion-MNIST lies where Fashion-MNIST does. The files of MNIST and its
 * relatives are called the same: where several sets are needed, the folder must hold one for each, so that none stands for another.
 */
export function labData(
  folder: string | undefined,
  cells: readonly Cell[],
): (dataset: LabDataset) => Promise<Dataset> {
  const several =
    new Set(cells.flatMap(({ dataset, strangers }) => [dataset, ...strangers])).size > 1;
  return async (dataset) => {
    const data = await loadDataset(dataset === 'fmnist-part' ? 'fmnist' : dataset, folder);
    if (several && folder !== undefined && data.source === folder)
      throw new NgcError(
        'data',
        `Option --data-dir ${printableText(folder)} holds the files of one dataset, and several are needed: give a folder that holds a folder for each (mnist, kmnist …), or choose cells of one with --cells.`,
      );
    return data;
  };
}
