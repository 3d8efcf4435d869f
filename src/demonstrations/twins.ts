import { createBatches } from '../data/batches.ts';
import type { Batches } from '../data/batches.ts';
import type { Dataset } from '../data/dataset.ts';
import { slice } from '../data/dataset.ts';
import type { Split } from '../data/dataset.ts';
import type { Values } from '../exhibits/exhibit.ts';
import type { TwinsShown } from '../exhibits/list/twins.ts';
import { numberOf } from '../exhibits/values.ts';
import { backpropLedger, predictiveLedger } from '../predictive/network/costs.ts';
import { release } from '../predictive/network/memory.ts';
import { parseSettings } from '../predictive/network/parse.ts';
import { NgcError } from '../shared/errors.ts';
import type { Demonstrate, Demonstration } from './demonstration.ts';
import type { Digits } from './digits.ts';
import { accuracyOf } from './classifier.ts';
import { CLASSES, digitsOf, firstDigits, heldAt } from './digits.ts';
import { Learner, twinOf } from './learner.ts';

const BATCH = 100;
/** Images that both are tested with. */
const HELD_OUT = 1000;
/** So often in a run both are tested. */
const TESTS = 40;

/** A network and its twin learn from the same batches, and are tested now and then. */
export const twins: Demonstrate<TwinsShown> = async ({ values, seed, data }) => {
  const dataset = await data();
  const race = new Race(values, seed, dataset);
  await race.test();
  return race;
};

class Race implements Demonstration<TwinsShown> {
  private readonly learner: Learner;
  private readonly twin: Learner;
  private readonly train: Split;
  private readonly batches: Batches;
  private readonly heldOut: Digits;
  private readonly total: number;
  private step = 0;
  private trouble: string | null = null;
  private readonly at: number[] = [];
  private readonly coding: number[] = [];
  private readonly backprop: number[] = [];

  constructor(
    values: Values,
    seed: number,
    private readonly dataset: Dataset,
  ) {
    const settings = parseSettings({
      variant: 'pcn',
      sizes: [784, 128, 128, 128, CLASSES],
      steps: numberOf(values, 'steps'),
      rate: numberOf(values, 'rate'),
      outputVariance: numberOf(values, 'variance'),
      learningRate: numberOf(values, 'learningRate'),
    });
    const { train, test } = dataset;
    this.learner = new Learner(settings, seed);
    this.twin = new Learner(twinOf(settings), seed);
    this.train = slice(train, 0, Math.min(train.count, numberOf(values, 'images')));
    this.batches = createBatches(this.train.count, BATCH, seed);
    this.heldOut = firstDigits(test, HELD_OUT);
    this.total = Math.ceil(this.train.count / BATCH) * numberOf(values, 'epochs');
  }

  async advance(): Promise<void> {
    if (this.hasEnded) return;
    const digits = digitsOf(this.train, this.batches.next().indices);
    try {
      await this.twin.learn(heldAt(digits));
      if (this.trouble === null) await this.settleAndLearn(digits);
    } finally {
      release(digits);
    }
    this.step++;
    if (this.step % Math.ceil(this.total / TESTS) === 0 || this.hasEnded) await this.test();
  }

  /** Tests both with images that they never learn from. */
  async test(): Promise<void> {
    this.at.push(this.step);
    this.backprop.push(await this.percentOf(this.twin));
    if (this.trouble === null) this.coding.push(await this.percentOf(this.learner));
  }

  frame() {
    const { at, coding, backprop, step, total, trouble, train, heldOut, dataset } = this;
    const { sizes, steps } = this.learner.settings;
    const isLevel = coding.length === backprop.length;
    return {
      step,
      metric: isLevel ? coding.at(-1)! - backprop.at(-1)! : null,
      ended: this.hasEnded,
      says: trouble,
      isTrouble: trouble !== null,
      shown: {
        ...{ data: dataset.title, images: train.count, heldOut: heldOut.labels.length },
        ...{ batches: total, at: Float32Array.from(at) },
        ...{ coding: Float32Array.from(coding), backprop: Float32Array.from(backprop) },
        reach: {
          coding: predictiveLedger({ sizes, steps, held: 'both' }).reach,
          backprop: backpropLedger(sizes).reach,
        },
      },
    };
  }

  change(): void {
    // Every control begins it anew.
  }

  close(): void {
    this.learner.dispose();
    this.twin.dispose();
    release(this.heldOut);
  }

  private get hasEnded(): boolean {
    return this.step >= this.total;
  }

  /** What blows up learns nothing any more. */
  private async settleAndLearn(digits: Digits): Promise<void> {
    try {
      await this.learner.learn(heldAt(digits));
    } catch (error) {
      if (!(error instanceof NgcError && error.kind === 'diverged')) throw error;
      this.trouble = error.message;
    }
  }

  private async percentOf(learner: Learner): Promise<number> {
    return 100 * (await accuracyOf(learner, this.heldOut));
  }
}
