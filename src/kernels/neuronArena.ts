import type { Tensor1D, Tensor2D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';

import type { ModelConfig } from '../ngc/config/settings.ts';
import type { Lesions } from '../ngc/lesions.ts';
import { aliveOf } from '../ngc/lesions.ts';
import { columnsKernel, columnsTable, finiteKernel } from './columns.ts';
import type { Cuts } from './cuts.ts';
import { cutsKey, UNCUT } from './cuts.ts';
import type { Dispatch } from './gpu.ts';
import { slice } from './gpu.ts';
import type { Arena } from './layout.ts';
import { activityArena } from './layout.ts';
import type { Ground } from './network.ts';
import { perceiveKernel, perceiveTable } from './perceive.ts';
import { predictJobs, predictKernel } from './predict.ts';
import { silenceKernel, silenceTable } from './silence.ts';
import { startKernel, startTable } from './start.ts';
import { statesJobs, statesKernel } from './states.ts';
import { errorJobs, errorsKernel } from './store.ts';
import { termsJobs, termsKernel } from './terms.ts';
import { updateJobs, updateKernel } from './update.ts';

/** A kernel for each of the two φ that may be the newest; `pair[phi]` reads φ number phi. */
type Pair = readonly [Dispatch, Dispatch];

/** The kernels of a weight update. */
export interface LearningDispatches {
  readonly columns: Pair;
  readonly finite: Dispatch;
  readonly update: Pair;
}

/** The kernels of a settling step, less what is cut. */
export interface StepDispatches {
  readonly predict: Pair;
  readonly states: Pair;
}

/** Compiled, and kept, by a name. */
class Kept {
  private readonly made = new Map<string, Promise<Pair>>();

  get(name: string, make: (phi: 0 | 1) => Promise<Dispatch>): Promise<Pair> {
    let pair = this.made.get(name);
    if (!pair) {
      pair = Promise.all([make(0), make(1)]);
      this.made.set(name, pair);
      pair.catch(() => this.made.delete(name));
    }
    return pair;
  }

  dispose(): void {
    for (const pair of this.made.values())
      pair.then(
        (dispatches) => dispatches.forEach((dispatch) => dispatch.dispose()),
        () => undefined,
      );
  }
}

/** Room on the device for the neurons of `rows` images, and the kernels bound to it; used for one episode after the other. */
export class NeuronArena {
  /** Kernels that are made when they are first wanted. */
  private readonly kept = new Kept();
  /** Who is silent, as `alive` has it. */
  private silenced: Lesions | null = null;
  /** Whether `mask` hides anything. */
  private hides = false;

  private constructor(
    private readonly ground: Ground,
    readonly rows: number,
    readonly layout: Arena,
    readonly buffer: GPUBuffer,
    /** Puts every state to zero. */
    readonly start: Dispatch,
    /** e_l from the mismatches. */
    readonly errors: Dispatch,
    private readonly tensor: Tensor1D,
  ) {
    const { gpu, config } = ground;
    const fill = (name: string) => {
      const { offset, rows: height, cols } = layout.region(name);
      gpu.write(buffer, offset, new Float32Array(height * cols).fill(1));
    };
    fill('mask');
    config.sizes.forEach((_, l) => l > 0 && fill(`alive${l}`));
  }

  /** How many floats the neurons of so many images take. */
  static floats(config: ModelConfig, rows: number): number {
    return activityArena(config, rows).size;
  }

  static async create(ground: Ground, rows: number): Promise<NeuronArena> {
    const { gpu, config, synapses } = ground;
    const layout = activityArena(config, rows);
    const buffer = gpu.arena('activity', layout.size);
    const buffers = { ...ground.buffers, activity: buffer };
    const { table, threads } = startTable(layout);
    const [start, errors] = await Promise.all([
      gpu.plain(startKernel(config), table, { threads }, buffers),
      gpu.product(errorsKernel, errorJobs(config, synapses, layout), buffers),
    ]);
    return new NeuronArena(
      ground,
      rows,
      layout,
      buffer,
      start,
      errors,
      tf.keep(gpu.asTensor(buffer)),
    );
  }

  private get buffers() {
    return { ...this.ground.buffers, activity: this.buffer };
  }

  /** What a weight update runs. */
  async learning(): Promise<LearningDispatches> {
    const { kept, buffers, layout } = this;
    const { gpu, config, parameters, synapses, moments, report } = this.ground;
    const neurons = config.sizes.reduce((sum, size) => sum + size, 0);
    const [[finite], columns, update] = await Promise.all([
      kept.get('finite', () =>
        gpu.plain(finiteKernel(config, report), [0, 0, 0, 0], { groups: 1 }, buffers),
      ),
      kept.get('columns', (phi) =>
        gpu.plain(
          columnsKernel(config, report),
          columnsTable(config, layout, phi),
          { threads: neurons },
          buffers,
        ),
      ),
      kept.get('update', (phi) =>
        gpu.product(
          updateKernel(config),
          updateJobs(synapses, moments, layout, phi, parameters),
          buffers,
        ),
      ),
    ]);
    return { finite, columns, update };
  }

  /** Both halves of a settling step, less what is cut. */
  async step(cuts: Cuts): Promise<StepDispatches> {
    const { kept, buffers, layout } = this;
    const { gpu, config, synapses } = this.ground;
    const key = cutsKey(cuts);
    const [predict, states] = await Promise.all([
      kept.get(`predict ${key}`, (phi) =>
        gpu.product(
          predictKernel(config),
          predictJobs(config, synapses, layout, phi, cuts),
          buffers,
        ),
      ),
      kept.get(`states ${key}`, (phi) =>
        gpu.product(statesKernel(config), statesJobs(config, synapses, layout, phi, cuts), buffers),
      ),
    ]);
    return { predict, states };
  }

  /** What moves the states of the first image. */
  terms(cuts: Cuts): Promise<Pair> {
    const { kept, buffers, layout } = this;
    const { gpu, config, synapses } = this.ground;
    return kept.get(`terms ${cutsKey(cuts)}`, (phi) =>
      gpu.product(termsKernel(config), termsJobs(config, synapses, layout, phi, cuts), buffers),
    );
  }

  /** Puts silent neurons to zero, and lets the others fire. */
  silence(): Promise<Pair> {
    const { kept, buffers, layout } = this;
    const { gpu, config } = this.ground;
    return kept.get('silence', (phi) => {
      const { table, threads } = silenceTable(config.sizes.length - 1, layout, phi);
      return gpu.plain(silenceKernel(config), table, { threads }, buffers);
    });
  }

  /** Puts the next picture in the input's place. */
  async perceive(): Promise<Dispatch> {
    const { kept, buffers, layout } = this;
    const { table, threads } = perceiveTable(layout);
    const [dispatch] = await kept.get('perceive', () =>
      this.ground.gpu.plain(perceiveKernel, table, { threads }, buffers),
    );
    return dispatch;
  }

  /** Writes who may fire. True where somebody is silent. */
  writeAlive(lesions: Lesions | null): boolean {
    const { config } = this.ground;
    const alive = config.sizes.map((size, l) => aliveOf(size, l, lesions ?? undefined));
    if (lesions !== this.silenced)
      config.sizes.forEach(
        (size, l) => l > 0 && this.write(`alive${l}`, alive[l] ?? new Float32Array(size).fill(1)),
      );
    this.silenced = lesions;
    return alive.some((layer) => layer !== null);
  }

  /** Writes which pixels are seen; null: all. */
  writeMask(mask: Float32Array | null): void {
    if (mask) this.write('mask', mask);
    else if (this.hides) this.write('mask', this.ones('mask'));
    this.hides = mask !== null;
  }

  /** Writes the picture that `perceive` puts in. */
  writeNext(x: Float32Array, mask: Float32Array | null): void {
    this.write('nextX', x);
    this.write('nextMask', mask ?? this.ones('nextMask'));
    this.hides = mask !== null;
  }

  private ones(name: string): Float32Array {
    const { rows, cols } = this.layout.region(name);
    return new Float32Array(rows * cols).fill(1);
  }

  /** Writes a region of the arena, for the next submission. */
  write(name: string, values: Float32Array): void {
    this.ground.gpu.write(this.buffer, this.layout.region(name).offset, values);
  }

  /** The first `rows` rows of a region, as a tensor of its own. */
  read(name: string, rows: number): Tensor2D {
    return slice(this.tensor, this.layout.region(name), rows);
  }

  /** Both halves of a step as products whose results are only stored. */
  bareProducts(): Promise<Dispatch[]> {
    const { layout, buffers } = this;
    const { gpu, config, synapses } = this.ground;
    const jobs = [
      predictJobs(config, synapses, layout, 0, UNCUT),
      statesJobs(config, synapses, layout, 0, UNCUT),
    ];
    return Promise.all(jobs.map((half) => gpu.product(errorsKernel, half, buffers)));
  }

  destroy(): void {
    this.kept.dispose();
    this.start.dispose();
    this.errors.dispose();
    this.tensor.dispose();
    this.buffer.destroy();
  }
}
