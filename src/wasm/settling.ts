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
import type { Neurons } from './neurons.ts';
import { takeNeurons } from './neurons.ts';
import type { Conditions } from './step.ts';
import { comesUp, competition, respond, steps } from './step.ts';

const valuesOf = async (tensor: Tensor2D) => (await tensor.data()) as Float32Array;

/** A settling episode by the kernels: all steps of a call without leaving them. */
export class OwnSettling implements Settling {
  steps = 0;
  private readonly neurons: Neurons;
  private circumstances: Circumstances;
  private masked: boolean;
  private readonly how: CompletionRule;
  private silent: readonly boolean[] = [];
  private views: Activity[] = [];
  private disposed = false;

  private constructor(
    private readonly network: OwnNetwork,
    rows: number,
    { mask = null, lesions = null, enduring = false, how = 'eq19' }: Beginning,
  ) {
    this.circumstances = { lesions, enduring };
    this.masked = mask !== null;
    this.how = how;
    this.neurons = takeNeurons(network.heap, network.model.config.sizes, rows);
    this.writeAlive(lesions);
  }

  /** Begins an episode. Throws a RangeError where there is no memory for it. */
  static async begin(network: OwnNetwork, x: Tensor2D, beginning: Beginning): Promise<OwnSettling> {
    const { mask = null, states = null } = beginning;
    await network.prepare(x.shape[0]);
    const [input, seen] = await Promise.all([valuesOf(x), mask && valuesOf(mask)]);
    const given = states && (await Promise.all(states.map(valuesOf)));
    const settling = new OwnSettling(network, x.shape[0], beginning);
    const { heap } = network;
    const { z, mask: place } = settling.neurons;
    heap.write(z[0]!, seen ? input.map((value, i) => value * seen[i]!) : input);
    if (seen) heap.write(place, seen);
    given?.forEach((values, i) => heap.write(z[i + 1]!, values));
    respond(settling.conditions);
    return settling;
  }

  get rows(): number {
    return this.neurons.rows;
  }

  /** Bytes of the network and all its episodes in the memory of the kernels. */
  get bytes(): number {
    return this.network.heap.inUse;
  }

  private get conditions(): Conditions {
    const { network, neurons, circumstances, silent, masked, how } = this;
    const { lesions = null } = circumstances;
    const steering = actingSteering(network.model.config, circumstances);
    return { network, neurons, steering, lesions, silent, hidden: masked ? how : null };
  }

  async advance(count = 1): Promise<void> {
    await this.network.prepare(this.rows);
    this.changed();
    steps(this.conditions, count);
    this.steps += count;
  }

  async lesion(lesions: Lesions | null): Promise<void> {
    await this.network.prepare(this.rows);
    this.circumstances = { ...this.circumstances, lesions };
    this.writeAlive(lesions);
    this.changed();
    respond(this.conditions);
  }

  async perceive(x: Tensor2D, mask: Tensor2D | null): Promise<void> {
    await this.network.prepare(this.rows);
    const [input, seen] = await Promise.all([valuesOf(x), mask && valuesOf(mask)]);
    const { heap } = this.network;
    const [pixels] = this.neurons.z as [Matrix];
    const { mask: place } = this.neurons;
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
    respond(this.conditions);
  }

  read(rows = this.rows): Promise<Activity> {
    const wanted = Math.min(rows, this.rows);
    const { z, phi, mu, e } = this.neurons;
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
    await this.network.prepare(this.rows);
    const { conditions, network } = this;
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
    await this.network.prepare(this.rows);
    return learn(this.network, this.neurons, () => this.read());
  }

  async sum(): Promise<BatchSum> {
    await this.network.prepare(this.rows);
    return sumsOf(this.network, this.neurons);
  }

  dispose(): void {
    if (this.disposed) return;
    this.disposed = true;
    this.changed();
    this.neurons.dispose();
  }

  private tensor(matrix: Matrix, rows: number): Tensor2D {
    return tf.tensor2d(this.network.heap.read(matrix, rows), [rows, matrix.cols]);
  }

  private writeAlive(lesions: Lesions | null): void {
    const { heap, model } = this.network;
    this.silent = model.config.sizes.map((size, l) => {
      const alive = aliveOf(size, l, lesions ?? undefined);
      if (alive) heap.write(this.neurons.alive[l]!, alive);
      return alive !== null;
    });
  }

  /** What was read is old. */
  private changed(): void {
    for (const view of this.views) tf.dispose(tensorsOf(view));
    this.views = [];
  }
}
