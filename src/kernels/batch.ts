import type { Tensor1D, Tensor2D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';

import type { ModelConfig } from '../ngc/config/settings.ts';
import { columnsKernel, columnsTable, finiteKernel } from './columns.ts';
import type { Dispatch } from './gpu.ts';
import { slice } from './gpu.ts';
import type { Arena } from './layout.ts';
import { activityArena } from './layout.ts';
import type { FusedNetwork } from './network.ts';
import { predictJobs, predictKernel } from './predict.ts';
import { startKernel, startTable } from './start.ts';
import { statesJobs, statesKernel } from './states.ts';
import { errorJobs, errorsKernel } from './store.ts';
import { updateJobs, updateKernel } from './update.ts';

/** A kernel for each of the two φ that may be the newest. */
type Pair = readonly [Dispatch, Dispatch];

/** The kernels of a batch; `pair[phi]` reads φ number phi. */
interface Dispatches {
  readonly start: Dispatch;
  readonly predict: Pair;
  readonly states: Pair;
  readonly errors: Dispatch;
  readonly columns: Pair;
  readonly finite: Dispatch;
  readonly update: Pair;
}

/** Room on the device for the neurons of `rows` images, and the kernels bound to it; used for one episode after the other. */
export class Batch {
  private constructor(
    readonly rows: number,
    readonly masked: boolean,
    readonly layout: Arena,
    readonly buffer: GPUBuffer,
    readonly dispatches: Dispatches,
    private readonly tensor: Tensor1D,
  ) {}

  /** How many floats the neurons of so many images take. */
  static floats(config: ModelConfig, rows: number): number {
    return activityArena(config, rows).size;
  }

  static async create(network: FusedNetwork, rows: number, masked: boolean): Promise<Batch> {
    const { gpu, model, synapses, moments, report } = network;
    const { config, names } = model;
    const layout = activityArena(config, rows);
    const buffer = gpu.arena('activity', layout.size);
    const buffers = { ...network.buffers, activity: buffer };
    const both = async (make: (phi: 0 | 1) => Promise<Dispatch>): Promise<Pair> => [
      await make(0),
      await make(1),
    ];
    const { table, threads } = startTable(layout);
    const neurons = config.sizes.reduce((sum, size) => sum + size, 0);
    const dispatches: Dispatches = {
      start: await gpu.plain(startKernel(config), table, { threads }, buffers),
      predict: await both((phi) =>
        gpu.product(predictKernel(config), predictJobs(config, synapses, layout, phi), buffers),
      ),
      states: await both((phi) =>
        gpu.product(
          statesKernel(config),
          statesJobs(config, synapses, layout, phi, masked),
          buffers,
        ),
      ),
      errors: await gpu.product(errorsKernel, errorJobs(config, synapses, layout), buffers),
      columns: await both((phi) =>
        gpu.plain(
          columnsKernel(config, report),
          columnsTable(config, layout, phi),
          { threads: neurons },
          buffers,
        ),
      ),
      finite: await gpu.plain(finiteKernel(config, report), [0, 0, 0, 0], { groups: 1 }, buffers),
      update: await both((phi) =>
        gpu.product(
          updateKernel(config),
          updateJobs(synapses, moments, layout, phi, names),
          buffers,
        ),
      ),
    };
    const tensor = tf.keep(gpu.asTensor(buffer));
    return new Batch(rows, masked, layout, buffer, dispatches, tensor);
  }

  /** The first `rows` rows of a region, as a tensor of its own. */
  read(name: string, rows: number): Tensor2D {
    return slice(this.tensor, this.layout.region(name), rows);
  }

  /** Both halves of a step as products whose results are only stored. */
  bareProducts({ gpu, model, synapses, buffers }: FusedNetwork): Promise<Dispatch[]> {
    const { layout, buffer } = this;
    const jobs = [
      predictJobs(model.config, synapses, layout, 0),
      statesJobs(model.config, synapses, layout, 0, false),
    ];
    return Promise.all(
      jobs.map((half) => gpu.product(errorsKernel, half, { ...buffers, activity: buffer })),
    );
  }

  destroy(): void {
    const { start, predict, states, errors, columns, finite, update } = this.dispatches;
    for (const dispatch of [start, ...predict, ...states, errors, ...columns, finite, ...update])
      dispatch.dispose();
    this.tensor.dispose();
    this.buffer.destroy();
  }
}
