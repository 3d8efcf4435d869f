import type { EngineClient } from '../../src/client/client.ts';
import { RequestError } from '../../src/client/client.ts';
import { defaultConfig } from '../../src/ngc/config/parse.ts';
import { SETTINGS } from '../../src/ngc/config/settings.ts';
import { actingSteering } from '../../src/ngc/steering.ts';
import { VARIANT_DEFINITIONS, VARIANTS } from '../../src/ngc/config/variants.ts';
import { frameLayout } from '../../src/protocol/frame.ts';
import type { Condition } from '../../src/protocol/condition.ts';
import { ANSWERS } from '../../src/worker/requests.ts';
import { NO_LESIONS } from '../../src/protocol/condition.ts';
import type { DataReport, DrawingsReport, KeptDrawing, StagedReport } from '../../src/protocol/data.ts'; // prettier-ignore
import type { EpisodeUpdate } from '../../src/protocol/episode.ts';
import type { HealthReport, Moment, StopRule } from '../../src/protocol/learning.ts';
import { EXAMPLES, NO_STOP } from '../../src/protocol/learning.ts';
import type { Request, Results } from '../../src/protocol/messages.ts';
import type { DatasetId, DatasetReport, ModelReport } from '../../src/protocol/reports.ts';
import type { ComparedRun, RunCard } from '../../src/protocol/runs.ts';
import type { RestoredReport, SafeReport } from '../../src/protocol/safe.ts';
import type { Snapshot } from '../../src/protocol/snapshot.ts';
import type { Look, SurpriseSpread } from '../../src/protocol/surprise.ts';

const digits = (dataset: DatasetId): DatasetReport => ({
  ...{ dataset, title: 'Digits', source: 'a test', trainImages: 10, testImages: 10 },
  classNames: ['0', '1'],
});

/** Two images that were opened, as they are told of. */
export const STAGED: StagedReport = {
  ...{ staged: 1, title: 'strip.png', count: 2, classes: [], labelsFrom: null, seed: 1 },
  ...{ train: 1, validation: 0, test: 1 },
  usual: { threshold: null, invert: false, centre: true },
};

const dataReport = (drawings: number): DataReport => ({
  ...{ published: [], own: [], drawings, leastDrawings: 6, lasting: true },
  storage: { used: 5e6, quota: 1e9 },
});

/** A run as it is listed. */
export const runCard = (change: Partial<RunCard> = {}): RunCard => ({
  ...{ id: 'r1', name: 'GNCN-PDH on Digits', variant: 'gncn-pdh', title: 'GNCN-PDH, your network' },
  dataset: { id: 'synthetic', title: 'Digits', images: 9_000 },
  ...{
    seed: 3,
    backend: 'cpu',
    began: '2026-01-01T10:00:00.000Z',
    saved: new Date().toISOString(),
  },
  ...{ seconds: 65, epoch: 1, imagesSeen: 12_400, trainBce: 60.1, validationBce: 58.25 },
  ...{ underway: false, bytes: 5_000_000 },
  ...change,
});

/** A small network, so that frames are short. */
export const SIZES = [784, 4, 4];

const { beta, leak, laplace, lateralInhibition, selfExcitation } = defaultConfig('gncn-pdh');
/** The default settings, nothing cut. */
export const CONDITION: Condition = {
  steering: { beta, leak, laplace, lateralInhibition, selfExcitation },
  lesions: NO_LESIONS,
};

/** A scale of surprise. */
export const SPREAD: SurpriseSpread = { least: 5, p5: 10, p25: 20, p50: 30, p75: 40, p95: 50, most: 60, blank: 1 }; // prettier-ignore

const lookOf = ({ mask, how, lesions, live }: Look): Look => ({ mask, how, lesions, live });

/** Frames whose every number is the frame's index, so that a reader can tell them apart. */
export function episodeUpdate(change: Partial<EpisodeUpdate> & { count: number }): EpisodeUpdate {
  const { count, ...rest } = change;
  const sizes = rest.sizes ?? SIZES;
  const from = rest.from ?? 0;
  const { stride } = frameLayout(sizes);
  const frames = new Float32Array(count * stride);
  for (let i = 0; i < count; i++) frames.fill(from + i, i * stride, (i + 1) * stride);
  return {
    id: 1,
    kind: 'input',
    sizes,
    steps: 5,
    config: { ...defaultConfig('gncn-pdh'), sizes, steps: rest.steps ?? 5 },
    weightsVersion: 1,
    stepOf: Array.from({ length: count }, (_, i) => from + i),
    conditions: Array.from({ length: count }, () => CONDITION),
    inputs: Array.from({ length: count }, () => 1),
    from,
    next: from + count,
    firstStep: 0,
    frames,
    masked: false,
    how: 'silent',
    imagining: null,
    live: false,
    resting: false,
    ...rest,
  };
}

/** A snapshot in which nothing happens. */
export function idleSnapshot(change: Partial<Snapshot> = {}): Snapshot {
  return {
    backend: null,
    activity: 'idle',
    progress: null,
    background: null,
    imagining: null,
    mapping: null,
    model: null,
    dataset: null,
    missing: [],
    offer: null,
    training: null,
    history: { run: 1, from: 0, points: [] },
    episode: null,
    weightsVersion: 0,
    unsaved: false,
    autosave: { card: null, refused: null },
    elsewhere: { runs: 0, data: 0 },
    lesions: NO_LESIONS,
    notices: [],
    ...change,
  };
}

/** A picture of one grey for each of the fixed examples. */
const grey = (value: number) => new Uint8Array(EXAMPLES * 784).fill(value);
/** A moment whose pictures are as grey as its number. */
export const moment = (imagesSeen: number, value = imagesSeen): Moment => ({
  ...{ imagesSeen, reconstructed: grey(value), completed: grey(value) },
  ...{ samples: grey(value), fields: grey(value) },
});

/** An engine that records what it is asked and answers at once with the least that is right. */
export interface FakeEngine extends EngineClient {
  readonly requests: Request[];
  readonly types: () => string[];
  /** The next request of this type fails. */
  refuse(type: Request['type'], message: string, kind?: RequestError['kind']): void;
  /** What the next pulls answer. */
  snapshot: Snapshot;
  /** What its browser keeps. */
  runs: readonly RunCard[];
  /** The run that the next opened file holds. */
  heldRun: RunCard | null;
  compared: readonly ComparedRun[];
  /** When every kept run ends by itself. */
  runStop: StopRule;
  /** The past of its run, and what it can do now. */
  moments: { run: number; past: readonly Moment[]; now: Moment };
  health: HealthReport;
  /** What was drawn and kept. */
  drawings: readonly KeptDrawing[];
  die(sentence: string): void;
  /** Answers the page that waits for what it does not have. */
  hand(report: SafeReport): void;
  /** What it answers where it is asked for all that it has at once, and what it says when it is given some back. */
  safe: SafeReport['networks'];
  restored: RestoredReport;
  pretrained: boolean;
  /** How the page's settings for a new network differ from the defaults. */
  recipe: Partial<ModelReport['config']>;
  imagesSeen: number;
  /** The picture in the next image file; null: it holds several. */
  picture: Float32Array | null;
  /** What its next reports say was put aside. */
  putAside: ModelReport['putAside'];
  /** What the network that is brought back has. */
  broughtBack: { readonly sizes: readonly number[]; readonly seed: number } | null;
}

export function fakeEngine(): FakeEngine {
  const requests: Request[] = [];
  const refused = new Map<string, RequestError>();
  let listener: (sentence: string) => void = () => undefined;
  let waiting: (report: SafeReport) => void = () => undefined;
  let model: ModelReport | null = null;

  const report = (change: Partial<ModelReport>): ModelReport =>
    (model = {
      config: defaultConfig('gncn-pdh'),
      definition: VARIANT_DEFINITIONS['gncn-pdh'],
      weights: 'own',
      title: 'GNCN-PDH',
      seed: 1,
      imagesSeen: 0,
      updatesHere: 0,
      undoable: 0,
      restorable: false,
      hasPrior: false,
      ...model,
      putAside: engine.putAside,
      ...change,
    });

  const drawn = (): DrawingsReport => ({
    drawings: engine.drawings,
    lasting: true,
    split: { train: engine.drawings.length, validation: 0, test: 0 },
    ...{ seed: 1, least: 6, variations: { count: 9, shift: 2, turn: 12 } },
  });

  const kept = () => ({ runs: engine.runs, lasting: true, storage: { used: 5e6, quota: 1e9 } });

  const answer = (request: Request): Results[Request['type']] => {
    switch (request.type) {
      case 'ping':
        return null;
      case 'keepSafe':
        return { networks: engine.safe, lost: null };
      case 'restore':
        return engine.restored;
      case 'start':
        return {
          backend: { name: 'wasm', adapter: 'fake', reason: 'A test.', executor: 'op by op' },
          settings: SETTINGS,
          variants: VARIANTS.map((variant) => ({
            variant,
            title: VARIANT_DEFINITIONS[variant].title,
            summary: VARIANT_DEFINITIONS[variant].summary,
            pretrained: engine.pretrained,
            defaults: { ...defaultConfig(variant), ...engine.recipe },
            paper: defaultConfig(variant),
          })),
        };
      case 'selectModel':
        return report({
          config: { ...defaultConfig(request.variant), ...engine.recipe, ...request.settings },
          definition: VARIANT_DEFINITIONS[request.variant],
          weights: request.weights,
          seed: request.seed,
          imagesSeen: request.weights === 'own' ? engine.imagesSeen : 60_000,
        });
      case 'changeSettings':
        return report({ config: { ...report({}).config, ...request.settings } });
      case 'openModel':
        return { model: report({ title: request.name }), run: engine.heldRun };
      case 'rewind':
        return report({ imagesSeen: 0 });
      case 'putBack':
        return report({
          config: { ...report({}).config, sizes: engine.broughtBack?.sizes ?? SIZES },
          seed: engine.broughtBack?.seed ?? 1,
          imagesSeen: engine.imagesSeen,
          putAside: null,
        });
      case 'reseed':
        return report({ seed: request.seed, weights: 'own', imagesSeen: 0 });
      case 'saveModel':
        return { bytes: new ArrayBuffer(8), name: 'model.safetensors' };
      case 'selectDataset':
        return digits(request.dataset);
      case 'useImages':
        return { ...digits('mnist'), own: request.keep ? 'set-1' : null };
      case 'openOwnSet':
        return { ...digits('mnist'), own: request.id };
      case 'stageImages':
        return STAGED;
      case 'lookAtImages':
        return { pixels: new Uint8Array(2 * 784), labels: null, blank: 2, full: 0 };
      case 'allowMirrors':
      case 'letImagesGo':
        return null;
      case 'drawings':
      case 'restoreDrawing':
        return drawn();
      case 'addDrawing':
        engine.drawings = [
          ...engine.drawings,
          { id: `d${engine.drawings.length}`, label: request.label, pixels: Uint8Array.from(request.pixels, (value) => 255 * value) }, // prettier-ignore
        ];
        return drawn();
      case 'removeDrawing':
        engine.drawings = engine.drawings.filter(({ id }) => id !== request.id);
        return drawn();
      case 'data':
      case 'keepDataset':
      case 'unkeepDataset':
      case 'removeOwnSet':
      case 'restoreOwnSet':
        return dataReport(engine.drawings.length);
      case 'readPicture':
        return { pixels: engine.picture };
      case 'example':
        return { pixels: new Float32Array(784).fill(1), label: 1, index: 0 };
      case 'sample':
        return {
          count: request.count,
          pixels: new Float32Array(request.count * 784),
          prior: 'none',
          component: request.component ?? null,
          temperature: request.temperature ?? 1,
          version: engine.snapshot.weightsVersion,
        };
      case 'prior': {
        const is = request.form ?? { covariance: 'diagonal', components: 3 };
        return {
          form: request.form ?? null,
          ...{ is, words: 'none', came: false, version: engine.snapshot.weightsVersion },
          weights: new Float32Array(is.components).fill(1 / is.components),
          pictures: new Float32Array(is.components * 784),
        };
      }
      case 'latentMap':
        return {
          placing: { kind: 'pca', mean: new Float32Array(4), axes: new Float32Array(8), shares: [0.5, 0.2] }, // prettier-ignore
          points: Float32Array.of(0, 0, 1, 0, 0, 1),
          pictures: new Uint8Array(3 * 784).fill(255),
          indices: Uint32Array.of(2, 5, 9),
          labels: Uint8Array.of(0, 1, 1),
          ...{ classNames: ['0', '1'], dataset: 'Digits', testImages: 10 },
          ...{ version: engine.snapshot.weightsVersion, imagesSeen: 0, network: 'GNCN-PDH' },
        };
      case 'walk':
        return {
          pictures: new Float32Array(request.count * 784),
          count: request.count,
          version: engine.snapshot.weightsVersion,
        };
      case 'code':
        return {
          values: Float32Array.of(0, 2, 1, 0),
          picture: new Float32Array(784),
          ...{ low: 0, high: 3, version: engine.snapshot.weightsVersion },
        };
      case 'decode':
        return { picture: new Float32Array(784).fill(request.values[0] ?? 0) };
      case 'nearest': {
        const match = { index: 4, picture: new Float32Array(784), label: 1, differing: 30 };
        return { nearest: match, next: { ...match, index: 7, differing: 50 }, images: 10, dataset: 'Digits', classNames: ['0', '1'] }; // prettier-ignore
      }
      case 'imagine':
        return {
          seed: request.seed,
          drawn: request.count,
          steps: 1,
          kept: Array.from({ length: request.keep }, (_, i) => ({
            seenNats: -i,
            pictures: new Float32Array(2 * 784),
          })),
          mean: new Float32Array(784),
          spread: new Float32Array(784),
          version: engine.snapshot.weightsVersion,
        };
      case 'fields':
        return {
          layer: request.layer,
          neurons: 4,
          pixels: 784,
          values: new Float32Array(4 * 784),
          activity: new Float32Array(4),
          change: new Float32Array(4),
        };
      case 'neuron':
        return {
          layer: request.layer,
          index: request.index,
          version: engine.snapshot.weightsVersion,
          field: new Float32Array(784),
          sends: new Float32Array(4),
          receives: null,
          errorSynapses: null,
          sendsFar: null,
          receivesFar: null,
          precision: null,
          rivals: null,
        };
      case 'synapses':
        return {
          name: request.name,
          rows: 4,
          columns: 4,
          values: new Float32Array(16),
          version: engine.snapshot.weightsVersion,
        };
      case 'bench':
        return { results: [], notes: ['A test times nothing.'] };
      case 'surpriseScale':
        return {
          look: lookOf(request),
          version: engine.snapshot.weightsVersion,
          steering: actingSteering(report({}).config, { lesions: request.lesions }),
          spread: Array.from({ length: request.steps + 1 }, () => SPREAD),
          images: 200,
          dataset: 'Digits',
        };
      case 'settleBeside':
        return {
          version: engine.snapshot.weightsVersion,
          lesions: request.lesions,
          steps: request.steps,
          pictures: new Float32Array((request.steps + 1) * 784),
          active: Array.from({ length: request.steps + 1 }, () => [1, 1]),
          activity: [1, 2].map(() => new Float32Array((request.steps + 1) * 4).fill(1)),
        };
      case 'weightUpdate': {
        const updatesHere = report({}).updatesHere + 1;
        report({ updatesHere, undoable: updatesHere, restorable: true });
        const version = engine.snapshot.weightsVersion + updatesHere;
        return { version, matrices: [{ name: 'W1', change: 0.5, length: 20 }] };
      }
      case 'runs':
      case 'duplicateRun':
      case 'restoreRun':
        return kept();
      case 'renameRun':
        engine.runs = engine.runs.map((run) => run.id === request.id ? { ...run, name: request.name } : run); // prettier-ignore
        return kept();
      case 'removeRun':
        engine.runs = engine.runs.filter(({ id }) => id !== request.id);
        return kept();
      case 'goOn': {
        const run = engine.runs.find(({ id }) => id === request.id)!;
        return { model: report({ weights: 'own', seed: run.seed, imagesSeen: run.imagesSeen }), dataset: digits(run.dataset.id), stop: engine.runStop }; // prettier-ignore
      }
      case 'compareRuns':
        return engine.compared.filter(({ card }) => request.ids.includes(card.id));
      case 'settleRun': {
        const run = engine.compared.find(({ card }) => card.id === request.id);
        if (!run) throw new RequestError('file', 'This run is not here any more.');
        const { steps, sizes } = run.config;
        const each = <T>(value: T) => Array.from({ length: steps + 1 }, () => value);
        return {
          ...{ card: run.card, config: run.config, steps },
          pictures: new Float32Array((steps + 1) * 784).fill(0.5),
          activity: sizes.slice(1).map((size) => new Float32Array((steps + 1) * size)),
          active: each(sizes.slice(1).map(() => 0.5)),
          seenBce: each(70),
          hiddenBce: request.mask && each(60),
          discrepancy: each(-100),
        };
      }
      case 'exportRun':
        return { bytes: new ArrayBuffer(8), name: `${request.id}.safetensors` };
      case 'undoUpdates': {
        const updatesHere = request.all ? 0 : report({}).updatesHere - 1;
        return report({ updatesHere, undoable: updatesHere, restorable: updatesHere > 0 });
      }
      case 'pull':
        return engine.snapshot;
      case 'setInput':
      case 'liveInput':
      case 'setLesions':
      case 'setCompletion':
      case 'takeImagining':
      case 'settle':
      case 'settlingStep':
      case 'startTraining':
      case 'pause':
      case 'setSpeed':
      case 'cancel':
      case 'setStop':
      case 'endRunLooks':
      case 'cancelMap':
        return null;
      case 'moments':
        return {
          ...{ run: engine.moments.run, from: request.from, examples: grey(255), neurons: [0, 1] },
          ...{ past: engine.moments.past.slice(request.from), now: engine.moments.now },
        };
      case 'health':
        return engine.health;
      default:
        return request satisfies never;
    }
  };

  const engine: FakeEngine = {
    requests,
    types: () =>
      requests.filter(({ type }) => type !== 'pull' && type !== 'keepSafe').map(({ type }) => type),
    refuse: (type, message, kind = 'config') =>
      void refused.set(type, new RequestError(kind, message)),
    snapshot: idleSnapshot(),
    runs: [],
    heldRun: null,
    compared: [],
    runStop: NO_STOP,
    moments: { run: 1, past: [], now: moment(0) },
    health: { version: 1, imagesSeen: 0, images: 100, layers: [], matrices: [], covariances: [] },
    drawings: [],
    pretrained: false,
    recipe: {},
    imagesSeen: 0,
    picture: null,
    putAside: null,
    broughtBack: null,
    safe: [],
    restored: { model: null, updates: null },
    die: (sentence) => listener(sentence),
    hand(report) {
      const hand = waiting;
      waiting = () => undefined;
      hand(report);
    },
    request<R extends Request>(request: R) {
      // What the page sends must pass the worker's door.
      const { type, ...fields } = request;
      ANSWERS[type].check(fields, type);
      requests.push(request);
      const error = refused.get(request.type);
      refused.delete(request.type);
      if (error !== undefined) return Promise.reject(error);
      // Nothing that the page has not: it waits.
      if (request.type === 'keepSafe' && !request.now)
        return new Promise((resolve) => {
          waiting = resolve as typeof waiting;
        });
      // The type of the answer follows from the request's; the switch cannot express that.
      return Promise.resolve(answer(request) as Results[R['type']]);
    },
    onFailure: (next) => void (listener = next),
    close: () => undefined,
  };
  return engine;
}
