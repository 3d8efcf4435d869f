import type { Tensor2D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';

import { ACTIVATIONS } from '../engine/activations.ts';
import type { Activity } from '../ngc/activity.ts';
import { tensorsOf } from '../ngc/activity.ts';
import type { CompletionRule } from '../ngc/completion.ts';
import type { StateTerms } from '../ngc/equations/states.ts';
import { stateTerms } from '../ngc/equations/states.ts';
import type { Lesions } from '../ngc/lesions.ts';
import { aliveOf, refuseLearning } from '../ngc/lesions.ts';
import type { BatchSum, Beginning, Settling, Update } from '../ngc/settling.ts';
import type { Circumstances } from '../ngc/steering.ts';
import { actingSteering } from '../ngc/steering.ts';
import type { Matrix } from './heap.ts';
import { learn, sumsOf } from './learn.ts';
import type { OwnNetwork } from './network.ts';
import { NgcError } from '../shared/errors.ts';
import { takeNeurons } from './neurons.ts';
import type { Conditions } from './step.ts';
import { comesUp, competition } from './step.ts';
import type { Hands, Work } from './tasks.ts';
import { workHere } from './tasks.ts';

const valuesOf = async (tensor: Tensor2D) => (await tensor.data()) as Float32Array;

/** A settling episode by the kernels: all steps of a call without leaving them, in this thread or by hands that share its memory. */
export class OwnSettling implements Settling {
  steps = 0;
  private readonly taken: ReturnType<typeof takeNeurons>;
  private readonly work: Work;
  /** Resolves when hands have done what they do for it; null: they do nothing. */
  private underWay: Promise<unknown> | null = null;
  private circumstances: Circumstances;
  private masked: boolean;
  private readonly how: CompletionRule;
  private silent: readonly boolean[] = [];
  private views: Activity[] = [];
  private disposed = false;

  private constructor(
    private readonly network: OwnNetwork,
    rows: number,
    hands: Hands | null,
    { mask = null, lesions = null, enduring = false, how = 'eq19' }: Beginning,
  ) {
    this.circumstances = { lesions, enduring };
    this.masked = mask !== null;
    this.how = how;
    this.taken = takeNeurons(network.heap, network.model.config.sizes, rows, hands?.count);
    this.work = hands ? (tasks) => this.by(hands.do(network, tasks)) : workHere(network);
    this.writeAlive(lesions);
  }

  /**
   * Begins an episode. Throws a RangeError where there is no memory for it.
   *
   * @param hands who shares its rows; null: all are settled here
   */
  static async begin(
    network: OwnNetwork,
    x: Tensor2D,
    beginning: Beginning,
    hands: Hands | null = null,
  ): Promise<OwnSettling> {
    const { mask = null, states = null } = beginning;
    await network.prepare(x.shape[0]);
    const [input, seen] = await Promise.all([valuesOf(x), mask && valuesOf(mask)]);
    const given = states && (await Promise.all(states.map(valuesOf)));
    const settling = new OwnSettling(network, x.shape[0], hands, beginning);
    const { heap } = network;
    const { z, mask: place } = settling.taken.whole;
    heap.write(z[0]!, seen ? input.map((value, i) => value * seen[i]!) : input);
    if (seen) heap.write(place, seen);
    given?.forEach((values, i) => heap.write(z[i + 1]!, values));
    await settling.settle(0);
    return settling;
  }

  get rows(): number {
    return this.taken.whole.rows;
  }

  /** Bytes of the network and all its episodes in the memory of the kernels. */
  get bytes(): number {
    return this.network.heap.inUse;
  }

  private get conditions(): Omit<Conditions, 'network' | 'neurons'> {
    const { network, circumstances, silent, masked, how } = this;
    const { lesions = null } = circumstances;
    const steering = actingSteering(network.model.config, circumstances);
    return { steering, lesions, silent, hidden: masked ? how : null };
  }

  /** Makes so many steps; without any, the network responds to what is new. */
  private async settle(count: number): Promise<void> {
    const { conditions } = this;
    await this.work(
      this.taken.parts.map(
        (neurons) => ({ type: 'settle', neurons, count, ...conditions }) as const,
      ),
    );
  }

  /** Waits for work of others. Rejects as cancelled where the episode has been disposed meanwhile. */
  private async by<T>(work: Promise<T>): Promise<T> {
    this.underWay = work.catch(() => undefined);
    const done = await work;
    this.underWay = null;
    this.check();
    return done;
  }

  /** Has the newest synapses. Rejects as cancelled where the episode has been disposed meanwhile: its neurons are others' then. */
  private async prepare(): Promise<void> {
    await this.network.prepare(this.rows);
    this.check();
  }

  private check(): void {
    if (this.disposed) throw new NgcError('cancelled', 'The settling episode ended meanwhile.');
  }

  async advance(count = 1): Promise<void> {
    await this.prepare();
    this.changed();
    await this.settle(count);
    this.steps += count;
  }

  async lesion(lesions: Lesions | null): Promise<void> {
    await this.prepare();
    this.circumstances = { ...this.circumstances, lesions };
    this.writeAlive(lesions);
    this.changed();
    await this.settle(0);
  }

  async perceive(x: Tensor2D, mask: Tensor2D | null): Promise<void> {
    const [input, seen] = await Promise.all([valuesOf(x), mask && valuesOf(mask)]);
    await this.prepare();
    const { heap } = this.network;
    const { mask: place, z } = this.taken.whole;
    const [pixels] = z as [Matrix];
    const imagined = this.masked ? heap.read(pixels) : null;
    const before = imagined && heap.read(place);
    const next = input.map((value, i) => {
      if (!seen) return value;
      const kept = imagined ? imagined[i]! * (1 - before![i]!) : 0;
      return value * seen[i]! + kept * (1 - seen[i]!);
    });
    this.masked = mask !== null;
    heap.write(pixels, next);
    if (seen) heap.write(place, seen);
    this.changed();
    await this.settle(0);
  }

  read(rows = this.rows): Promise<Activity> {
    const wanted = Math.min(rows, this.rows);
    const { z, phi, mu, e } = this.taken.whole;
    const [input, ...states] = z.map((matrix) => this.tensor(matrix, wanted)) as [Tensor2D];
    const family = (matrices: readonly Matrix[]) =>
      matrices.map((matrix) => this.tensor(matrix, wanted));
    const activity = {
      z: [input, ...states],
      phiZ: [input, ...family(phi.slice(1))],
      mu: family(mu),
      e: family(e),
    };
    this.views.push(activity);
    return Promise.resolve(activity);
  }

  async terms(): Promise<StateTerms[]> {
    await this.prepare();
    const { network } = this;
    const conditions = { ...this.conditions, network, neurons: this.taken.whole };
    const { config, definition } = network.model;
    const { z, e } = await this.read(1);
    const tensor = (matrix: Matrix | null) => matrix && this.tensor(matrix, 1);
    return z.slice(1).map((state, i) => {
      const l = i + 1;
      const up = tensor(comesUp(conditions, l, 1));
      const gated = up && definition.feedback === 'transpose';
      const slope = gated ? ACTIVATIONS[config.activation].derivative(state) : null;
      const alive = aliveOf(config.sizes[l]!, l, conditions.lesions ?? undefined);
      const around = {
        bottomUp: up && slope ? tf.mul<Tensor2D>(up, slope) : up,
        competition: tensor(competition(conditions, l, 1)),
        alive: alive && tf.tensor2d(alive, [1, alive.length]),
      };
      const known = stateTerms({ z: state, e: e[l] ?? null, ...around }, conditions.steering);
      for (const each of new Set([up, slope, ...Object.values(around)])) each?.dispose();
      return known;
    });
  }

  async learn(): Promise<Update> {
    refuseLearning(this.circumstances.lesions ?? null);
    await this.prepare();
    return learn(this.network, this.taken, this.work, () => this.read());
  }

  async sum(): Promise<BatchSum> {
    await this.prepare();
    return sumsOf(this.network, this.taken.whole);
  }

  dispose(): void {
    if (this.disposed) return;
    this.disposed = true;
    this.changed();
    // Hands that still work for it write where its neurons are.
    if (this.underWay) void this.underWay.then(() => this.taken.dispose());
    else this.taken.dispose();
  }

  private tensor(matrix: Matrix, rows: number): Tensor2D {
    return tf.tensor2d(this.network.heap.read(matrix, rows), [rows, matrix.cols]);
  }

  private writeAlive(lesions: Lesions | null): void {
    const { heap, model } = this.network;
    this.silent = model.config.sizes.map((size, l) => {
      const alive = aliveOf(size, l, lesions ?? undefined);
      if (alive) heap.write(this.taken.whole.alive[l]!, alive);
      return alive !== null;
    });
  }

  /** What was read is old. */
  private changed(): void {
    for (const view of this.views) tf.dispose(tensorsOf(view));
    this.views = [];
  }
}
