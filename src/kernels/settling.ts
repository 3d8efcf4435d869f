import type { Tensor2D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';

import type { Activity } from '../ngc/activity.ts';
import { tensorsOf } from '../ngc/activity.ts';
import { summarise } from '../ngc/summary.ts';
import type { StateTerms } from '../ngc/equations/states.ts';
import { stateTerms } from '../ngc/equations/states.ts';
import { learnFrom } from '../ngc/learn.ts';
import type { Lesions } from '../ngc/lesions.ts';
import { aliveOf, refuseLearning } from '../ngc/lesions.ts';
import type { CompletionRule } from '../ngc/completion.ts';
import type { Beginning, Settling, Update } from '../ngc/settling.ts';
import type { Circumstances, Steering } from '../ngc/steering.ts';
import { actingSteering } from '../ngc/steering.ts';
import type { NeuronArena, LearningDispatches, StepDispatches } from './neuronArena.ts';
import type { ArenaPool } from './arenaPool.ts';
import type { Cuts } from './cuts.ts';
import { cutsOf } from './cuts.ts';
import type { Dispatch } from './gpu.ts';
import { encodeAll } from './gpu.ts';
import { errorName } from './layout.ts';
import type { FusedNetwork } from './network.ts';
import { readUpdate } from './report.ts';

/** No submission takes longer than this many multiplications and additions: displays share the processor. */
const LARGEST_SUBMISSION = 2e10;

const valuesOf = async (tensor: Tensor2D) => (await tensor.data()) as Float32Array;

/** A settling episode on the device: two dispatches a step, all steps of a call in one command buffer. */
export class FusedSettling implements Settling {
  steps = 0;
  /** Which of the two φ is the newest. */
  private phi: 0 | 1 = 0;
  /** Whether the error neurons are those of the states as they are. */
  private errorsKnown = false;
  private views: Activity[] = [];
  private circumstances: Circumstances;
  private masked: boolean;
  private readonly onlyLooks: boolean;
  private readonly how: CompletionRule;
  private disposed = false;
  /** The network's, when it began. */
  private readonly inversions: number;
  /** Made ready at the beginning: what learns from a batch must be submitted before the next one begins. */
  private learning: LearningDispatches | null = null;

  constructor(
    private readonly network: FusedNetwork,
    private readonly arena: NeuronArena,
    private readonly pool: ArenaPool,
    { mask = null, lesions = null, enduring = false, onlyLooks = false, how = 'eq19' }: Beginning,
  ) {
    this.circumstances = { lesions, enduring };
    this.masked = mask !== null;
    this.onlyLooks = onlyLooks;
    this.how = how;
    this.inversions = network.inversions;
  }

  get outdated(): boolean {
    return this.inversions !== this.network.inversions;
  }

  get rows(): number {
    return this.arena.rows;
  }

  private get lesions(): Lesions | null {
    return this.circumstances.lesions ?? null;
  }

  private get steering(): Steering {
    return actingSteering(this.network.model.config, this.circumstances);
  }

  private get cuts(): Cuts {
    return cutsOf(this.lesions, this.masked ? this.how : null);
  }

  private step(): Promise<StepDispatches> {
    return this.arena.step(this.cuts);
  }

  private writeSettings(): void {
    this.network.writeSettings(this.rows, this.steering);
  }

  /** Puts the input in, and the states: those given, or zeros. */
  async begin(
    x: Tensor2D,
    mask: Tensor2D | null,
    states: readonly Tensor2D[] | null,
  ): Promise<void> {
    const { network, arena, lesions } = this;
    const { predict } = await this.step();
    const [input, seen] = await Promise.all([valuesOf(x), mask && valuesOf(mask)]);
    const given = states && (await Promise.all(states.map(valuesOf)));
    const silent = arena.writeAlive(lesions) || given ? await arena.silence() : null;
    arena.write('z0', seen ? input.map((value, i) => value * seen[i]!) : input);
    given?.forEach((values, i) => arena.write(`z${i + 1}`, values));
    arena.writeMask(seen);
    this.writeSettings();
    if (!this.onlyLooks) this.learning = await arena.learning();
    const start = given ? [] : [arena.start];
    network.gpu.run([...start, ...(silent ? [silent[0]] : []), predict[0]]);
  }

  async advance(count = 1): Promise<void> {
    const { network, arena } = this;
    const { states, predict } = await this.step();
    const perStep = 2 * arena.rows * network.synapses.size;
    const most = Math.max(1, Math.floor(LARGEST_SUBMISSION / perStep));
    this.changed();
    this.writeSettings();
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
  }

  async lesion(lesions: Lesions | null): Promise<void> {
    const { network, arena, phi } = this;
    this.circumstances = { ...this.circumstances, lesions };
    const [{ predict }, silence] = [await this.step(), await arena.silence()];
    this.changed();
    arena.writeAlive(lesions);
    network.gpu.run([silence[phi], predict[phi]]);
  }

  async perceive(x: Tensor2D, mask: Tensor2D | null): Promise<void> {
    const { network, arena, phi } = this;
    const [input, seen] = await Promise.all([valuesOf(x), mask && valuesOf(mask)]);
    this.masked = mask !== null;
    const [{ predict }, perceive] = [await this.step(), await arena.perceive()];
    this.changed();
    arena.writeNext(input, seen);
    network.gpu.run([perceive, predict[phi]]);
  }

  read(rows = this.rows): Promise<Activity> {
    const { network, arena, phi, lesions } = this;
    const { layers } = network.model;
    if (!this.errorsKnown) {
      network.gpu.run([arena.errors]);
      this.errorsKnown = true;
    }
    const family = (from: number, to: number, name: (l: number) => string) =>
      Array.from({ length: to - from }, (_, i) => tf.keep(arena.read(name(from + i), rows)));
    const z = family(0, layers + 1, (l) => `z${l}`);
    const activity = {
      z,
      phiZ: [z[0]!, ...family(1, layers + 1, (l) => `phi${phi}.${l}`)],
      mu: family(0, layers, (l) => `mu${l}`),
      e: family(0, layers, (l) => (lesions?.precision ? `v${l}` : errorName(arena.layout, l))),
    };
    this.views.push(activity);
    return Promise.resolve(activity);
  }

  async terms(): Promise<StateTerms[]> {
    const { network, arena, phi, lesions } = this;
    const { config } = network.model;
    const terms = await arena.terms(this.cuts);
    const { z, e } = await this.read(1);
    this.writeSettings();
    network.gpu.run([terms[phi]]);
    return z.slice(1).map((states, i) => {
      const l = i + 1;
      const competes = config.lateral !== 'none' && !lesions?.lateral;
      const alive = aliveOf(config.sizes[l]!, l, lesions ?? undefined);
      const around = {
        bottomUp: lesions?.errorSynapses ? null : arena.read(`up${l}`, 1),
        competition: competes ? arena.read(`rivals${l}`, 1) : null,
        alive: alive && tf.tensor2d(alive, [1, alive.length]),
      };
      const known = stateTerms({ z: states, e: e[l] ?? null, ...around }, this.steering);
      for (const tensor of Object.values(around)) tensor?.dispose();
      return known;
    });
  }

  async learn(): Promise<Update> {
    refuseLearning(this.lesions);
    const { network, arena, phi } = this;
    const { model, gpu, buffers } = network;
    if (model.config.precision === 'cholesky') return this.learnOpByOp();
    const { columns, finite, update } = this.learning ?? (await arena.learning());
    model.updates++;
    this.writeSettings();
    model.imagesSeen += arena.rows;
    const top = arena.layout.region(`phi${phi}.${model.layers}`);
    const told = gpu.device.createBuffer({
      label: 'told',
      size: buffers.report.size + top.rows * top.cols * 4,
      usage: GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST,
    });
    gpu.submit((encoder) => {
      encoder.clearBuffer(buffers.report);
      encodeAll(encoder, [arena.errors, columns[phi], finite, update[phi], ...network.afterUpdate]);
      encoder.copyBufferToBuffer(buffers.report, 0, told, 0, buffers.report.size);
      const bytes = top.rows * top.cols * 4;
      encoder.copyBufferToBuffer(arena.buffer, top.offset * 4, told, buffers.report.size, bytes);
    });
    this.errorsKnown = true;
    network.store.changed();
    try {
      return await readUpdate(network, told, arena.rows);
    } finally {
      told.destroy();
    }
  }

  /** The Cholesky form needs a factorisation for every update, which is the host's to do. */
  private async learnOpByOp(): Promise<Update> {
    const { model } = this.network;
    const activity = await this.read();
    const summary = await summarise(model, activity);
    return { ...summary, ...(await learnFrom(model, activity)) };
  }

  /** The matrix products of a step alone, for measuring what the rest of it costs. They overwrite the neurons. */
  async bareProducts(): Promise<{ run(steps: number): Promise<void>; dispose(): void }> {
    const { gpu } = this.network;
    const dispatches = await this.arena.bareProducts();
    return {
      async run(steps) {
        gpu.run(Array.from({ length: steps }, () => dispatches).flat());
        await gpu.device.queue.onSubmittedWorkDone();
      },
      dispose: () => dispatches.forEach((dispatch) => dispatch.dispose()),
    };
  }

  dispose(): void {
    if (this.disposed) return;
    this.disposed = true;
    this.changed();
    this.pool.release(this.arena);
  }

  /** What was read is old. */
  private changed(): void {
    this.errorsKnown = false;
    for (const view of this.views) tf.dispose(tensorsOf(view));
    this.views = [];
  }
}
