import type { Tensor2D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';

import { lateralMatrix } from '../ngc/equations/lateral.ts';
import type { Model } from '../ngc/model.ts';
import type { Parameter } from '../ngc/parameters.ts';
import { lateralsOf, matrixName, precisionsOf } from '../ngc/parameters.ts';
import { momentNames } from '../ngc/synapses.ts';
import type { Matrix } from './heap.ts';
import { Heap } from './heap.ts';
import type { KernelModule, Place } from './kernels.ts';

/** A matrix [rows, cols] packed as the right factor of products. */
export interface Packed {
  readonly at: Place;
  readonly rows: number;
  readonly cols: number;
}

/** Bytes of a packed matrix. */
export const panelBytes = (rows: number, cols: number) => 64 * rows * Math.ceil(cols / 16);

/**
 * A network's synapses in a heap: row by row, and packed for the products of settling. The model's store stays where the newest
 * are; what is here is a copy, renewed where a tensor of the store is another.
 */
export class OwnNetwork {
  readonly heap: Heap;
  private readonly matrices = new Map<string, Matrix>();
  private readonly packings = new Map<string, Packed>();
  /** What each matrix is a copy of: the id of a tensor, or the settings that it follows from. */
  private readonly held = new Map<string, number | string>();

  constructor(
    module: KernelModule,
    readonly model: Model,
  ) {
    this.heap = new Heap(module);
  }

  /** Has the newest of what settling reads. */
  async prepare(): Promise<void> {
    const { model } = this;
    const read = model.parameters.filter(({ family }) => family !== 'Sigma');
    await this.hold([...read, ...precisionsOf(model.config)].map(({ name }) => name));
    for (const { name } of read) this.packAgain(name);
    for (const { name } of precisionsOf(model.config)) this.packAgain(name);
    await this.holdLaterals();
  }

  /** Has the newest of what learning reads beside that; moments that there are none of are zero. */
  async prepareLearning(): Promise<void> {
    const { config, parameters } = this.model;
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

  /** A matrix packed; `ᵀ` behind its name: transposed. */
  packed(name: string): Packed {
    const packed = this.packings.get(name);
    if (!packed) throw new Error(`no matrix ${name} is packed`);
    return packed;
  }

  /** Packs a matrix of which others are now in the heap. */
  repack(name: string): void {
    const { rows, cols, at, stride } = this.matrix(name);
    const { kernels } = this.heap;
    kernels.pack(rows, cols, at, stride, 4, this.packingFor(name, rows, cols).at);
    if (name.startsWith('W') && this.model.definition.feedback === 'transpose')
      kernels.pack(cols, rows, at, 4, stride, this.packingFor(`${name}ᵀ`, cols, rows).at);
  }

  /** Tells the store what was learnt here. */
  publish(names: readonly string[]): void {
    const { synapses } = this.model;
    for (const name of names) {
      const matrix = this.matrix(name);
      const tensor: Tensor2D = tf.tensor2d(this.heap.read(matrix), [matrix.rows, matrix.cols]);
      synapses.set(name, tensor);
      this.held.set(name, tensor.id);
    }
  }

  /** Takes nothing here for what the store has. */
  forget(): void {
    this.held.clear();
  }

  /** Matrices that were written and not packed since. */
  private readonly unpacked = new Set<string>();

  private packAgain(name: string): void {
    if (!this.unpacked.delete(name)) return;
    this.repack(name);
  }

  private packingFor(name: string, rows: number, cols: number): Packed {
    const known = this.packings.get(name);
    if (known) return known;
    const packed = { at: this.heap.take(panelBytes(rows, cols)), rows, cols };
    this.packings.set(name, packed);
    return packed;
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
    this.unpacked.add(name);
  }

  private async holdLaterals(): Promise<void> {
    const { config, synapses } = this.model;
    if (config.lateral !== 'band' && config.lateral !== 'matrix') return;
    for (const { name, layer, shape } of lateralsOf(config)) {
      if (synapses.has(name)) await this.hold([name]);
      else {
        const { groups, selfExcitation, lateralInhibition } = config;
        const made = [groups[layer - 1], selfExcitation, lateralInhibition].join();
        if (this.held.get(name) !== made) this.put(name, made, shape, lateralMatrix(config, layer));
      }
      this.packAgain(name);
    }
  }

  private async holdMoments({ name, shape }: Parameter): Promise<void> {
    for (const moment of Object.values(momentNames(name)))
      if (this.model.synapses.has(moment)) await this.hold([moment]);
      else this.put(moment, 'none yet', shape, new Float32Array(shape[0] * shape[1]));
  }
}

/** The name of the packed matrix that carries e_{l−1} up to layer l: E_l, or W_lᵀ. */
export const feedbackName = ({ definition }: Model, l: number): string =>
  definition.feedback === 'transpose' ? `${matrixName('W', l)}ᵀ` : matrixName('E', l);
