import type { Tensor1D, Tensor2D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';

import type { Batches } from '../data/batches.ts';
import { createBatches } from '../data/batches.ts';
import type { Dataset } from '../data/dataset.ts';
import { intensities, PIXELS } from '../data/dataset.ts';
import { auroc } from '../engine/measures/auroc.ts';
import { roc } from '../engine/measures/roc.ts';
import type { Values } from '../exhibits/exhibit.ts';
import type { Act } from '../exhibits/frame.ts';
import type { StrangerScore, StrangersShown } from '../exhibits/list/strangers.ts';
import { strangers as exhibit } from '../exhibits/list/strangers.ts';
import { numberOf, wordOf } from '../exhibits/values.ts';
import { release } from '../predictive/network/memory.ts';
import type { NetworkSettings } from '../predictive/network/settings.ts';
import { settle } from '../predictive/network/settling.ts';
import { forwardPass } from '../predictive/network/start.ts';
import { freeEnergies, predictionAt } from '../predictive/network/state.ts';
import { classifierSurprise, decoderSurprise } from '../predictive/network/surprise.ts';
import type { Wiring } from '../predictive/network/wiring.ts';
import { NgcError } from '../shared/errors.ts';
import type { Beginning, Demonstrate, Demonstration } from './demonstration.ts';
import { digitsOf, sourceOf } from './digits.ts';
import { Learner } from './learner.ts';
import { estranged } from './strangePictures.ts';

const BATCH = 50;
/** A decoder from 32 causes to the picture; a classifier of two hidden layers, with a Gaussian end or softmax. */
const NETWORKS: Readonly<Record<string, Partial<NetworkSettings>>> = {
  decoder: { variant: 'pcn', system: 'compress', sizes: [32, 128, PIXELS], hidden: 'tanh', init: 'zero', rate: 0.1, momentum: 0.5, steps: 20, learningRate: 0.002 },
  classifier: { variant: 'pcn', system: 'surprise', sizes: [PIXELS, 96, 64, 10], steps: 8, learningRate: 0.003 },
  softmax: { variant: 'pcn', system: 'surprise', sizes: [PIXELS, 96, 64, 10], steps: 8, learningRate: 0.003, output: 'softmax' },
}; // prettier-ignore
/** A classifier settles on its own answer for longer than it learns. */
const ANSWER_STEPS = 50;
/** So many pictures of either kind are measured at a step; when it has learnt, more and more, up to the most. */
const MEASURED = 50;
const MOST_MEASURED = 500;
/** While it learns, so many updates pass between two measurements. */
const MEASURE_EVERY = 10;
/** Pictures of either kind that one can press. */
const SHOWN = 8;

interface Scores {
  readonly energy: number[];
  readonly unsure: number[];
}
const noScores = (): Scores => ({ energy: [], unsure: [] });

/** Learns digits, and measures how much digits and strangers surprise it. */
export const strangers: Demonstrate<StrangersShown> = async (beginning) =>
  new Strangers(beginning, await beginning.data(), (await beginning.clothes?.()) ?? null);

class Strangers implements Demonstration<StrangersShown> {
  private values: Values;
  private step = 0;
  private readonly learner: Learner;
  private readonly batches: Batches;
  private known = noScores();
  private strange = noScores();
  private picture: Float32Array;
  private expected: Float32Array | null = null;
  private answer: number | null = null;
  private energy: number | null = null;
  private isMeasured = false;

  constructor(
    private readonly beginning: Beginning,
    private readonly data: Dataset,
    private readonly clothes: Dataset | null,
  ) {
    const { values, seed } = beginning;
    this.values = values;
    this.learner = new Learner({ ...NETWORKS[wordOf(values, 'network')], batch: BATCH }, seed);
    this.batches = createBatches(data.train.count, BATCH, seed);
    this.picture = intensities(data.test, 0);
  }

  private get isDecoder(): boolean {
    return wordOf(this.values, 'network') === 'decoder';
  }

  /** Whether there are no strangers of the kind that is wanted. */
  private get isWithout(): boolean {
    return wordOf(this.values, 'strangers') === 'fashion' && !this.clothes;
  }

  private knownAt(index: number): Float32Array {
    return intensities(this.data.test, index % this.data.test.count);
  }

  private strangeAt(index: number): Float32Array {
    const way = wordOf(this.values, 'strangers');
    if (way !== 'fashion') return estranged(way, this.knownAt(index), index, this.beginning.seed);
    if (!this.clothes) return new Float32Array(PIXELS);
    return intensities(this.clothes.test, index % this.clothes.test.count);
  }

  async advance(): Promise<void> {
    const wanted = numberOf(this.values, 'updates');
    if (this.learner.updates < wanted) {
      await this.learn();
      const { updates } = this.learner;
      if (updates % MEASURE_EVERY === 0) await this.measure(updates < wanted ? 'anew' : 'all anew');
    } else if (!this.isMeasured) await this.measure('on');
    else return;
    this.step++;
  }

  private async learn(): Promise<void> {
    const { indices } = this.batches.next();
    const { x, y } = digitsOf(this.data.train, indices);
    const rows = indices.length;
    try {
      await this.learner.learn(this.isDecoder ? { rows, output: x } : { rows, input: x, output: y });
    } finally {
      release([x, y]);
    }
  } // prettier-ignore

  /** Measures the next pictures of either kind: the first ones `anew`, or `on` from those that were measured. */
  private async measure(how: 'anew' | 'all anew' | 'on'): Promise<void> {
    if (how !== 'on') [this.known, this.strange] = [noScores(), noScores()];
    const wiring = await this.learner.wired();
    try {
      const from = this.known.energy.length;
      const indices = Array.from({ length: MEASURED }, (_, i) => from + i);
      await this.score(wiring, indices.map((i) => this.knownAt(i)), this.known); // prettier-ignore
      if (!this.isWithout) await this.score(wiring, indices.map((i) => this.strangeAt(i)), this.strange); // prettier-ignore
      await this.look(wiring);
    } finally {
      wiring.dispose();
    }
    this.isMeasured = this.known.energy.length >= Math.min(MOST_MEASURED, this.data.test.count);
  }

  private async score(wiring: Wiring, pictures: readonly Float32Array[], into: Scores): Promise<void> {
    const x = tf.tidy(() => tf.stack(pictures.map((one) => tf.tensor1d(one)))) as Tensor2D;
    const take = async (values: Tensor1D) => Array.from(await values.data());
    try {
      if (this.isDecoder) {
        const surprise = await decoderSurprise(wiring, x);
        into.energy.push(...(await take(surprise)));
        release(surprise);
      } else {
        const surprise = await classifierSurprise(wiring, x, { steps: ANSWER_STEPS });
        into.energy.push(...(await take(surprise.after)));
        into.unsure.push(...(await take(surprise.softmax)).map((sure) => -sure));
        release(surprise);
      }
    } finally {
      x.dispose();
    }
  } // prettier-ignore

  /** What the network makes of the picture on show. */
  private async look(wiring: Wiring): Promise<void> {
    const x = tf.tensor2d(this.picture, [1, PIXELS]);
    if (this.isDecoder) {
      const state = await settle(wiring, { rows: 1, output: x });
      const energies = freeEnergies(wiring, state);
      this.expected = Float32Array.from(await predictionAt(state, wiring.layers.length).mu.data());
      this.energy = (await energies.data())[0]!;
      release([state, energies]);
    } else {
      const surprise = await classifierSurprise(wiring, x, { steps: ANSWER_STEPS });
      const chain = forwardPass(wiring, x);
      const said = tf.tidy(() => tf.argMax(chain[wiring.layers.length]!, 1));
      [this.answer, this.energy] = [(await said.data())[0]!, (await surprise.after.data())[0]!];
      release([surprise, chain, said]);
    }
    x.dispose();
  }

  frame() {
    const { learner, step, data } = this;
    const { updates } = learner;
    const wanted = numberOf(this.values, 'updates');
    const surprise = scoreOf(this.known.energy, this.strange.energy);
    const few = (at: (index: number) => Float32Array) => {
      const all = new Float32Array(SHOWN * PIXELS);
      for (let i = 0; i < SHOWN; i++) all.set(at(i), i * PIXELS);
      return all;
    };
    const shown: StrangersShown = {
      source: sourceOf(data),
      strangersTitle: titleOf(wordOf(this.values, 'strangers')),
      ...{ updates, wanted, surprise },
      unsure: this.isDecoder ? null : scoreOf(this.known.unsure, this.strange.unsure),
      knownPictures: few((i) => this.knownAt(i)),
      strangePictures: few((i) => this.strangeAt(i)),
      picture: this.picture,
      ...{ expected: this.expected, answer: this.answer, energy: this.energy },
    };
    const says = this.isWithout
      ? 'Fashion-MNIST is not beside this page or kept in this browser: choose other strangers, or keep it under Your data.'
      : updates < wanted
        ? `Learning digits: update ${updates} of ${wanted}.`
        : null;
    const metric = Number.isNaN(surprise.auroc) ? null : surprise.auroc;
    return { step, metric, ended: false, says, isTrouble: this.isWithout, shown };
  }

  change(next: Values): void {
    const before = wordOf(this.values, 'strangers');
    this.values = next;
    if (wordOf(next, 'strangers') === before) return;
    [this.known, this.strange] = [noScores(), noScores()];
    this.isMeasured = false;
  }

  async act({ name, values }: Act): Promise<void> {
    if (name === 'picture' && values.length === PIXELS) this.picture = Float32Array.from(values);
    else if (name === 'known' && values.length === 1) this.picture = this.knownAt(values[0]!);
    else if (name === 'strange' && values.length === 1) this.picture = this.strangeAt(values[0]!);
    else throw new NgcError('usage', `Surprise knows nothing of ${name}.`);
    const wiring = await this.learner.wired();
    await this.look(wiring);
    wiring.dispose();
  }

  close(): void {
    this.learner.dispose();
  }
}

function scoreOf(known: readonly number[], strange: readonly number[]): StrangerScore {
  const points = roc(known, strange);
  return {
    known: Float32Array.from(known),
    strange: Float32Array.from(strange),
    auroc: points.length === 0 ? NaN : auroc(known, strange),
    falseAlarms: Float32Array.from(points, ({ falseAlarms }) => falseAlarms),
    found: Float32Array.from(points, ({ found }) => found),
  };
}

function titleOf(way: string): string {
  const control = exhibit.controls.find(({ key }) => key === 'strangers');
  const choice = control?.kind === 'choice' && control.choices.find(({ value }) => value === way);
  return choice ? choice.title : way;
}
