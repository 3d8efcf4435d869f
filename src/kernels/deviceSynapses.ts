import type { Tensor1D, Tensor2D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';

import type { ModelConfig } from '../ngc/config/settings.ts';
import { lateralMatrix } from '../ngc/equations/lateral.ts';
import type { Model } from '../ngc/model.ts';
import { lateralsOf, matrixName, parametersOf, precisionsOf } from '../ngc/parameters.ts';
import type { Synapses } from '../ngc/synapses.ts';
import { momentNames, TensorSynapses } from '../ngc/synapses.ts';
import type { Gpu } from './gpu.ts';
import { slice } from './gpu.ts';
import type { Arena } from './layout.ts';
import { momentArena, synapseArena } from './layout.ts';

/**
 * The store of a network's synapses on the device, where kernels change them: two arenas. What is asked for is sliced out of
 * them when it is; what is set from outside waits, and is written before kernels next run (`write`).
 */
export class DeviceSynapses implements Synapses {
  revision = 0;
  readonly synapses: Arena;
  readonly moments: Arena;
  readonly buffers: Record<'synapses' | 'moments', GPUBuffer>;
  private readonly tensors: Record<'synapses' | 'moments', Tensor1D>;
  /** What was set and is not on the device yet. */
  private readonly waiting = new Set<string>();
  /** Copies of now of what is on the device, and all of what has no place there. */
  private readonly copies = new TensorSynapses();
  private freed = false;

  /** Takes over the synapses of a model; on the device they are after the first `write`. */
  constructor(
    private readonly gpu: Gpu,
    private readonly model: Model,
    /** Frees what was made for this network. */
    private readonly onDispose: () => void,
  ) {
    const { config, synapses } = model;
    this.synapses = synapseArena(config);
    this.moments = momentArena(config);
    this.buffers = {
      synapses: gpu.arena('synapses', this.synapses.size),
      moments: gpu.arena('moments', this.moments.size),
    };
    this.tensors = {
      synapses: tf.keep(gpu.asTensor(this.buffers.synapses)),
      moments: tf.keep(gpu.asTensor(this.buffers.moments)),
    };
    for (const name of everyName(config))
      if (synapses.has(name)) this.set(name, synapses.get(name).clone());
  }

  /** Where a matrix lies on the device; null for what has no place there. */
  private place(name: string): 'synapses' | 'moments' | null {
    if (this.synapses.has(name)) return 'synapses';
    return this.moments.has(name) ? 'moments' : null;
  }

  has(name: string): boolean {
    return this.copies.has(name) || this.isLearnt(name);
  }

  /** Whether kernels keep it on the device. */
  private isLearnt(name: string): boolean {
    const isLateral = lateralsOf(this.model.config).some((lateral) => lateral.name === name);
    return this.place(name) !== null && !isLateral;
  }

  get(name: string): Tensor2D {
    if (!this.copies.has(name) && this.isLearnt(name))
      this.copies.set(name, tf.keep(this.read(name)));
    return this.copies.get(name);
  }

  /** A matrix as the device has it. The caller disposes it. */
  read(name: string): Tensor2D {
    const place = this.place(name);
    if (place === null) throw new Error(`${name} is not on the device`);
    return slice(this.tensors[place], this[place].region(name));
  }

  set(name: string, value: Tensor2D): void {
    this.copies.set(name, tf.keep(value));
    if (this.place(name) !== null) this.waiting.add(name);
    this.revision++;
  }

  drop(name: string): void {
    this.copies.drop(name);
    this.waiting.delete(name);
    const place = this.place(name);
    if (place !== null) {
      const { offset, rows, cols } = this[place].region(name);
      this.gpu.write(this.buffers[place], offset, new Float32Array(rows * cols));
    }
    this.revision++;
  }

  /** Kernels have changed what is on the device: copies made before are old. */
  changed(): void {
    for (const name of this.copies.names)
      if (this.isLearnt(name) && !this.waiting.has(name)) this.copies.drop(name);
    this.revision++;
  }

  /** Brings the device up to date with what was set. True where there was something. */
  async write(): Promise<boolean> {
    const names = [...this.waiting];
    this.waiting.clear();
    for (const name of names) {
      const place = this.place(name);
      if (place === null) continue;
      const data = (await this.copies.get(name).data()) as Float32Array;
      this.gpu.write(this.buffers[place], this[place].region(name).offset, data);
    }
    return names.length > 0;
  }

  /** Writes the lateral matrices that follow from the settings. */
  writeLaterals(config: ModelConfig): void {
    if (config.lateral !== 'band') return;
    for (const { name, layer } of lateralsOf(config)) {
      const { offset } = this.synapses.region(name);
      this.gpu.write(this.buffers.synapses, offset, lateralMatrix(config, layer));
    }
  }

  /** Puts a precision of layer l on the device at once, between two updates: copies made before are old. */
  async writePrecision(l: number, precision: Tensor2D): Promise<void> {
    const name = matrixName('P', l);
    const data = (await precision.data()) as Float32Array;
    this.gpu.write(this.buffers.synapses, this.synapses.region(name).offset, data);
    this.copies.drop(name);
    this.revision++;
  }

  dispose(): void {
    if (this.freed) return;
    this.freed = true;
    this.onDispose();
    this.copies.dispose();
    tf.dispose(Object.values(this.tensors));
    for (const buffer of Object.values(this.buffers)) buffer.destroy();
  }
}

/** Every name that a store may hold of a network. */
function everyName(config: ModelConfig): string[] {
  const parameters = parametersOf(config).map(({ name }) => name);
  return [
    ...parameters,
    ...parameters.flatMap((name) => Object.values(momentNames(name))),
    ...precisionsOf(config).map(({ name }) => name),
    ...lateralsOf(config).map(({ name }) => name),
  ];
}
