import * as tf from '@tensorflow/tfjs-core';

import type { Activity } from '../ngc/activity.ts';
import { tensorsOf } from '../ngc/activity.ts';
import { synapticChanges } from '../ngc/equations/hebbian.ts';
import { applyChanges } from '../ngc/learn.ts';
import { summarise } from '../ngc/batch.ts';
import type { Settling, Update } from '../ngc/settling.ts';
import type { Batch } from './batch.ts';
import type { Dispatch } from './gpu.ts';
import { encodeAll } from './gpu.ts';
import type { FusedNetwork } from './network.ts';
import { readUpdate } from './report.ts';

/** No submission takes longer than this many multiplications and additions: displays share the processor. */
const LARGEST_SUBMISSION = 2e10;

/** A settling episode on the device: two dispatches a step, all steps of a call in one command buffer. */
export class FusedSettling implements Settling {
  steps = 0;
  /** Which of the two φ is the newest. */
  private phi: 0 | 1 = 0;
  private errorsAt = -1;
  private views: Activity[] = [];

  constructor(
    private readonly network: FusedNetwork,
    private readonly batch: Batch,
  ) {}

  get rows(): number {
    return this.batch.rows;
  }

  /** Puts the input in and every state to zero. */
  begin(x: Float32Array, mask: Float32Array | null): void {
    const { network, batch } = this;
    const { gpu } = network;
    const seen = mask ? x.map((value, i) => value * mask[i]!) : x;
    gpu.write(batch.buffer, batch.layout.region('z0').offset, seen);
    if (mask) gpu.write(batch.buffer, batch.layout.region('mask').offset, mask);
    network.writeSettings(batch.rows);
    gpu.run([batch.dispatches.start, batch.dispatches.predict[0]]);
  }

  advance(count = 1): Promise<void> {
    const { network, batch } = this;
    const { states, predict } = batch.dispatches;
    const perStep = 2 * batch.rows * network.synapses.size;
    const most = Math.max(1, Math.floor(LARGEST_SUBMISSION / perStep));
    this.forgetViews();
    network.writeSettings(batch.rows);
    for (let left = count; left > 0; left -= most) {
      const dispatches: Dispatch[] = [];
      for (let i = 0; i < Math.min(left, most); i++) {
        dispatches.push(states[this.phi]);
        this.phi = this.phi === 0 ? 1 : 0;
        dispatches.push(predict[this.phi]);
      }
      network.gpu.run(dispatches);
    }
    this.steps += count;
    return Promise.resolve();
  }

  read(rows = this.rows): Promise<Activity> {
    const { network, batch, phi } = this;
    const { layers } = network.model;
    if (this.errorsAt !== this.steps) {
      network.gpu.run([batch.dispatches.errors]);
      this.errorsAt = this.steps;
    }
    const family = (from: number, to: number, name: (l: number) => string) =>
      Array.from({ length: to - from }, (_, i) => batch.read(name(from + i), rows));
    const z = family(0, layers + 1, (l) => `z${l}`);
    const activity = {
      z,
      phiZ: [z[0]!, ...family(1, layers + 1, (l) => `phi${phi}.${l}`)],
      mu: family(0, layers, (l) => `mu${l}`),
      e: family(0, layers, (l) => (batch.layout.has(`e${l}`) ? `e${l}` : `v${l}`)),
    };
    this.views.push(activity);
    return Promise.resolve(activity);
  }

  async learn(): Promise<Update> {
    const { network, batch, phi } = this;
    const { model, gpu, buffers } = network;
    if (model.config.precision === 'cholesky') return this.learnOpByOp();
    const { errors, columns, finite, update } = batch.dispatches;
    model.optimizer.step++;
    network.writeSettings(batch.rows);
    model.imagesSeen += batch.rows;
    const top = batch.layout.region(`phi${phi}.${model.layers}`);
    const told = gpu.device.createBuffer({
      label: 'told',
      size: buffers.report.size + top.rows * top.cols * 4,
      usage: GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST,
    });
    gpu.submit((encoder) => {
      encoder.clearBuffer(buffers.report);
      encodeAll(encoder, [errors, columns[phi], finite, update[phi], ...network.afterUpdate]);
      encoder.copyBufferToBuffer(buffers.report, 0, told, 0, buffers.report.size);
      const bytes = top.rows * top.cols * 4;
      encoder.copyBufferToBuffer(batch.buffer, top.offset * 4, told, buffers.report.size, bytes);
    });
    this.errorsAt = this.steps;
    model.outdate();
    try {
      return await readUpdate(network, told, batch.rows);
    } finally {
      told.destroy();
    }
  }

  /** The Cholesky form needs a factorisation for every update, which is the host's to do. */
  private async learnOpByOp(): Promise<Update> {
    const { model } = this.network;
    const activity = await this.read();
    const summary = await summarise(model, activity);
    const changes = synapticChanges(model, activity);
    const applied = await applyChanges(model, changes, this.rows);
    tf.dispose([...changes.values()]);
    return { ...summary, ...applied };
  }

  /** The matrix products of a step alone, for measuring what the rest of it costs. They overwrite the neurons. */
  async bareProducts(): Promise<{ run(steps: number): Promise<void>; dispose(): void }> {
    const { network, batch } = this;
    const { gpu } = network;
    const dispatches = await batch.bareProducts(network);
    return {
      async run(steps) {
        gpu.run(Array.from({ length: steps }, () => dispatches).flat());
        await gpu.device.queue.onSubmittedWorkDone();
      },
      dispose: () => dispatches.forEach((dispatch) => dispatch.dispose()),
    };
  }

  dispose(): void {
    this.forgetViews();
    this.network.release(this.batch);
  }

  private forgetViews(): void {
    for (const view of this.views) tf.dispose(tensorsOf(view));
    this.views = [];
  }
}
