import type { Tensor2D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';

import { evenOverClasses } from '../data/batches.ts';
import type { Dataset } from '../data/dataset.ts';
import { chosen, PIXELS } from '../data/dataset.ts';
import { measureRecall } from '../engine/measures/recall.ts';
import type { Values } from '../exhibits/exhibit.ts';
import type { Act } from '../exhibits/frame.ts';
import type { RecallShown, RecallTally } from '../exhibits/list/recall.ts';
import { isOn, numberOf, wordOf } from '../exhibits/values.ts';
import { release } from '../predictive/network/memory.ts';
import { recallEpisode } from '../predictive/network/recall.ts';
import { advance, settle } from '../predictive/network/settling.ts';
import { begin } from '../predictive/network/start.ts';
import type { State } from '../predictive/network/state.ts';
import { predictionAt } from '../predictive/network/state.ts';
import type { Wiring } from '../predictive/network/wiring.ts';
import { NgcError } from '../shared/errors.ts';
import type { Beginning, Demonstrate, Demonstration } from './demonstration.ts';
import { sourceOf } from './digits.ts';
import { Learner } from './learner.ts';
import type { Spoilt } from './memories.ts';
import { errorBetween, nearestOf, noiseSeed, rubbed, spoilt } from './memories.ts';

/** B7 of predictive coding as a memory, with half its hidden neurons: 32 causes, 128 neurons, the picture. */
const NETWORK = {
  variant: 'pcn', system: 'recall', sizes: [32, 128, PIXELS], hidden: 'tanh', end: 'identity', init: 'zero',
  rate: 0.1, momentum: 0.5, steps: 20, learningRate: 0.002,
} as const; // prettier-ignore
const PICTURE = NETWORK.sizes.length - 1;
/** Where it stores more and more: how many pictures, one network after the other. */
const LADDER = [5, 10, 20, 40, 80] as const;
/** So many steps a memory has time to return. */
const RECALL_STEPS = { noise: 100, hidden: 300 } as const;
/** While it learns, so many updates pass between two looks at what it has stored. */
const LOOK_EVERY = 10;

const cut = (value: number): number => Math.min(1, Math.max(0, value));

/** Stores pictures by predictive coding, then gives them back from spoilt ones, all at once. */
export const recall: Demonstrate<RecallShown> = async (beginning) =>
  new Recall(beginning, await beginning.data());

class Recall implements Demonstration<RecallShown> {
  private values: Values;
  private step = 0;
  private stored = new Float32Array(0);
  private learner: Learner | null = null;
  private wiring: Wiring | null = null;
  private state: State | null = null;
  private held: Tensor2D | null = null;
  private given: readonly Spoilt[] = [];
  /** A picture that is spoilt by hand, in place of the memory on show; `isDrawn`: it is none of the memories. */
  private byHand: (Spoilt & { readonly isDrawn: boolean }) | null = null;
  private recalled = new Float32Array(0);
  private nearest: number[] = [];
  /** Whether the network has made anything of its pictures yet. */
  private isSeen = false;
  private energy: number[] = [];
  private course: number[] = [];
  private meanCourse: number[] = [];
  private tallies: RecallTally[] = [];

  constructor(
    private readonly beginning: Beginning,
    private readonly data: Dataset,
  ) {
    this.values = beginning.values;
    this.store(isOn(this.values, 'grow') ? LADDER[0] : numberOf(this.values, 'memories'));
  }

  private get count(): number {
    return this.stored.length / PIXELS;
  }

  private get which(): number {
    return (numberOf(this.values, 'which') - 1) % this.count;
  }

  private get most(): number {
    return wordOf(this.values, 'spoil') === 'noise' ? RECALL_STEPS.noise : RECALL_STEPS.hidden;
  }

  /** A fresh network, and the pictures it is to store. */
  private store(count: number): void {
    this.free();
    const { train } = this.data;
    const { seed } = this.beginning;
    const { pixels } = chosen(train, evenOverClasses(train, count, seed));
    this.stored = Float32Array.from(pixels, (byte) => byte / 255);
    this.learner = new Learner(NETWORK, seed);
    this.recalled = new Float32Array(this.stored.length);
    this.nearest = [];
    this.isSeen = false;
    this.byHand = null;
    [this.energy, this.course, this.meanCourse] = [[], [], []];
    this.given = this.spoiltAll();
  }

  private spoiltAll(): readonly Spoilt[] {
    const [how, noise] = [wordOf(this.values, 'spoil'), numberOf(this.values, 'noise')];
    return Array.from({ length: this.count }, (_, k) => {
      if (this.byHand && k === this.which) return this.byHand;
      const picture = this.stored.subarray(k * PIXELS, (k + 1) * PIXELS);
      return spoilt(picture, how, { noise, seed: noiseSeed(this.beginning.seed, k) });
    });
  }

  async advance(): Promise<void> {
    const learner = this.learner!;
    if (learner.updates < numberOf(this.values, 'updates')) await this.learnOnce(learner);
    else if (!this.state) await this.beginRecall(learner);
    else if (this.state.step < this.most) await this.settleOnce(this.wiring!, this.state);
    else if (!this.goesOn()) return;
    this.step++;
  }

  private async learnOnce(learner: Learner): Promise<void> {
    const output = tf.tensor2d(this.stored, [this.count, PIXELS]);
    try {
      const { after } = await learner.learn({ rows: this.count, output });
      this.energy.push(after);
      if (learner.updates % LOOK_EVERY === 0) await this.lookAtStored(learner, output);
    } finally {
      output.dispose();
    }
  }

  /** What the network makes of its pictures when it sees them whole. */
  private async lookAtStored(learner: Learner, output: Tensor2D): Promise<void> {
    const wiring = await learner.wired();
    const state = await settle(wiring, { rows: this.count, output });
    this.recalled = Float32Array.from(await predictionAt(state, PICTURE).mu.data(), cut);
    this.isSeen = true;
    release(state);
    wiring.dispose();
  }

  private async beginRecall(learner: Learner): Promise<void> {
    this.wiring ??= await learner.wired();
    release([this.held, this.state]);
    this.given = this.spoiltAll();
    const rowsOf = (part: 'pixels' | 'held') => tf.stack(this.given.map((one) => tf.tensor1d(one[part]))) as Tensor2D; // prettier-ignore
    this.held = tf.tidy(() => rowsOf('held'));
    const start = tf.tidy(() => rowsOf('pixels'));
    this.state = begin(this.wiring, recallEpisode(this.wiring, start, this.held));
    start.dispose();
    [this.course, this.meanCourse] = [[], []];
    await this.read(this.state);
  }

  private async settleOnce(wiring: Wiring, state: State): Promise<void> {
    this.state = advance(wiring, { rows: this.count, kept: this.held ?? undefined }, state);
    release(state);
    await this.read(this.state);
    if (this.state.step === this.most && !this.byHand) this.tally();
  }

  /** Takes what the network has made of its pictures so far. */
  private async read({ z }: State): Promise<void> {
    this.recalled = Float32Array.from(await z[PICTURE]!.data(), cut);
    this.isSeen = true;
    const at = Array.from({ length: this.count }, (_, k) => k);
    this.nearest = at.map((k) => nearestOf(this.recalled, this.stored, k));
    const errors = at.map((k) => this.errorOf(k));
    this.course.push(errors[this.which]!);
    this.meanCourse.push(errors.reduce((sum, error) => sum + error, 0) / this.count);
  }

  /** How far memory k, as it is recalled now, is from what was stored: of a drawn picture, from what is nearest. */
  private errorOf(k: number): number {
    const own = this.byHand?.isDrawn && k === this.which ? (this.nearest[k] ?? k) : k;
    return errorBetween(this.recalled, this.stored, { recalled: k, stored: own });
  }

  private tally(): void {
    const { mse, right } = measureRecall(this.recalled, this.stored, PIXELS);
    const one = { memories: this.count, error: mse, right };
    this.tallies = [...this.tallies.filter(({ memories }) => memories !== this.count), one];
  }

  /** Whether more pictures are to be stored now. */
  private goesOn(): boolean {
    const next = isOn(this.values, 'grow') ? LADDER.find((count) => count > this.count) : undefined;
    if (next !== undefined) this.store(next);
    return next !== undefined;
  }

  frame() {
    const { count, step, learner } = this;
    const updates = learner?.updates ?? 0;
    const wanted = numberOf(this.values, 'updates');
    const isLearning = updates < wanted;
    const k = this.which;
    const of = (all: Float32Array, at: number) => all.slice(at * PIXELS, (at + 1) * PIXELS);
    const given = this.byHand ?? this.given[k]!;
    const shown: RecallShown = {
      source: sourceOf(this.data),
      phase: isLearning ? 'learning' : 'recalling',
      ...{ updates, wanted, memories: count, which: this.byHand?.isDrawn ? null : k },
      stored: of(this.stored, this.byHand?.isDrawn ? (this.nearest[k] ?? k) : k),
      spoilt: given.pixels,
      held: given.held,
      recalled: of(this.recalled, k),
      gallery: Uint8Array.from(this.recalled, (value) => 255 * value),
      isRight: Uint8Array.from(this.nearest, (nearest, at) => (nearest === at ? 1 : 0)),
      energy: Float32Array.from(this.energy),
      course: Float32Array.from(this.course),
      meanCourse: Float32Array.from(this.meanCourse),
      tallies: this.tallies,
    };
    const says = isLearning ? `Storing ${count} pictures: update ${updates} of ${wanted}.` : null;
    return {
      step,
      metric: this.isSeen ? this.errorOf(k) : null,
      ended: false,
      says,
      isTrouble: false,
      shown,
    };
  }

  change(next: Values): void {
    const before = this.values;
    this.values = next;
    if (['spoil', 'noise', 'which'].every((key) => before[key] === next[key])) return;
    this.byHand = null;
    this.given = this.spoiltAll();
    this.again();
  }

  act({ name, values }: Act): void {
    if (name === 'rub' && values.length === 2) {
      const k = this.which;
      const { held } = this.byHand?.isDrawn ? { held: new Float32Array(PIXELS) } : this.given[k]!;
      const picture = this.stored.subarray(k * PIXELS, (k + 1) * PIXELS);
      this.byHand = { ...rubbed(picture, held, [values[0]!, values[1]!]), isDrawn: false };
    } else if (name === 'picture' && values.length === PIXELS) {
      const pixels = Float32Array.from(values);
      this.byHand = { pixels, held: new Float32Array(PIXELS), isDrawn: true };
    } else throw new NgcError('usage', `A memory knows nothing of ${name}.`);
    this.given = this.spoiltAll();
    this.again();
  }

  /** What was spoilt in another way is recalled from the start. */
  private again(): void {
    release(this.state);
    this.state = null;
    [this.course, this.meanCourse] = [[], []];
  }

  private free(): void {
    this.learner?.dispose();
    this.wiring?.dispose();
    release([this.state, this.held]);
    [this.learner, this.wiring, this.state, this.held] = [null, null, null, null];
  }

  close(): void {
    this.free();
  }
}
