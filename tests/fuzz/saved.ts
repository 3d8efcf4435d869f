import { parseSettings } from '../../src/cli/settings.ts';
import { mixtureFromTensors } from '../../src/engine/prior/store.ts';
import type { ModelFile } from '../../src/io/modelFile.ts';
import { decodeModel, encodeModel } from '../../src/io/modelFile.ts';
import type { SafetensorsFile } from '../../src/io/safetensors.ts';
import { parseSafetensors, writeSafetensors } from '../../src/io/safetensors.ts';
import { parseResult, parseResultFile } from '../../src/lab/resultFiles.ts';
import { FAMILIES } from '../../src/models/families.ts';
import { bringToLife, readModel } from '../../src/models/files.ts';
import { SETTINGS } from '../../src/ngc/config/settings.ts';
import { opByOp } from '../../src/ngc/opByOp.ts';
import { NgcError } from '../../src/shared/errors.ts';
import type { Rng } from '../../src/shared/rng.ts';
import { readHash, readSettings, writeHash, DEFAULT_SETUP } from '../../src/store/urlState.ts';
import { decodeSet, encodeSet } from '../../src/worker/data/ownSets.ts';
import { readPast, writePast } from '../../src/worker/learning/past.ts';
import type { RunRecord } from '../../src/worker/runs/record.ts';
import { readRecord, writeRecord } from '../../src/worker/runs/record.ts';
import { somePixels } from '../data/files.ts';
import { cellResult } from '../helpers/labResults.ts';
import { rawFile } from '../io/files.ts';
import type { Target } from './harness.ts';
import { base64, faultOf, target } from './harness.ts';
import { pick, spoiltBytes, spoiltText, spoiltValue } from './mutate.ts';

/* What this program saves, and what it is told in words: spoilt. */

const right = (is: boolean, what: string) => {
  if (!is) throw new Error(what);
};
/** Tensors compare by their numbers. */
const plain = (value: unknown): string =>
  JSON.stringify(value, (_, inner: unknown) =>
    inner instanceof Map ? [...inner] : inner instanceof Float32Array ? [...inner] : inner,
  );
const same = (a: unknown, b: unknown, what: string) =>
  right(plain(a) === plain(b), `${what} is another when written and read again`);

const array = (...shape: number[]) => ({
  shape,
  data: new Float32Array(shape.reduce((a, b) => a * b, 1)).fill(0.25),
});
const MODEL: ModelFile = {
  config: { variant: 'gncn-t1', sizes: [4, 3, 2], batch: 2 },
  parameters: new Map([
    ['W1', array(3, 4)],
    ['W2', array(2, 3)],
  ]),
  prior: new Map([
    ['weights', array(4)],
    ['means', array(4, 2)],
    ['deviations', array(4, 2)],
  ]),
  optimizer: null,
  training: { step: 1, epoch: 0, offset: 2, imagesSeen: 2, seed: 1, rng: [1, 2, 3, 4, null] },
  card: { name: 'a', trained: 'by a test' },
};
const GAN = { variant: 'gmm', sizes: [4, 2], components: 2 };
const FILES = [encodeModel(MODEL), encodeModel({ ...MODEL, training: null, prior: null })];

/** The header of a file as a value, and its data. */
function headerOf(bytes: Uint8Array): { header: unknown; data: number[] } {
  const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true);
  const text = new TextDecoder().decode(bytes.subarray(8, 8 + length));
  return { header: JSON.parse(text), data: [...bytes.subarray(8 + length)] };
}

/** A model file of which the header, or what a text of its metadata says, is spoilt as a value: it stays JSON. */
function spoiltHeader(rng: Rng): Uint8Array {
  const { header, data } = headerOf(pick(rng, FILES));
  const meta = (header as { __metadata__: Record<string, string> }).__metadata__;
  const which = rng.uniform();
  if (which < 0.4) {
    const config = pick(rng, [JSON.parse(meta['config']!) as object, GAN, { variant: 'rae' }]);
    meta['config'] = jsonOf(spoiltValue(config, rng));
  } else if (which < 0.6) {
    const key = pick(rng, Object.keys(meta));
    meta[key] = spoiltText([meta[key]!], rng);
  }
  const said = which < 0.6 ? header : spoiltValue(header, rng);
  return rawFile(jsonOf(said), data);
}

/** JSON of anything; what JSON has not is left out. */
const jsonOf = (value: unknown): string => {
  try {
    return JSON.stringify(value) ?? '';
  } catch {
    return '';
  }
};

const RECORD: RunRecord = {
  card: {
    ...{ id: 'a', name: 'a run', variant: 'gncn-pdh', title: 'GNCN-PDH', seed: 1, backend: 'wasm' },
    dataset: { id: 'mnist', title: 'MNIST', images: 100 },
    ...{ began: '2026-01-01T00:00:00.000Z', saved: '2026-01-01T00:00:01.000Z', seconds: 1 },
    ...{ epoch: 0, imagesSeen: 10, trainBce: 90, validationBce: null, underway: true },
  },
  ...{ fromSeed: true, from: 0, updates: 1, last: { bce: 1, sparsity: [0.5] } },
  measured: { at: 1, updates: 1, images: 10, bce: 1, sparsity: [0.1], discrepancy: -1, mmse: null },
  history: [
    { imagesSeen: 10, trainBce: 90, validationBce: null, sparsity: [0.1], discrepancy: null, mmse: null, weightChanges: [0.1], changes: [{ key: 'beta', value: 0.1 }] }, // prettier-ignore
  ],
  ending: {
    rule: { epochs: 3, minutes: null, bce: 60, patience: 2 },
    count: { epoch: 1, ofEpoch: 0.5, trained: 2000, best: 80, noBetter: 1, measured: 10 },
  },
};
const picture = somePixels(1);
const PAST = writePast([
  { imagesSeen: 1, reconstructed: picture, completed: picture, samples: picture, fields: picture },
]);
const split = (count: number) => ({ count, pixels: somePixels(count), labels: new Uint8Array(count) }); // prettier-ignore
const SET = encodeSet({
  ...{ id: 'mnist', title: 'a', width: 28, height: 28, classNames: ['0'], source: '', notices: [] },
  ...{ train: split(2), test: split(1) },
});
const RESULT = cellResult();
const RESULTS = { format: 'ngc-lab', version: 1, experiment: 'table-1', results: [RESULT] };

/** A text of JSON whose value, or itself, is spoilt. */
const spoiltJson = (value: unknown, rng: Rng): string =>
  rng.uniform() < 0.6 ? jsonOf(spoiltValue(value, rng)) : spoiltText([JSON.stringify(value)], rng);

const HASHES = [
  '#model=gncn-pdh&weights=own&seed=3&dataset=mnist&mode=train&speed=full&stop=epochs:3,bce:60',
  '#mode=lab&experiment=table-1&budget=quick&theme=dark&density=numbers&panel=train',
  '#drawing=nine&mask=random.AAAA&lesions=lateral,layer1,neuron1.57&pin=1.57&stage=contests1&live=on&side=lesions',
  '#beta=0.2&sizes=784,36,36&groups=12,12&optimizer=sgd&normAxis=1&steps=20&bench',
];
const SETS = ['beta=0.1', 'sizes=784,36,36', 'sizes=[784,36]', 'optimizer=adam', 'normAxis=1', 'steps=20', 'groups=12,12', 'variant=rae', 'noise=0.1']; // prettier-ignore

export const SAVED: readonly Target[] = [
  target<Uint8Array>({
    name: 'tensors',
    make: (rng) => (rng.uniform() < 0.6 ? spoiltBytes(FILES, rng) : spoiltHeader(rng)),
    read(bytes) {
      const file: SafetensorsFile = parseSafetensors(bytes, 'f');
      const again = parseSafetensors(writeSafetensors(file.tensors, file.metadata), 'f');
      same([file.metadata, ...file.tensors], [again.metadata, ...again.tensors], 'the file');
    },
    show: base64,
    share: 2,
  }),
  target<Uint8Array>({
    name: 'models',
    make: spoiltHeader,
    async read(bytes) {
      const file = decodeModel(bytes, 'f');
      // A file whose digest is gone is read, and gets one when it is written.
      same({ ...file, sealed: true }, decodeModel(encodeModel(file), 'f'), 'the model');
      if (file.prior) mixtureFromTensors(file.prior);
      const { model } = await bringToLife(readModel(file), opByOp);
      model.dispose();
    },
    show: base64,
    share: 3,
  }),
  target<string>({
    name: 'records of runs',
    make: (rng) => spoiltJson(JSON.parse(writeRecord(RECORD)), rng),
    read(text) {
      const record = readRecord(text, 'f');
      same(record, readRecord(writeRecord(record), 'f'), 'the record');
    },
    show: JSON.stringify,
    share: 2,
  }),
  target<string>({
    name: 'pasts of runs',
    make: (rng) => spoiltJson(JSON.parse(PAST), rng),
    read(text) {
      const past = readPast(text, 'f');
      same(past, readPast(writePast(past), 'f'), 'the past');
    },
    show: JSON.stringify,
  }),
  target<Uint8Array>({
    name: 'kept images',
    make: (rng) => spoiltBytes([SET], rng),
    read(bytes) {
      const { train, test } = decodeSet(bytes, 'a');
      right(train.pixels.length === 784 * train.count && test.pixels.length === 784 * test.count, 'other counts'); // prettier-ignore
    },
    show: base64,
  }),
  target<string>({
    name: 'results of the Lab',
    make: (rng) => spoiltJson(rng.uniform() < 0.5 ? RESULTS : RESULT, rng),
    read(text) {
      const bytes = new TextEncoder().encode(text);
      return text.includes('ngc-lab"')
        ? parseResultFile(bytes, 'f\u001b[2J')
        : parseResult(bytes, 'f\u202e');
    },
    show: JSON.stringify,
  }),
  target<string>({
    name: 'addresses',
    make: (rng) => spoiltText(HASHES, rng),
    read(text) {
      const { setUp, rest, refused } = readHash(text);
      const settings = readSettings(rest, SETTINGS);
      for (const { asked, sentence } of [...refused, ...settings.refused]) {
        right(asked.length <= 110, `long: ${asked}`);
        const error = new NgcError('usage', sentence);
        tell(error);
      }
      const written = writeHash({ ...DEFAULT_SETUP, ...setUp }, settings.overrides);
      const again = readHash(written);
      for (const key of Object.keys(setUp) as (keyof typeof setUp)[])
        same({ ...DEFAULT_SETUP, ...again.setUp }[key], setUp[key], key);
      same(readSettings(again.rest, SETTINGS).overrides, settings.overrides, 'a setting');
    },
    show: JSON.stringify,
    share: 2,
  }),
  target<string[]>({
    name: '--set',
    make: (rng) => Array.from({ length: 1 + rng.below(3) }, () => spoiltText(SETS, rng)),
    read(texts) {
      for (const family of FAMILIES)
        try {
          parseSettings(texts, family);
        } catch (error) {
          tell(error);
        }
    },
    show: JSON.stringify,
  }),
];

/** Throws what is wrong with a refusal that was caught. */
function tell(error: unknown): void {
  const fault = faultOf(error);
  if (fault !== null) throw new Error(fault);
}
