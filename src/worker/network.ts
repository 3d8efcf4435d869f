import type { Tensor2D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';

import type { ModelConfig } from '../ngc/config/settings.ts';
import type { DiscrepancyMeasure } from '../ngc/equations/discrepancy.ts';
import { receptiveFields } from '../ngc/fields.ts';
import { gaugeOf } from '../ngc/gauge.ts';
import { NgcImageModel } from '../ngc/imageModel.ts';
import type { Memento } from '../ngc/memento.ts';
import { changesBetween, restore } from '../ngc/memento.ts';
import { Model } from '../ngc/model.ts';
import type { Executor, Running, Update } from '../ngc/settling.ts';
import { generativeSynapses } from '../ngc/wiring.ts';
import type { TrainingRecord } from '../io/modelFile.ts';
import type { FieldsReport, ModelReport, UpdateReport, Weights } from '../protocol/reports.ts';
import type { SafeNetwork } from '../protocol/safe.ts';
import { openModel } from '../models/files.ts';
import type { FloatArray } from '../shared/arrays.ts';
import { NgcError } from '../shared/errors.ts';
import { HandUpdates } from './handUpdates.ts';
import { LatentRing } from './latents.ts';

/** Pixels the page draws and shows: 28 × 28. */
const PIXELS = 784;

/** Where a network's first synapses come from, so that a rewind finds them again. */
type Origin =
  | { readonly kind: 'seed'; readonly seed: number }
  | { readonly kind: 'file'; readonly bytes: ArrayBuffer; readonly name: string };

/** What a weight update by hand did, and sentences about rescues. */
export interface HandUpdate {
  readonly report: UpdateReport;
  readonly warnings: readonly string[];
}

/** A network on the page: a model and what computes for it, where it came from, and what is remembered while it learns. */
export class Network implements Running {
  /** Rises with every change of the synapses. */
  version = 1;
  /** The version that a file of the user's holds; at first there was nothing to save. */
  savedVersion = 1;
  /** The highest version there was: an update taken back leaves room for another one, which is not the same. */
  private newest = 1;
  /** Updates it had made when it came here. */
  updatesBefore: number;
  private readonly handUpdates = new HandUpdates();
  /** Mean activity φ(z_l) of each neuron over the last batch or input, at index l − 1. */
  private activity: readonly Float32Array[];
  readonly latents: LatentRing;
  /** The settings it was made or loaded with. */
  initialConfig: ModelConfig;

  private constructor(
    /** As measures and priors see it. */
    readonly image: NgcImageModel,
    readonly weights: Weights,
    readonly title: string,
    private readonly origin: Origin,
    /** W_1 … W_L as they were at first, for "sorted by change". */
    private readonly initial: readonly Tensor2D[],
    /** A prior that came with the file. */
    readonly filePrior: ReadonlyMap<string, FloatArray> | null,
    /** Where the training of the file stood. */
    readonly training: TrainingRecord | null,
  ) {
    const { model } = image;
    this.initialConfig = model.config;
    this.activity = model.config.sizes.slice(1).map((size) => new Float32Array(size));
    this.latents = new LatentRing(model.config.sizes.at(-1)!);
    this.updatesBefore = model.updates;
  }

  get model(): Model {
    return this.image.model;
  }

  get executor(): Executor {
    return this.image.executor;
  }

  private static remember(model: Model): Tensor2D[] {
    return Array.from({ length: model.layers }, (_, i) => tf.clone(model.W(i + 1)));
  }

  /** A network with fresh synapses from a seed. */
  static async fresh(
    config: ModelConfig,
    seed: number,
    title: string,
    executor: Executor,
  ): Promise<Network> {
    checkPixels(config, 'These settings');
    const model = await Model.create(config, seed);
    const image = new NgcImageModel(model, executor);
    const origin = { kind: 'seed', seed } as const;
    return new Network(image, 'own', title, origin, Network.remember(model), null, null);
  }

  /** A network from the bytes of a model file. */
  static async fromFile(
    bytes: ArrayBuffer,
    name: string,
    weights: Weights,
    title: string,
    executor: Executor,
  ): Promise<Network> {
    const { image, prior, training } = await imageOf(bytes, name, executor);
    const origin = { kind: 'file', bytes, name } as const;
    const initial = Network.remember(image.model);
    return new Network(image, weights, title, origin, initial, prior, training);
  }

  /**
   * A network of the user's from the file of a training that began with fresh synapses: a rewind leads back to those, as if it had
   * never been away.
   */
  static async fromRun(
    bytes: ArrayBuffer,
    name: string,
    title: string,
    executor: Executor,
  ): Promise<Network> {
    const { image, prior, training } = await imageOf(bytes, name, executor);
    const seed = training?.seed ?? 0;
    const first = await Model.create(image.config, seed);
    const initial = Network.remember(first);
    first.dispose();
    const origin = { kind: 'seed', seed } as const;
    return new Network(image, 'own', title, origin, initial, prior, training);
  }

  /**
   * A network that another engine had, from its checkpoint: what it was at first, and what of it a file holds, is as it was there.
   * @param origin the file that its first synapses came from; null: its seed
   */
  static async restored(
    { bytes, title, version, savedVersion, updatesBefore }: Omit<SafeNetwork, 'origin'>,
    weights: Weights,
    origin: SafeNetwork['origin'],
    executor: Executor,
  ): Promise<Network> {
    const network = origin
      ? await Network.fromOrigin(bytes, origin, weights, title, executor)
      : await Network.fromRun(bytes, title, title, executor);
    network.version = network.newest = version;
    network.savedVersion = savedVersion;
    network.updatesBefore = updatesBefore;
    return network;
  }

  /** A network from a later checkpoint of what a file held at first. */
  private static async fromOrigin(
    bytes: ArrayBuffer,
    origin: { readonly name: string; readonly bytes: ArrayBuffer },
    weights: Weights,
    title: string,
    executor: Executor,
  ): Promise<Network> {
    const first = await imageOf(origin.bytes, origin.name, executor);
    const initial = Network.remember(first.image.model);
    const { config } = first.image;
    first.image.dispose();
    const { image, prior, training } = await imageOf(bytes, title, executor);
    const from = { kind: 'file', ...origin } as const;
    const network = new Network(image, weights, title, from, initial, prior, training);
    network.initialConfig = config;
    return network;
  }

  /** The file that its first synapses came from; null: they were drawn from its seed. */
  get firstFile(): { readonly name: string; readonly bytes: ArrayBuffer } | null {
    const { origin } = this;
    return origin.kind === 'file' ? { name: origin.name, bytes: origin.bytes } : null;
  }

  /** Whether its first synapses were drawn from its seed. */
  get fromSeed(): boolean {
    return this.origin.kind === 'seed';
  }

  /** The same network as it was at first: of the same seed, with the settings of now, or of the same file. */
  restart(): Promise<Network> {
    const { origin, title, executor } = this;
    const { config } = this.model;
    return origin.kind === 'seed'
      ? Network.fresh(config, origin.seed, title, executor)
      : Network.fromFile(origin.bytes, origin.name, this.weights, title, executor);
  }

  /** The seed of its first synapses and of its data order. */
  get seed(): number {
    return this.origin.kind === 'seed' ? this.origin.seed : (this.training?.seed ?? 0);
  }

  /** Whether it has learnt from anything. */
  get untrained(): boolean {
    return this.model.imagesSeen === 0 && this.origin.kind === 'seed';
  }

  /** Whether it has changed since it was made or loaded. */
  get hasLearnt(): boolean {
    return this.version > 1;
  }

  /** Whether what it has learnt is lost with the page. */
  get unsaved(): boolean {
    return this.weights === 'own' && this.version !== this.savedVersion;
  }

  report(hasPrior: boolean, putAside: ModelReport['putAside'] = null): ModelReport {
    const { model, weights, title, seed } = this;
    return {
      config: model.config,
      definition: model.definition,
      weights,
      title,
      seed,
      imagesSeen: model.imagesSeen,
      updatesHere: model.updates - this.updatesBefore,
      undoable: this.handUpdates.count,
      restorable: this.handUpdates.any || this.isChanged,
      hasPrior,
      putAside,
    };
  }

  /** What total discrepancy needs of the synapses as they are. */
  gauge(): Promise<DiscrepancyMeasure> {
    return gaugeOf(this.model);
  }

  /** Remembers how active each neuron was, and the top layer's activity of every image, of an update of training. */
  observe(update: Update): void {
    this.latents.push(update.topActivity);
    this.handUpdates.forget();
    this.changed(update);
  }

  /** Puts back what it had learnt at an earlier time, to the last bit. */
  putBack(memento: Memento): void {
    restore(this.model, memento);
    this.handUpdates.forget();
    this.renew();
  }

  private changed({ meanActivity }: Update): void {
    this.activity = meanActivity;
    this.renew();
  }

  /** The synapses are others than they ever were. */
  private renew(): void {
    this.version = ++this.newest;
  }

  /** Makes one update that can be taken back. Returns what it did. */
  async learnByHand(learn: () => Promise<Update>): Promise<HandUpdate> {
    const { model, handUpdates } = this;
    const { parameters } = await handUpdates.before(model, this.version);
    try {
      const update = await learn();
      this.changed(update);
      const matrices = changesBetween(parameters, await model.toArrays());
      return { report: { version: this.version, matrices }, warnings: update.warnings };
    } catch (error) {
      handUpdates.failed();
      throw error;
    }
  }

  /** Whether it is a pretrained network that has learnt here. */
  get isChanged(): boolean {
    return this.weights === 'pretrained' && this.model.updates !== this.updatesBefore;
  }

  /** Whether updates by hand can be taken back. */
  get hasHandUpdates(): boolean {
    return this.handUpdates.any;
  }

  /** Takes the last update made by hand back, or all of them. Throws a usage error where there is none. */
  undoUpdates(all: boolean): void {
    this.version = this.handUpdates.undo(this.model, all);
  }

  /** What the neurons of a layer draw, how active they were, how much their synapses have changed. */
  async fields(layer: number): Promise<FieldsReport> {
    const { model } = this;
    const neurons = model.config.sizes[layer];
    if (layer < 1 || neurons === undefined)
      throw new NgcError('usage', `There is no layer ${layer}; layers are 1 to ${model.layers}.`);
    const fields = receptiveFields(generativeSynapses(model), layer);
    const change = tf.tidy(() =>
      tf.norm(tf.sub(model.W(layer), this.initial[layer - 1]!), 'euclidean', 1),
    );
    const report: FieldsReport = {
      layer,
      neurons,
      pixels: PIXELS,
      values: Float32Array.from(await fields.data()),
      activity: this.activity[layer - 1]!.slice(),
      change: Float32Array.from(await change.data()),
    };
    tf.dispose([fields, change]);
    return report;
  }

  dispose(): void {
    this.image.dispose();
    tf.dispose([...this.initial]);
  }
}

/** The network that a file holds, as measures see it. Throws a file or config error where the page cannot show it. */
async function imageOf(bytes: ArrayBuffer, name: string, executor: Executor) {
  const { model: image, prior, training } = await openModel(bytes, name, executor);
  try {
    if (!(image instanceof NgcImageModel))
      throw new NgcError('file', `${name} holds a ${image.title}, which the page cannot show.`);
    checkPixels(image.config, name);
    return { image, prior, training };
  } catch (error) {
    image.dispose();
    throw error;
  }
}

function checkPixels(config: ModelConfig, what: string): void {
  if (config.sizes[0] !== PIXELS)
    throw new NgcError(
      'config',
      `${what} need ${config.sizes[0]} pixels; the page draws 28 × 28 = ${PIXELS}.`,
    );
}
