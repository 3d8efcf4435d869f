import type { DataReport, DrawingsReport, StagedReport } from './data.ts';
import type { EpisodeUpdate } from './episode.ts';
import type { ExhibitsResults, SlotReport } from './exhibits.ts';
import type { LabResults, LabRun, LabSnapshot, LookReport } from './lab.ts';
import type { Results } from './messages.ts';
import type { DatasetReport, ModelReport } from './reports.ts';
import type { RunsReport } from './runs.ts';
import type { Is, Shape } from './shapes.ts';
import { buffer, bytes, count, floats, index, list, listOf, nothing, number, object, optional, orNull, shape, text, whole, yesOrNo } from './shapes.ts'; // prettier-ignore
import type { Snapshot } from './snapshot.ts';

/*
 * What every request is answered with, as the page checks it: that the fields it goes by are there, each of its kind, and arrays as long
 * as is said beside them. Whoever answers otherwise is not to be relied on.
 */

const PIXELS = 28 * 28;
const of = <T>(fields: Shape<T>, fits?: (value: T) => boolean) => shape<T>(fields, fits);
const pixels: Is = (value) => value instanceof Float32Array && value.length === PIXELS;

const model = of<ModelReport>({
  ...{ config: object, definition: object, weights: text, title: text, seed: number },
  ...{ imagesSeen: count, updatesHere: count, undoable: count, restorable: yesOrNo },
  ...{ hasPrior: yesOrNo, putAside: orNull(object) },
});
const dataset = of<DatasetReport>({
  ...{ dataset: text, title: text, source: text, trainImages: count, testImages: count },
  ...{ classNames: listOf(text), own: optional(orNull(text)) },
});
const runs = of<RunsReport>({ runs: listOf(object), lasting: yesOrNo, storage: orNull(object) });
const drawings = of<DrawingsReport>({
  ...{ drawings: listOf(object), lasting: yesOrNo, split: object, seed: number, least: count },
  variations: object,
});
const data = of<DataReport>({
  ...{ published: listOf(object), own: listOf(object), drawings: count, leastDrawings: count },
  ...{ lasting: yesOrNo, storage: orNull(object) },
});
const file = of<Results['saveModel']>({ bytes: buffer, name: text });

const episode = of<EpisodeUpdate>({
  ...{ id: count, kind: text, sizes: listOf(count), config: object, weightsVersion: number },
  ...{ steps: count, stepOf: list, conditions: list, inputs: list, from: count, next: count },
  ...{ firstStep: number, frames: floats, masked: yesOrNo, how: text, imagining: orNull(object) },
  ...{ live: yesOrNo, resting: yesOrNo },
});
const snapshot = of<Snapshot>({
  ...{ backend: orNull(object), activity: text, progress: orNull(object) },
  ...{ background: orNull(object), imagining: orNull(object), mapping: orNull(object) },
  ...{ model: orNull(model), dataset: orNull(dataset), missing: list, offer: orNull(object) },
  training: orNull(object),
  history: of<Snapshot['history']>({ run: number, from: count, points: list }),
  ...{ episode: orNull(episode), weightsVersion: number, unsaved: yesOrNo, autosave: object },
  ...{ elsewhere: object, lesions: object, notices: listOf(object) },
});

/** The engine's. */
export const ENGINE_ANSWERS: Shape<Results> = {
  start: of<Results['start']>({ backend: object, settings: listOf(object), variants: listOf(object) }), // prettier-ignore
  ...{ selectModel: model, changeSettings: model, undoUpdates: model, rewind: model },
  ...{ putBack: model, reseed: model },
  openModel: of<Results['openModel']>({ model, run: orNull(object) }),
  ...{ saveModel: file, exportRun: file },
  ...{ runs, renameRun: runs, duplicateRun: runs, removeRun: runs, restoreRun: runs },
  goOn: of<Results['goOn']>({ model, dataset, stop: object }),
  compareRuns: listOf(object),
  settleRun: of<Results['settleRun']>({
    ...{ card: object, config: object, steps: count, pictures: floats, activity: listOf(floats) },
    ...{ active: list, seenBce: list, hiddenBce: orNull(list), discrepancy: list },
  }),
  endRunLooks: nothing,
  ...{ selectDataset: dataset, useImages: dataset, openOwnSet: dataset },
  readPicture: of<Results['readPicture']>({ pixels: orNull(pixels) }),
  example: of<Results['example']>({ pixels, label: index, index: count }),
  ...{ setInput: nothing, liveInput: nothing, settle: nothing, setCompletion: nothing },
  ...{ takeImagining: nothing, setLesions: nothing, settlingStep: nothing },
  ...{ startTraining: nothing, setStop: nothing, pause: nothing, setSpeed: nothing },
  ...{ cancelMap: nothing, cancel: nothing, letImagesGo: nothing, allowMirrors: nothing, ping: nothing }, // prettier-ignore
  imagine: of<Results['imagine']>({
    ...{ seed: number, drawn: count, steps: count, kept: listOf(object), mean: floats },
    ...{ spread: floats, version: number },
  }),
  settleBeside: of<Results['settleBeside']>({
    ...{ version: number, lesions: object, steps: count, pictures: floats, active: list },
    activity: listOf(floats),
  }),
  weightUpdate: of<Results['weightUpdate']>({ version: number, matrices: listOf(object) }),
  moments: of<Results['moments']>({
    ...{ run: number, examples: bytes, neurons: list, from: count, past: listOf(object) },
    now: object,
  }),
  health: of<Results['health']>({
    ...{ version: number, imagesSeen: count, images: count, layers: listOf(object) },
    ...{ matrices: listOf(object), covariances: listOf(object) },
  }),
  sample: of<Results['sample']>(
    { count, pixels: floats, prior: text, component: orNull(count), temperature: number, version: number }, // prettier-ignore
    (samples) => samples.pixels.length === samples.count * PIXELS,
  ),
  prior: of<Results['prior']>({
    ...{ form: orNull(object), is: object, words: text, weights: floats, pictures: floats },
    ...{ came: yesOrNo, version: number },
  }),
  latentMap: of<Results['latentMap']>(
    {
      ...{ placing: object, points: floats, pictures: bytes, indices: whole, labels: orNull(bytes) }, // prettier-ignore
      ...{ classNames: list, dataset: text, testImages: count, version: number, imagesSeen: count },
      network: text,
    },
    ({ points, indices }) => points.length === 2 * indices.length,
  ),
  walk: of<Results['walk']>(
    { pictures: floats, count, version: number },
    (walk) => walk.pictures.length === walk.count * PIXELS,
  ),
  code: of<Results['code']>({ values: floats, picture: pixels, low: number, high: number, version: number }), // prettier-ignore
  decode: of<Results['decode']>({ picture: pixels }),
  nearest: of<Results['nearest']>({ nearest: object, next: object, images: count, dataset: text, classNames: list }), // prettier-ignore
  fields: of<Results['fields']>(
    { layer: count, neurons: count, pixels: count, values: floats, activity: floats, change: floats }, // prettier-ignore
    (fields) => fields.values.length === fields.neurons * fields.pixels,
  ),
  neuron: of<Results['neuron']>({
    ...{ layer: count, index: count, version: number, field: floats, sends: floats },
    ...{ receives: orNull(floats), errorSynapses: orNull(floats), sendsFar: orNull(floats) },
    ...{ receivesFar: orNull(floats), precision: orNull(floats), rivals: orNull(listOf(object)) },
  }),
  synapses: of<Results['synapses']>(
    { name: text, rows: count, columns: count, values: floats, version: number },
    ({ rows, columns, values }) => values.length === rows * columns,
  ),
  surpriseScale: of<Results['surpriseScale']>({
    ...{ look: object, version: number, steering: object, spread: listOf(object), images: count },
    dataset: text,
  }),
  bench: of<Results['bench']>({ results: listOf(object), notes: listOf(text) }),
  pull: snapshot,
  stageImages: of<StagedReport>({
    ...{ staged: count, title: text, count, classes: listOf(object), labelsFrom: orNull(text) },
    ...{ train: count, validation: count, test: count, seed: orNull(number), usual: object },
  }),
  lookAtImages: of<Results['lookAtImages']>({ pixels: bytes, labels: orNull(bytes), blank: count, full: count }), // prettier-ignore
  ...{ drawings, addDrawing: drawings, removeDrawing: drawings, restoreDrawing: drawings },
  ...{ data, keepDataset: data, unkeepDataset: data, removeOwnSet: data, restoreOwnSet: data },
  keepSafe: of<Results['keepSafe']>({ networks: listOf(object), lost: orNull(text) }),
  restore: of<Results['restore']>({ model: orNull(model), updates: orNull(count) }),
};

const run = of<LabRun>({
  ...{ experiment: text, budget: text, cells: listOf(text), done: count, cell: orNull(object) },
  failed: listOf(object),
});

/** The Lab's. */
export const LAB_ANSWERS: Shape<LabResults> = {
  open: of<LabResults['open']>({ place: text, lasting: yesOrNo, results: listOf(object) }),
  ...{ run: nothing, stop: nothing },
  pull: of<LabSnapshot>({ run: orNull(run), results: listOf(object), notices: listOf(text) }),
  remove: of<LabResults['remove']>({ results: count }),
  restore: of<LabResults['restore']>({ results: listOf(object) }),
  model: of<LabResults['model']>({ bytes: buffer }),
  models: of<LabResults['models']>({ models: listOf(object) }),
  look: of<LookReport>({ picture: pixels, how: orNull(text), squaredError: number, milliseconds: number }), // prettier-ignore
  draw: of<LabResults['draw']>(
    { pictures: floats, count },
    (drawn) => drawn.pictures.length === drawn.count * PIXELS,
  ),
};

const slot = of<SlotReport>({
  ...{ slot: count, exhibit: text, standing: text, version: number, frame: orNull(object) },
  says: orNull(text),
});

/** The hall's. */
export const EXHIBITS_ANSWERS: Shape<ExhibitsResults> = {
  ...{ open: nothing, close: nothing, run: nothing, pause: nothing, step: nothing },
  ...{ rewind: nothing, change: nothing, act: nothing },
  pull: of<ExhibitsResults['pull']>({ slots: listOf(slot) }),
};
