import type { Batches } from '../data/batches.ts';
import { createBatches } from '../data/batches.ts';
import type { Dataset } from '../data/dataset.ts';
import { intensities, PIXELS } from '../data/dataset.ts';
import type { Values } from '../exhibits/exhibit.ts';
import type { Act } from '../exhibits/frame.ts';
import type { ManyWaysShown } from '../exhibits/list/manyWays.ts';
import { CHAINS } from '../exhibits/list/manyWays.ts';
import { numberOf, wordOf } from '../exhibits/values.ts';
import { release } from '../predictive/network/memory.ts';
import type { NetworkSettings } from '../predictive/network/settings.ts';
import type { Wiring } from '../predictive/network/wiring.ts';
import { NgcError } from '../shared/errors.ts';
import { deriveSeed } from '../shared/rng.ts';
import type { Beginning, Demonstrate, Demonstration } from './demonstration.ts';
import { digitsOf, sourceOf } from './digits.ts';
import { Learner } from './learner.ts';
import type { Spoilt } from './memories.ts';
import { rubbed, spoilt } from './memories.ts';
import { Moments } from './moments.ts';
import { Wanderers } from './wanderers.ts';

/** A decoder of 16 causes with half the hidden neurons of the one in B9's study: it learns from states that are sampled too. */
const NETWORK = {
  variant: 'pcn', system: 'langevin', sizes: [16, 128, PIXELS], hidden: 'tanh', output: 'bernoulli', priorPrecision: 1,
  temperature: 1, rate: 0.05, steps: 20, learningRate: 0.003, batch: 50,
} as const satisfies Partial<NetworkSettings>; // prettier-ignore
/** So many steps after a change the chains have left where they were, and what they go through counts. */
const WARM_UP = 60;
/** Errors are remembered over so many steps. */
const REMEMBERED = 600;

/** Learns digits, and goes on from half of one in many ways. */
export const manyWays: Demonstrate<ManyWaysShown> = async (beginning) =>
  new ManyWays(beginning, await beginning.data());

class ManyWays implements Demonstration<ManyWaysShown> {
  private values: Values;
  private step = 0;
  /** Steps since the picture, the noise or the synapses were last changed. */
  private since = 0;
  private readonly learner: Learner;
  private readonly batches: Batches;
  private readonly wanderers: Wanderers;
  private wiring: Wiring | null = null;
  private truth = new Float32Array(PIXELS);
  private given: Spoilt = { pixels: this.truth, held: this.truth };
  private ways: Float32Array = new Float32Array((1 + CHAINS) * PIXELS);
  private past = new Moments(PIXELS);
  private readonly errors = {
    settled: [] as number[],
    chain: [] as number[],
    mean: [] as number[],
  };

  constructor(
    private readonly beginning: Beginning,
    private readonly data: Dataset,
  ) {
    const { values, seed } = beginning;
    this.values = values;
    this.learner = new Learner(NETWORK, seed);
    this.batches = createBatches(data.train.count, NETWORK.batch, seed);
    this.wanderers = new Wanderers(CHAINS, seed);
    this.take(this.digit());
  }

  private digit(): Float32Array {
    const { test } = this.data;
    return intensities(test, (numberOf(this.values, 'digit') - 1) % test.count);
  }

  /** Another picture, of which a part is hidden as the controls have it. */
  private take(picture: Float32Array): void {
    this.truth = Float32Array.from(picture);
    this.show(spoilt(this.truth, wordOf(this.values, 'hide'), { noise: 0, seed: 0 }));
  }

  private show(given: Spoilt): void {
    this.given = given;
    this.wanderers.see(given);
    this.forget();
  }

  /** What was gone through before belongs to something else. */
  private forget(): void {
    this.since = 0;
    this.past = new Moments(PIXELS);
    for (const course of Object.values(this.errors)) course.length = 0;
  }

  private get wanted(): number {
    return numberOf(this.values, 'updates');
  }

  async advance(): Promise<void> {
    if (this.learner.updates < this.wanted) await this.learn();
    this.wiring ??= await this.wired();
    this.look(await this.wanderers.step(this.wiring));
    this.step++;
  }

  private async learn(): Promise<void> {
    const { indices } = this.batches.next();
    const { x, y } = digitsOf(this.data.train, indices);
    const seed = deriveSeed(this.beginning.seed, this.learner.updates);
    try {
      await this.learner.learn({ rows: indices.length, output: x, seed }, this.beginning.giveWay);
    } finally {
      release([x, y]);
    }
    this.unwire();
    this.wanderers.rewired();
    this.forget();
  }

  private wired(): Promise<Wiring> {
    const [rate, temperature] = [numberOf(this.values, 'rate'), numberOf(this.values, 'temperature')]; // prettier-ignore
    return this.learner.wired({ rate, temperature });
  }

  private unwire(): void {
    this.wiring?.dispose();
    this.wiring = null;
  }

  /** Takes down what every settling has come to. */
  private look(ways: Float32Array): void {
    this.ways = ways;
    this.since++;
    const chains = ways.subarray(PIXELS);
    // Before the chains have left their start, only where they are counts.
    if (this.since <= WARM_UP) this.past = new Moments(PIXELS);
    this.past.add(chains);
    const { settled, chain, mean } = this.errors;
    settled.push(this.errorOf(ways.subarray(0, PIXELS)));
    chain.push(this.errorOf(chains) / CHAINS);
    mean.push(this.errorOf(this.past.mean()));
    for (const course of [settled, chain, mean]) if (course.length > REMEMBERED) course.shift();
  }

  /** The squared error over the hidden pixels, of one picture, or the sum over several. */
  private errorOf(pictures: Float32Array): number {
    const { truth, given } = this;
    return pictures.reduce((sum, pixel, i) => {
      const at = i % PIXELS;
      return sum + (given.held[at] === 1 ? 0 : (pixel - truth[at]!) ** 2);
    }, 0);
  }

  frame() {
    const { step, wanted, learner, truth, given, past, errors } = this;
    const { updates } = learner;
    const isLearning = updates < wanted;
    const variance = past.variance();
    const shown: ManyWaysShown = {
      source: sourceOf(this.data),
      ...{ isLearning, updates, wanted, truth, given: given.held },
      ways: Uint8Array.from(this.ways, (pixel) => 255 * pixel),
      ...{ mean: past.mean(), variance, counted: past.count },
      errors: {
        settled: Float32Array.from(errors.settled),
        chain: Float32Array.from(errors.chain),
        mean: Float32Array.from(errors.mean),
      },
      from: this.since - errors.chain.length + 1,
    };
    const hidden = given.held.reduce((count, held) => count + 1 - held, 0);
    const spread = variance.reduce((sum, one, i) => sum + one * (1 - given.held[i]!), 0);
    const says = isLearning ? `It learns digits: batch ${updates} of ${wanted}.` : null;
    return {
      step,
      metric: past.count === 0 || hidden === 0 ? null : spread / hidden,
      ended: false,
      says,
      isTrouble: false,
      shown,
    };
  }

  change(next: Values): void {
    const before = this.values;
    this.values = next;
    const isOther = (...keys: string[]) => keys.some((key) => before[key] !== next[key]);
    if (isOther('digit')) this.take(this.digit());
    else if (isOther('hide')) this.take(this.truth);
    if (!isOther('rate', 'temperature')) return;
    this.unwire();
    this.forget();
  }

  act({ name, values }: Act): void {
    if (name === 'rub' && values.length === 2)
      this.show(rubbed(this.truth, this.given.held, [values[0]!, values[1]!]));
    else if (name === 'picture' && values.length === PIXELS) this.take(Float32Array.from(values));
    else throw new NgcError('usage', `Half a digit knows nothing of ${name}.`);
  }

  close(): void {
    this.learner.dispose();
    this.unwire();
    this.wanderers.dispose();
  }
}
