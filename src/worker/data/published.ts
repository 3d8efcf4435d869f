import { CATALOGUE } from '../../data/catalogue.ts';
import { DATASET_IDS } from '../../data/dataset.ts';
import type { FiledDatasetId } from '../../data/load.ts';
import { mirrorOf } from '../../data/mirrors.ts';
import type { Kept } from '../../data/keeping.ts';
import { deleteKept, keepDataset, keptOf } from '../../data/keeping.ts';
import type { DataReport, PublishedSet } from '../../protocol/data.ts';
import { NgcError } from '../../shared/errors.ts';
import { storageRoom } from '../../storage/room.ts';
import type { DatasetShelf } from '../datasets.ts';
import type { Task } from '../progress.ts';
import type { DrawingShelf } from './drawingShelf.ts';
import { LEAST_DRAWINGS } from './drawingShelf.ts';
import type { OwnSets } from './ownSets.ts';

/** What of the workbench is needed to tell of data. */
interface DataBench {
  readonly task: Task;
  readonly datasets: DatasetShelf;
  readonly drawings: DrawingShelf;
  readonly ownSets: OwnSets;
}

const BUILT_IN: Kept = { bytes: 0, part: 0, reachable: true };

/** Every dataset there is, and what this browser keeps. */
export async function dataReport({ datasets, drawings, ownSets }: DataBench): Promise<DataReport> {
  const published = DATASET_IDS.map(async (dataset): Promise<PublishedSet> => {
    const { title, licence, home, size, images, classes } = CATALOGUE[dataset];
    const kept = dataset === 'synthetic' ? BUILT_IN : await keptOf(datasets.io, dataset);
    const { bytes, part, reachable } = kept;
    const mirror = dataset === 'synthetic' ? null : (mirrorOf(dataset)?.host ?? null);
    return { dataset, title, licence, home, size, images, classes, kept: bytes, part, reachable, mirror }; // prettier-ignore
  });
  return {
    published: await Promise.all(published),
    own: await ownSets.report(),
    drawings: await drawings.count(),
    leastDrawings: LEAST_DRAWINGS,
    lasting: await drawings.lasts(),
    storage: await storageRoom(),
  };
}

/** Fetches a dataset and keeps it, with progress. */
export async function keepPublished(bench: DataBench, id: FiledDatasetId): Promise<DataReport> {
  const { task, datasets } = bench;
  const label = `Getting ${CATALOGUE[id].title}`;
  const dataset = await task.run('loading', label, (signal) =>
    keepDataset(datasets.io, id, {
      signal,
      onProgress: ({ fraction }) => task.report(label, fraction),
    }),
  );
  datasets.tell(dataset);
  await datasets.lookAgain(id);
  return dataReport(bench);
}

/** Deletes what this browser keeps of a dataset. */
export async function unkeepPublished(bench: DataBench, id: FiledDatasetId): Promise<DataReport> {
  try {
    await deleteKept(bench.datasets.io, id);
  } catch {
    throw new NgcError('data', `${CATALOGUE[id].title} could not be deleted: this browser does not let the page.`); // prettier-ignore
  }
  await bench.datasets.lookAgain(id);
  return dataReport(bench);
}
