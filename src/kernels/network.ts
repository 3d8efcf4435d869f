import type { Tensor1D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';

import type { ModelConfig } from '../ngc/config/settings.ts';
import { lateralMatrix } from '../ngc/equations/lateral.ts';
import { exactPrecision } from '../ngc/equations/precision.ts';
import { learningRateAt, raised } from '../ngc/learn.ts';
import type { Keeper, Model } from '../ngc/model.ts';
import { Batch } from './batch.ts';
import { SETTING_NAMES } from './buffers.ts';
import type { KernelSettings } from './buffers.ts';
import type { Dispatch, Gpu } from './gpu.ts';
import { slice } from './gpu.ts';
import type { Arena } from './layout.ts';
import { momentArena, reportArena, synapseArena } from './layout.ts';
import { normsKernel, normsTable } from './norms.ts';
import {
  iterateKernel,
  keepKernel,
  newtonJobs,
  precisionTable,
  residualKernel,
  scaleKernel,
  stabiliseKernel,
  timesKernel,
} from './precision.ts';
import { foldJobs, foldKernel } from './store.ts';

/** Arenas of batches that nobody uses are kept for the next batch of the same size, up to so many. */
const SPARE_BATCHES = 4;

/**
 * A model's synapses on the device, where kernels settle with them and change them. The model reads them back when
 * someone asks it (`collect`); what is changed in the model is uploaded before the next batch.
 */
export class FusedNetwork implements Keeper {
  readonly synapses: Arena;
  readonly moments: Arena;
  readonly report: Arena;
  readonly buffers: Record<'synapses' | 'moments' | 'report' | 'settings', GPUBuffer>;
  /** Limits norms and, with a learnt precision, makes it follow its covariance and folds it in again. */
  afterUpdate: Dispatch[] = [];
  private fold: Dispatch | null = null;
  private readonly synapseTensor: Tensor1D;
  private readonly momentTensor: Tensor1D;
  private revision = -1;
  private config: ModelConfig | null = null;
  private spare: Batch[] = [];
  private disposed = false;

  constructor(
    readonly gpu: Gpu,
    readonly model: Model,
  ) {
    const { config } = model;
    this.synapses = synapseArena(config);
    this.moments = momentArena(config);
    this.report = reportArena(config, this.normGroups(config));
    this.buffers = {
      synapses: gpu.arena('synapses', this.synapses.size),
      moments: gpu.arena('moments', this.moments.size),
      report: gpu.arena('report', this.report.size),
      settings: gpu.device.createBuffer({
        label: 'settings',
        size: SETTING_NAMES.length * 4,
        usage: GPUBufferUsage.UNIFORM | GPUBufferUsage.COPY_DST,
      }),
    };
    this.synapseTensor = tf.keep(gpu.asTensor(this.buffers.synapses));
    this.momentTensor = tf.keep(gpu.asTensor(this.buffers.moments));
  }

  /** W, M and E, as the optimizer moves them; the covariances beside them. */
  private get normed(): string[] {
    return this.model.names.filter((name) => !name.startsWith('Sigma'));
  }

  /** Workgroups of the norm limit, whichever way norms run. */
  private normGroups(config: ModelConfig): number {
    const groups = ([0, 1] as const).map(
      (normAxis) => normsTable({ ...config, normAxis }, this.synapses, this.normed).groups,
    );
    return Math.max(...groups);
  }

  /** Brings the device up to date with the model: settings, and synapses that were changed there. */
  async prepare(): Promise<void> {
    const { gpu, model } = this;
    const { config } = model;
    if (config !== this.config) {
      this.config = config;
      if (config.lateral === 'band') this.revision = -1; // its matrix may be another now
      for (const dispatch of this.afterUpdate) dispatch.dispose();
      this.afterUpdate = await this.compileUpdate(config);
    }
    if (model.revision !== this.revision) {
      this.revision = model.revision;
      await this.upload();
      gpu.run([this.fold!]);
    }
  }

  private async compileUpdate(config: ModelConfig): Promise<Dispatch[]> {
    const { gpu, synapses, report, buffers } = this;
    this.fold = await gpu.product(foldKernel, foldJobs(config, synapses), buffers);
    const norms = normsTable(config, synapses, this.normed);
    const limit = await gpu.plain(normsKernel(config, report), norms.table, norms, buffers);
    if (config.precision !== 'inverse') return [limit, this.fold];
    const jobs = newtonJobs(config, synapses);
    const entries = precisionTable(config, synapses, false);
    const neurons = precisionTable(config, synapses, true);
    return [
      limit,
      await gpu.plain(stabiliseKernel, entries.table, entries, buffers),
      await gpu.plain(scaleKernel, neurons.table, neurons, buffers),
      await gpu.product(timesKernel, jobs.first, buffers),
      await gpu.product(iterateKernel, jobs.firstIterate, buffers),
      await gpu.product(timesKernel, jobs.second, buffers),
      await gpu.product(iterateKernel, jobs.secondIterate, buffers),
      await gpu.product(residualKernel(report), jobs.residual, buffers),
      await gpu.plain(keepKernel(report), entries.table, entries, buffers),
      this.fold,
    ];
  }

  private async upload(): Promise<void> {
    const { gpu, model, synapses, moments, buffers } = this;
    const put = async (buffer: GPUBuffer, arena: Arena, name: string, tensor: tf.Tensor) =>
      gpu.write(buffer, arena.region(name).offset, (await tensor.data()) as Float32Array);
    for (const name of model.names) await put(buffers.synapses, synapses, name, model.get(name));
    for (let l = 1; l <= model.layers; l++) {
      const precision = model.precision(l);
      if (precision) await put(buffers.synapses, synapses, `P${l}`, precision);
      if (!synapses.has(`V${l}`)) continue;
      const V = await model.lateralMatrix(l)?.data();
      gpu.write(
        buffers.synapses,
        synapses.region(`V${l}`).offset,
        (V as Float32Array | undefined) ?? lateralMatrix(model.config, l),
      );
    }
    if (moments.size === 0) return;
    gpu.submit((encoder) => encoder.clearBuffer(buffers.moments));
    for (const [name, { m, v }] of model.optimizer.moments) {
      if (!moments.has(`m.${name}`)) continue;
      await put(buffers.moments, moments, `m.${name}`, m);
      await put(buffers.moments, moments, `v.${name}`, v);
    }
  }

  /** Writes what kernels read of the settings, for the next submission. */
  writeSettings(rows: number): void {
    const { model } = this;
    const { beta, leak, laplace, selfExcitation, lateralInhibition } = model.config;
    const { step } = model.optimizer;
    const settings: KernelSettings = {
      ...{ beta, leak, laplace, selfExcitation, lateralInhibition, rows },
      rate: learningRateAt(model),
      errorRate: model.config.errorRate,
      precisionRate: model.config.precisionRate,
      firstMoment: 1 - 0.9 ** step,
      secondMoment: 1 - 0.999 ** step,
    };
    const values = SETTING_NAMES.map((name) => (name === 'unused' ? 0 : settings[name]));
    this.gpu.write(this.buffers.settings, 0, Float32Array.from(values));
  }

  /** A batch's arena of this size, with its kernels. */
  async batch(rows: number, masked: boolean): Promise<Batch> {
    const fits = (batch: Batch) => batch.rows === rows && batch.masked === masked;
    const spare = this.spare.find(fits);
    if (!spare) return Batch.create(this, rows, masked);
    this.spare = this.spare.filter((batch) => batch !== spare);
    return spare;
  }

  /** Takes a batch's arena back. */
  release(batch: Batch): void {
    this.spare.push(batch);
    while (this.spare.length > (this.disposed ? 0 : SPARE_BATCHES)) this.spare.shift()!.destroy();
  }

  collect(): void {
    const { model, synapses, moments } = this;
    const held = model.optimizer.moments;
    for (const name of model.names) {
      model.set(name, slice(this.synapseTensor, synapses.region(name)));
      if (!moments.has(`m.${name}`)) continue;
      const old = held.get(name);
      if (old) tf.dispose([old.m, old.v]);
      const moment = (kind: string) => slice(this.momentTensor, moments.region(`${kind}.${name}`));
      held.set(name, { m: moment('m'), v: moment('v') });
    }
    for (let l = 1; l < model.layers; l++)
      if (synapses.has(`P${l}`))
        model.setPrecision(l, slice(this.synapseTensor, synapses.region(`P${l}`)));
    this.revision = model.revision;
  }

  /** Inverts the covariance of layer l exactly, where Newton–Schulz lost it. Returns a warning where a rescue was needed. */
  async invertExactly(l: number): Promise<string | null> {
    const { gpu, synapses, buffers } = this;
    const S = slice(this.synapseTensor, synapses.region(`S${l}`));
    const { precision, raisedBy } = await exactPrecision(S, 'inverse');
    const P = (await precision.data()) as Float32Array;
    gpu.write(buffers.synapses, synapses.region(`P${l}`).offset, P);
    tf.dispose([S, precision]);
    gpu.run([this.fold!]);
    return raisedBy > 0 ? raised(l, raisedBy) : null;
  }

  dispose(): void {
    this.disposed = true;
    for (const batch of this.spare.splice(0)) batch.destroy();
    tf.dispose([this.synapseTensor, this.momentTensor]);
    for (const dispatch of this.afterUpdate) dispatch.dispose();
    for (const buffer of Object.values(this.buffers)) buffer.destroy();
  }
}
