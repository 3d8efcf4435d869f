import type { Tensor2D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';

import { lateralMatrix } from '../ngc/equations/lateral.ts';
import type { Model } from '../ngc/model.ts';
import type { ModelConfig } from '../ngc/config/settings.ts';
import type { Parameter } from '../ngc/parameters.ts';
import { lateralsOf, precisionsOf } from '../ngc/parameters.ts';
import { momentNames } from '../ngc/synapses.ts';
import type { Factor, Packed } from './factors.ts';
import { feedbackOf, keyOf, pack, panelBytes, shapeOf } from './factors.ts';
import type { Heap, Matrix } from './heap.ts';
import type { LaidNetwork, Layout } from './laid.ts';

/**
 * A network's synapses in a heap: row by row, and packed for the products of settling. The model's store stays where the newest
 * are; what is here is a copy, renewed where a tensor of the store is another.
 */
export class OwnNetwork implements LaidNetwork {
  private readonly matrices = new Map<string, Matrix>();
  private readonly packings = new Map<string, Packed>();
  /** Those of them whose matrix has been written since. */
  private readonly stale = new Set<string>();
  /** What each matrix is a copy of: the id of a tensor, or the settings that it follows from. */
  private readonly held = new Map<string, number | string>();

  private staging = new Float32Array(0);

  constructor(
    readonly heap: Heap,
    readonly model: Model,
  ) {}

  get config(): ModelConfig {
    return this.model.config;
  }

  /** Where everything lies: what another thread needs to work on it, beside the memory. */
  get layout(): Layout {
    const { config, matrices, packings } = this;
    return { config, matrices: [...matrices], packings: [...packings] };
  }

  /** Has the newest of what settling reads, packed where more rows than one meet it. Throws a RangeError where it does not fit. */
  async prepare(rows: number): Promise<void> {
    const { definition, layers } = this.model;
    const names = await this.renew();
    if (rows === 1) return;
    for (const name of names) this.packed({ name, transposed: false });
    if (definition.feedback === 'transpose')
      for (let l = 1; l <= layers; l++) this.packed(feedbackOf(this.config, l));
  }

  /** Has the newest of what learning reads; moments that there are none of are zero. */
  async prepareLearning(): Promise<void> {
    const { config, parameters } = this.model;
    await this.renew();
    const sigmas = parameters.filter(({ family }) => family === 'Sigma');
    await this.hold(sigmas.map(({ name }) => name));
    if (config.optimizer !== 'adam') return;
    for (const parameter of parameters)
      if (parameter.family !== 'Sigma') await this.holdMoments(parameter);
  }

  /** A matrix row by row. */
  matrix(name: string): Matrix {
    const matrix = this.matrices.get(name);
    if (!matrix) throw new Error(`no matrix ${name} in the heap`);
    return matrix;
  }

  /** A factor, packed as it is now. Throws a RangeError where it does not fit. */
  packed(factor: Factor): Packed {
    const key = keyOf(factor);
    const known = this.packings.get(key);
    if (known && !this.stale.has(key)) return known;
    const matrix = this.matrix(factor.name);
    const place = known?.at ?? this.heap.take(panelBytes(...shapeOf(matrix, factor)));
    const packed = pack(this.heap, matrix, factor, place);
    this.packings.set(key, packed);
    this.stale.delete(key);
    return packed;
  }

  /** Says that a matrix is another now: what was packed of it is old. */
  changed(name: string): void {
    for (const transposed of [false, true]) this.stale.add(keyOf({ name, transposed }));
  }

  /** Tells the store what was learnt here. */
  publish(names: readonly string[]): void {
    const { synapses } = this.model;
    // TensorFlow.js's WASM copies what it is given, into its own memory; other backends keep it.
    const copied = tf.getBackend() === 'wasm';
    for (const name of names) {
      const matrix = this.matrix(name);
      const { rows, cols } = matrix;
      const values = copied ? this.heap.readInto(this.staged(rows * cols), matrix) : this.heap.read(matrix); // prettier-ignore
      const tensor: Tensor2D = tf.tensor2d(values, [rows, cols]);
      synapses.set(name, tensor);
      this.held.set(name, tensor.id);
    }
  }

  /** Room for so many numbers, on their way out of the heap. */
  private staged(length: number): Float32Array<ArrayBuffer> {
    if (this.staging.length < length) this.staging = new Float32Array(length);
    return this.staging.subarray(0, length);
  }

  /** Takes nothing here for what the store has. */
  forget(): void {
    this.held.clear();
  }

  /** Has the newest of what settling reads, row by row. Returns its names. */
  private async renew(): Promise<string[]> {
    const { config, parameters } = this.model;
    const read = [
      ...parameters.filter(({ family }) => family !== 'Sigma'),
      ...precisionsOf(config),
    ];
    const names = read.map(({ name }) => name);
    await this.hold(names);
    return [...names, ...(await this.holdLaterals())];
  }

  /** Copies those of which the store has others. */
  private async hold(names: readonly string[]): Promise<void> {
    const { synapses } = this.model;
    const stale = names.filter((name) => this.held.get(name) !== synapses.get(name).id);
    const copies = await Promise.all(
      stale.map(async (name) => {
        const tensor = synapses.get(name);
        return { name, id: tensor.id, shape: tensor.shape, values: await tensor.data() };
      }),
    );
    for (const { name, id, shape, values } of copies) this.put(name, id, shape, values);
  }

  private put(
    name: string,
    source: number | string,
    [rows, cols]: readonly [number, number],
    values: ArrayLike<number>,
  ): void {
    const matrix = this.matrices.get(name) ?? this.heap.matrix(rows, cols);
    this.matrices.set(name, matrix);
    this.heap.write(matrix, values);
    this.held.set(name, source);
    this.changed(name);
  }

  /** Has V_l where it is used as a matrix. Returns the names. */
  private async holdLaterals(): Promise<string[]> {
    const { config, synapses } = this.model;
    if (config.lateral !== 'band' && config.lateral !== 'matrix') return [];
    const places = lateralsOf(config);
    for (const { name, layer, shape } of places) {
      if (synapses.has(name)) await this.hold([name]);
      else {
        const { groups, selfExcitation, lateralInhibition } = config;
        const made = [groups[layer - 1], selfExcitation, lateralInhibition].join();
        if (this.held.get(name) !== made) this.put(name, made, shape, lateralMatrix(config, layer));
      }
    }
    return places.map(({ name }) => name);
  }

  private async holdMoments({ name, shape }: Parameter): Promise<void> {
    for (const moment of Object.values(momentNames(name)))
      if (this.model.synapses.has(moment)) await this.hold([moment]);
      else this.put(moment, 'none yet', shape, new Float32Array(shape[0] * shape[1]));
  }
}
