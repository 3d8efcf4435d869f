import type { ModelConfig } from '../ngc/config/settings.ts';
import { exactPrecision } from '../ngc/equations/precision.ts';
import { momentShares } from '../engine/optimizers.ts';
import { learningRateAt, raised } from '../ngc/learn.ts';
import type { Model } from '../ngc/model.ts';
import type { Parameter } from '../ngc/parameters.ts';
import { parametersOf, synapsesOf } from '../ngc/parameters.ts';
import type { Steering } from '../ngc/steering.ts';
import type { KernelSettings } from './buffers.ts';
import { SETTING_NAMES } from './buffers.ts';
import { DeviceSynapses } from './deviceSynapses.ts';
import type { Dispatch, Gpu } from './gpu.ts';
import type { Arena } from './layout.ts';
import { reportArena } from './layout.ts';
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

/** What every batch of a network binds: its synapses and moments, what an update tells, and what kernels read of the settings. */
export interface Ground {
  readonly gpu: Gpu;
  readonly config: ModelConfig;
  readonly parameters: readonly Parameter[];
  readonly synapses: Arena;
  readonly moments: Arena;
  readonly report: Arena;
  readonly buffers: Readonly<Record<'synapses' | 'moments' | 'report' | 'settings', GPUBuffer>>;
}

/** A network on the device: the store of its synapses there, and the kernels that an update of them runs. */
export class FusedNetwork implements Ground {
  readonly store: DeviceSynapses;
  readonly config: ModelConfig;
  readonly parameters: readonly Parameter[];
  readonly report: Arena;
  readonly buffers: Ground['buffers'];
  /** Limits norms and, with a learnt precision, makes it follow its covariance and folds it in again. */
  afterUpdate: readonly Dispatch[] = [];
  private fold: readonly Dispatch[] = [];
  /** The settings that `afterUpdate` was made for. */
  private compiledFor: ModelConfig | null = null;
  /** The settings that the lateral matrices on the device follow from. */
  private lateralsFor: ModelConfig | null = null;

  /** How often a precision was inverted exactly, because Newton–Schulz had lost it. */
  inversions = 0;

  /** Takes the model's synapses to the device; from now on its store is here. `onDispose` is called when that is freed. */
  constructor(
    readonly gpu: Gpu,
    readonly model: Model,
    onDispose: () => void,
  ) {
    this.config = model.config;
    this.parameters = parametersOf(model.config);
    this.store = new DeviceSynapses(gpu, model, () => {
      onDispose();
      this.free();
    });
    this.report = reportArena(this.config, this.normGroups());
    this.buffers = {
      ...this.store.buffers,
      report: gpu.arena('report', this.report.size),
      settings: gpu.device.createBuffer({
        label: 'settings',
        size: SETTING_NAMES.length * 4,
        usage: GPUBufferUsage.UNIFORM | GPUBufferUsage.COPY_DST,
      }),
    };
    model.moveTo(this.store);
  }

  get synapses(): Arena {
    return this.store.synapses;
  }

  get moments(): Arena {
    return this.store.moments;
  }

  /** Where the change of each matrix of synapses begins in `changes` of the report, and where all end; as `afterUpdate` is compiled. */
  norms: { readonly firsts: readonly number[]; readonly groups: number } = {
    firsts: [],
    groups: 0,
  };

  /** Workgroups of the norm limit, whichever way norms run. */
  private normGroups(): number {
    const normed = synapsesOf(this.config);
    const groups = ([0, 1] as const).map(
      (normAxis) => normsTable({ ...this.config, normAxis }, this.synapses, normed).groups,
    );
    return Math.max(...groups);
  }

  /** Brings the device up to date with the model: settings, and synapses that were changed elsewhere. */
  async prepare(): Promise<void> {
    const { gpu, store } = this;
    const { config } = this.model;
    if (config !== this.compiledFor) {
      this.compiledFor = config;
      for (const dispatch of this.afterUpdate) dispatch.dispose();
      this.afterUpdate = await this.compileUpdate(config);
    }
    if (await store.write()) gpu.run(this.fold);
  }

  private async compileUpdate(config: ModelConfig): Promise<Dispatch[]> {
    const { gpu, synapses, report, buffers } = this;
    const norms = normsTable(config, synapses, synapsesOf(config));
    this.norms = norms;
    // All at once: a device may compile several kernels at a time.
    const folding = gpu.product(foldKernel, foldJobs(config, synapses), buffers);
    const limiting = gpu.plain(normsKernel(config, report), norms.table, norms, buffers);
    const following = config.precision === 'inverse' ? this.followCovariance(config) : [];
    const [fold, ...others] = await Promise.all([folding, limiting, ...following]);
    this.fold = [fold];
    return [...others, fold];
  }

  /** What makes a learnt precision follow its covariance, in order. */
  private followCovariance(config: ModelConfig): Promise<Dispatch>[] {
    const { gpu, synapses, report, buffers } = this;
    const jobs = newtonJobs(config, synapses);
    const entries = precisionTable(config, synapses, false);
    const neurons = precisionTable(config, synapses, true);
    return [
      gpu.plain(stabiliseKernel, entries.table, entries, buffers),
      gpu.plain(scaleKernel, neurons.table, neurons, buffers),
      gpu.product(timesKernel, jobs.first, buffers),
      gpu.product(iterateKernel, jobs.firstIterate, buffers),
      gpu.product(timesKernel, jobs.second, buffers),
      gpu.product(iterateKernel, jobs.secondIterate, buffers),
      gpu.product(residualKernel(report), jobs.residual, buffers),
      gpu.plain(keepKernel(report), entries.table, entries, buffers),
    ];
  }

  /** Writes what kernels read of the settings, for the next submission: lateral matrices that follow from them too. */
  writeSettings(rows: number, steering: Steering): void {
    const { config, updates, imagesSeen } = this.model;
    if (config !== this.lateralsFor) {
      this.lateralsFor = config;
      this.store.writeLaterals(config);
    }
    const shares = momentShares(updates);
    const settings: KernelSettings = {
      ...steering,
      rows,
      rate: learningRateAt(config, imagesSeen),
      errorRate: config.errorRate,
      precisionRate: config.precisionRate,
      firstMoment: shares.first,
      secondMoment: shares.second,
    };
    const values = SETTING_NAMES.map((name) => (name === 'unused' ? 0 : settings[name]));
    this.gpu.write(this.buffers.settings, 0, Float32Array.from(values));
  }

  /** Inverts the covariance of layer l exactly, where Newton–Schulz lost it. Returns a warning where a rescue was needed. */
  async invertExactly(l: number): Promise<string | null> {
    const stabilised = this.store.read(`S${l}`);
    try {
      const { precision, raisedBy } = await exactPrecision(stabilised, 'inverse');
      await this.store.writePrecision(l, precision);
      this.inversions++;
      precision.dispose();
      this.gpu.run(this.fold);
      return raisedBy > 0 ? raised(l, raisedBy) : null;
    } finally {
      stabilised.dispose();
    }
  }

  private free(): void {
    for (const dispatch of this.afterUpdate) dispatch.dispose();
    this.buffers.report.destroy();
    this.buffers.settings.destroy();
  }
}
