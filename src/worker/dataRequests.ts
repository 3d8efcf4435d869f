import { DATASET_IDS, PIXELS } from '../data/dataset.ts';
import type { FiledDatasetId } from '../data/load.ts';
import type { DataRequest, ImageChange } from '../protocol/data.ts';
import type { FieldsOf } from '../protocol/messages.ts';
import { NgcError, printable } from '../shared/errors.ts';
import type { Answers } from './answer.ts';
import type { Check } from '../shared/checks.ts';
import {
  instance,
  intensities,
  list,
  number,
  oneOf,
  optional,
  orNull,
  record,
  text,
  whole,
  yesOrNo,
} from '../shared/checks.ts';
import { dataReport, keepPublished, unkeepPublished } from './data/published.ts';

/* What a person's own data are asked for by: the part of the table of requests that is about them. */

/** So many images a folder may hold. */
const MOST_FILES = 20_000;
const nothing = record<object>({});
const staged = whole(0, Number.MAX_SAFE_INTEGER);
/** What a drawing or a set is called among files. */
const id: Check<string> = (value, what) => {
  const name = text(64)(value, what);
  if (!/^[\w-]+$/.test(name)) throw new NgcError('usage', `${what} names nothing that is kept: ${printable(name)}.`); // prettier-ignore
  return name;
};
/** The published datasets: those that come from files. */
const published: Check<FiledDatasetId> = (value, what) => {
  const named = oneOf(DATASET_IDS)(value, what);
  if (named === 'synthetic') throw new NgcError('usage', `${what}: the synthetic digits are built in.`); // prettier-ignore
  return named;
};
const change = record<ImageChange>({
  threshold: orNull(number(0, 1)),
  invert: yesOrNo,
  centre: yesOrNo,
});

export const DATA_ANSWERS: Answers<DataRequest['type']> = {
  // --- images that are opened, looked at, used
  stageImages: {
    check: record<FieldsOf<'stageImages'>>({
      files: list(instance(File, 'a file'), MOST_FILES),
      folders: optional(list(text(1000), MOST_FILES)),
    }),
    run: ({ staging }, { files, folders = [] }) => staging.stage(files, folders),
  },
  lookAtImages: {
    check: record<FieldsOf<'lookAtImages'>>({ staged, change }),
    run: ({ staging }, fields) => staging.look(fields.staged, fields.change),
  },
  useImages: {
    check: record<FieldsOf<'useImages'>>({ staged, change, keep: yesOrNo }),
    async run(bench, fields) {
      const { staging, ownSets, datasets } = bench;
      const dataset = staging.dataset(fields.staged, fields.change);
      const kept = fields.keep ? await ownSets.keep(dataset) : dataset;
      const report = await bench.changeDataset(() => datasets.take(Promise.resolve(kept)));
      staging.letGo();
      return report;
    },
  },
  letImagesGo: {
    check: nothing,
    run({ staging }) {
      staging.letGo();
      return null;
    },
  },

  // --- drawings
  drawings: { check: nothing, run: ({ drawings }) => drawings.report() },
  addDrawing: {
    check: record<FieldsOf<'addDrawing'>>({ pixels: intensities(PIXELS), label: text(200) }),
    run: ({ drawings }, { pixels, label }) => drawings.add(pixels, label),
  },
  removeDrawing: { check: record({ id }), run: ({ drawings }, fields) => drawings.remove(fields.id) }, // prettier-ignore
  restoreDrawing: { check: nothing, run: ({ drawings }) => drawings.restore() },

  // --- what is kept
  data: { check: nothing, run: (bench) => dataReport(bench) },
  keepDataset: {
    check: record({ dataset: published }),
    run: (bench, { dataset }) => keepPublished(bench, dataset as FiledDatasetId),
  },
  unkeepDataset: {
    check: record({ dataset: published }),
    run: (bench, { dataset }) => unkeepPublished(bench, dataset as FiledDatasetId),
  },
  allowMirrors: {
    check: record({ datasets: list(published, DATASET_IDS.length) }),
    run({ datasets }, fields) {
      datasets.mirrors = fields.datasets as readonly FiledDatasetId[];
      return null;
    },
  },
  openOwnSet: {
    check: record({ id }),
    run: (bench, fields) =>
      bench.changeDataset(() => bench.datasets.take(bench.ownSets.open(fields.id))),
  },
  removeOwnSet: {
    check: record({ id }),
    async run(bench, fields) {
      await bench.ownSets.remove(fields.id);
      return dataReport(bench);
    },
  },
  restoreOwnSet: {
    check: nothing,
    async run(bench) {
      await bench.ownSets.restore();
      return dataReport(bench);
    },
  },
};
