import { PIXELS } from '../data/dataset.ts';
import { checkSettings } from '../ngc/config/parse.ts';
import type { ModelConfig } from '../ngc/config/settings.ts';
import { VARIANTS } from '../ngc/config/variants.ts';
import type { CompletionRule, EpisodeKind } from '../protocol/episode.ts';
import { COMPLETIONS } from '../protocol/episode.ts';
import type { FieldsOf, RequestType } from '../protocol/messages.ts';
import type { BackendChoice, DatasetId, Weights } from '../protocol/reports.ts';
import type { Have } from '../protocol/snapshot.ts';
import { DATASETS } from '../protocol/reports.ts';
import type { Lesions, NeuronAddress } from '../protocol/condition.ts';
import { browserHost } from '../runtime/browserHost.ts';
import type { Answers } from './answer.ts';
import { bench } from './benching.ts';
import type { Check } from '../shared/checks.ts';
import {
  flags,
  instance,
  intensities,
  list,
  number,
  oneOf,
  optional,
  orNull,
  plain,
  record,
  text,
  whole,
  yesOrNo,
} from '../shared/checks.ts';
import { address, runId } from './checks.ts';
import { DATA_ANSWERS } from './dataRequests.ts';
import type { Drawing } from './inputEpisode.ts';
import { LEARNING_ANSWERS } from './learningRequests.ts';
import { neuronReport, synapsesReport } from './inspection.ts';
import { RUNS_BESIDE } from './runsBesideRequests.ts';
import { pictureIn } from './images.ts';
import { LATENTS_ANSWERS } from './latentsRequests.ts';
import { SAFE_ANSWERS } from './safeRequests.ts';

const seed = whole(0, Number.MAX_SAFE_INTEGER);
const count = whole(0, Number.MAX_SAFE_INTEGER);
/** The number of an episode or a run; −1: none is held. */
const held = whole(-1, Number.MAX_SAFE_INTEGER);
/** Layers and neurons that could be in some network; whether they are in this one is checked there. */
const layer = whole(0, 16);
const index = whole(0, 16383);
const name = text(1000);
const kind = oneOf<EpisodeKind>(['input', 'training']);
const nothing = record<object>({});
/** A name for people as the name of a file. */
const fileName = (said: string) =>
  said.replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-|-$/g, '') || 'run';

const settings: Check<Partial<ModelConfig>> = (value, what) => checkSettings(plain(value, what));

const drawing = record<Drawing>({
  pixels: intensities(PIXELS),
  mask: orNull(flags(PIXELS)),
  input: count,
});

const lesions = record<Lesions>({
  lateral: yesOrNo,
  precision: yesOrNo,
  errorSynapses: yesOrNo,
  leak: yesOrNo,
  topDown: yesOrNo,
  layers: list(layer, 16),
  units: list(record<NeuronAddress>({ layer, index }), 16 * 16384),
});

/** Every request there is. `pull`, `ping`, `pause`, `setSpeed` and `cancel` wait for nothing; the others take their turn. */
export const ANSWERS: Answers<RequestType> = {
  ...LEARNING_ANSWERS,
  ...SAFE_ANSWERS,

  // --- the numerics, and what the page sees
  start: {
    check: record<FieldsOf<'start'>>({
      backend: oneOf<BackendChoice>(['auto', 'webgpu', 'wasm', 'cpu']),
      base: address,
      alone: optional(yesOrNo),
      expects: optional(oneOf(VARIANTS)),
    }),
    run: (bench, fields) => bench.stepper.exclusive(() => bench.start(fields)),
  },
  pull: {
    check: record({ have: record<Have>({ episode: held, frames: count, run: held, points: count }) }), // prettier-ignore
    run: (bench, { have }) => bench.snapshot(have),
  },
  cancel: {
    check: nothing,
    run({ task, surprise, imaginer }) {
      task.cancel();
      surprise.cancel();
      imaginer.cancel();
      return null;
    },
  },
  bench: {
    check: nothing,
    async run({ stepper, started, task }) {
      await stepper.stop();
      return stepper.exclusive(() => bench(started, browserHost, task));
    },
  },

  // --- the network
  selectModel: {
    check: record<FieldsOf<'selectModel'>>({
      variant: oneOf(VARIANTS),
      weights: oneOf<Weights>(['pretrained', 'own']),
      seed,
      settings: optional(settings),
    }),
    run: (bench, fields) => bench.changeNetwork(() => bench.networks.select(fields)),
  },
  changeSettings: {
    check: record({ settings }),
    run: (bench, fields) => bench.changeSettings(fields.settings),
  },
  openModel: {
    check: record({ bytes: instance(ArrayBuffer, 'the bytes of a file'), name }),
    run: (bench, file) => bench.openModel(file),
  },
  saveModel: {
    check: nothing,
    run: ({ stepper, training, networks }) =>
      stepper.exclusive(async () => {
        await training.drain();
        return networks.save(training.run?.position ?? null);
      }),
  },
  rewind: {
    check: nothing,
    run: (bench) => bench.changeNetwork(() => bench.networks.rewind()),
  },
  putBack: {
    check: nothing,
    run: (bench) => bench.changeNetwork(async () => Promise.resolve(bench.networks.putBack())),
  },
  reseed: {
    check: record({ seed }),
    run: (bench, fields) => bench.changeNetwork(() => bench.networks.reseed(fields.seed)),
  },

  // --- runs that are kept
  runs: { check: nothing, run: ({ runs }) => runs.report() },
  goOn: { check: record({ id: runId }), run: (bench, { id }) => bench.goOn(id) },
  renameRun: {
    check: record({ id: runId, name }),
    async run({ runs, training }, fields) {
      training.rename(await runs.rename(fields.id, fields.name));
      return runs.report();
    },
  },
  duplicateRun: {
    check: record({ id: runId }),
    async run({ runs }, { id }) {
      await runs.duplicate(id);
      return runs.report();
    },
  },
  removeRun: {
    check: record({ id: runId }),
    async run({ runs, training }, { id }) {
      await training.autosaver.settled();
      await runs.remove(id);
      training.disown(id);
      return runs.report();
    },
  },
  restoreRun: {
    check: nothing,
    async run({ runs }) {
      await runs.restore();
      return runs.report();
    },
  },
  compareRuns: {
    check: record({ ids: list(runId, 20) }),
    run: ({ runs }, { ids }) => runs.compare(ids),
  },
  exportRun: {
    check: record({ id: runId }),
    async run({ runs, training }, { id }) {
      await training.autosaver.settled();
      const { bytes, card } = await runs.exported(id);
      return { bytes: bytes.slice().buffer, name: `${fileName(card.name)}.safetensors` };
    },
  },

  ...RUNS_BESIDE,

  // --- the data
  selectDataset: {
    check: record<FieldsOf<'selectDataset'>>({
      dataset: oneOf<DatasetId>(DATASETS),
      vary: optional(yesOrNo),
    }),
    run: (bench, { dataset, vary }) =>
      bench.changeDataset(() => bench.datasets.select(dataset, vary)),
  },
  ...DATA_ANSWERS,
  readPicture: {
    check: record({ file: instance(File, 'a file') }),
    run: async (_, { file }) => ({ pixels: await pictureIn(file) }),
  },
  example: {
    check: record<FieldsOf<'example'>>({ label: optional(whole(0, 255)) }),
    async run({ datasets, stepper }, { label }) {
      await datasets.arrived();
      return stepper.exclusive(() => datasets.example(label));
    },
  },

  // --- the drawing and what runs
  setInput: { check: drawing, run: (bench, fields) => bench.draw(fields) },
  liveInput: { check: drawing, run: (bench, fields) => bench.perceive(fields) },
  settle: { check: nothing, run: (bench) => bench.settle() },
  setCompletion: {
    check: record({ how: oneOf<CompletionRule>(COMPLETIONS) }),
    run: (bench, { how }) => bench.meddle(() => bench.input.complete(how)),
  },
  imagine: {
    check: record<FieldsOf<'imagine'>>({ count: whole(1, 1000), keep: whole(1, 1000), seed }),
    run: ({ imaginer }, fields) => imaginer.imagine(fields),
  },
  takeImagining: {
    check: record({ index: orNull(whole(0, 999)) }),
    run: (bench, { index }) => bench.takeImagining(index),
  },
  setLesions: {
    check: record({ lesions }),
    run: (bench, fields) => bench.meddle(() => bench.input.cut(fields.lesions)),
  },
  settleBeside: {
    check: record({ lesions, steps: whole(0, 10_000) }),
    run: ({ input }, fields) => input.beside(fields),
  },
  settlingStep: {
    check: record({ of: kind }),
    run: (bench, { of }) =>
      bench
        .once(of, {
          input: () => bench.input.singleStep(),
          training: () => bench.training.singleStep(),
        })
        .then(() => null),
  },
  weightUpdate: {
    check: record({ of: kind }),
    run: (bench, { of }) =>
      bench.once(of, {
        input: () => bench.input.weightUpdate(),
        training: () => bench.training.weightUpdate(),
      }),
  },
  undoUpdates: {
    check: record({ all: yesOrNo }),
    run: (bench, { all }) => bench.undoUpdates(all),
  },
  startTraining: { check: nothing, run: (bench) => bench.train() },
  pause: {
    check: nothing,
    async run({ stepper }) {
      await stepper.pause();
      return null;
    },
  },
  setSpeed: {
    check: record({ stepsPerSecond: orNull(number(0.01, 1e6)) }),
    run({ pace }, { stepsPerSecond }) {
      pace.perSecond = stepsPerSecond;
      pace.interrupt();
      return null;
    },
  },

  // --- what the network knows
  ...LATENTS_ANSWERS,
  fields: {
    check: record({ layer }),
    run: ({ stepper, networks }, fields) =>
      stepper.exclusive(() => networks.current.fields(fields.layer)),
  },
  neuron: {
    check: record<NeuronAddress>({ layer, index }),
    run: ({ stepper, networks }, fields) =>
      stepper.exclusive(() => neuronReport(networks.current, fields.layer, fields.index)),
  },
  synapses: {
    check: record({ name }),
    run: ({ stepper, networks }, fields) =>
      stepper.exclusive(() => synapsesReport(networks.current, fields.name)),
  },
  surpriseScale: {
    check: record<FieldsOf<'surpriseScale'>>({
      mask: orNull(flags(PIXELS)),
      how: oneOf(COMPLETIONS),
      lesions,
      live: yesOrNo,
      steps: whole(0, 100_000),
    }),
    run: ({ surprise }, question) => surprise.scale(question),
  },
};
