import type { Batches } from '../data/batches.ts';
import { createBatches } from '../data/batches.ts';
import type { Dataset } from '../data/dataset.ts';
import { PIXELS } from '../data/dataset.ts';
import type { Values } from '../exhibits/exhibit.ts';
import type { DeepEnd, DeeperShown, DeepRule } from '../exhibits/list/deeper.ts';
import { DEEP_RULES, DEPTHS } from '../exhibits/list/deeper.ts';
import { isOn, numberOf } from '../exhibits/values.ts';
import { release } from '../predictive/network/memory.ts';
import type { NetworkSettings } from '../predictive/network/settings.ts';
import { NgcError } from '../shared/errors.ts';
import { accuracyOf } from './classifier.ts';
import type { Beginning, Demonstrate, Demonstration } from './demonstration.ts';
import type { Digits } from './digits.ts';
import { CLASSES, digitsOf, firstDigits, heldAt, sourceOf } from './digits.ts';
import { Learner } from './learner.ts';

const LEARNT_FROM = 5000;
const BATCH = 100;
const TESTED = 500;
const WIDTH = 64;
/** So often in a run all are tested. */
const TESTS = 20;

/** What makes each rule another. */
const RULES: Readonly<Record<DeepRule, Partial<NetworkSettings>>> = {
  backprop: { learn: 'backprop' },
  settled: {},
  // Each layer passes on γ of what it got: at a small γ nothing would be left for Adam to scale.
  forward: { learn: 'forward', schedule: 'spiking', rate: 0.5 },
};

/** The networks of a depth, alike but for the rule by which they learn; they settle so long that errors reach the first layer. */
export function deepSettings(values: Values, layers: number, rule: DeepRule): Partial<NetworkSettings> {
  const hidden = new Array<number>(layers - 1).fill(WIDTH);
  return {
    ...{ variant: 'pcn', hidden: 'tanh', sizes: [PIXELS, ...hidden, CLASSES], batch: BATCH },
    ...{ rate: numberOf(values, 'rate'), steps: layers },
    learningRate: numberOf(values, 'learningRate'),
    ...RULES[rule],
  };
} // prettier-ignore

/** Three learners of one deep network; where asked, of one depth after the other. */
export const deeper: Demonstrate<DeeperShown> = async (beginning) => {
  const demonstration = new Deeper(beginning, await beginning.data());
  await demonstration.test();
  return demonstration;
};

class Deeper implements Demonstration<DeeperShown> {
  private readonly values: Values;
  private readonly tested: Digits;
  private layers: number;
  private learners: Readonly<Record<DeepRule, Learner>>;
  private batches: Batches;
  private readonly blownUp = new Set<DeepRule>();
  private at: number[] = [];
  private courses: Record<DeepRule, number[]> = { backprop: [], settled: [], forward: [] };
  private readonly ends: DeepEnd[] = [];
  private learnt = 0;
  private step = 0;

  constructor(
    private readonly beginning: Beginning,
    private readonly data: Dataset,
  ) {
    this.values = beginning.values;
    this.tested = firstDigits(data.test, TESTED);
    this.layers = isOn(this.values, 'climb') ? DEPTHS[0]! : numberOf(this.values, 'layers');
    this.learners = this.fresh();
    this.batches = this.freshBatches();
  }

  private fresh(): Readonly<Record<DeepRule, Learner>> {
    const { seed } = this.beginning;
    const learner = (rule: DeepRule) => new Learner(deepSettings(this.values, this.layers, rule), seed); // prettier-ignore
    return { backprop: learner('backprop'), settled: learner('settled'), forward: learner('forward') }; // prettier-ignore
  }

  private freshBatches(): Batches {
    return createBatches(Math.min(this.data.train.count, LEARNT_FROM), BATCH, this.beginning.seed);
  }

  private get wanted(): number {
    return numberOf(this.values, 'batches');
  }

  private get next(): number | undefined {
    return isOn(this.values, 'climb') ? DEPTHS.find((depth) => depth > this.layers) : undefined;
  }

  private get hasEnded(): boolean {
    return this.learnt >= this.wanted && this.next === undefined;
  }

  async advance(): Promise<void> {
    if (this.hasEnded) return;
    if (this.learnt >= this.wanted) await this.deepen(this.next!);
    const digits = digitsOf(this.data.train, this.batches.next().indices);
    try {
      for (const rule of DEEP_RULES) await this.learn(rule, digits);
    } finally {
      release([digits.x, digits.y]);
    }
    this.step++;
    this.learnt++;
    const isLast = this.learnt >= this.wanted;
    if (isLast || this.learnt % Math.ceil(this.wanted / TESTS) === 0) await this.test();
    if (isLast) this.ends.push({ layers: this.layers, accuracies: this.newest() });
  }

  /** What blows up learns nothing any more. */
  private async learn(rule: DeepRule, digits: Digits): Promise<void> {
    if (this.blownUp.has(rule) || this.beginning.signal.aborted) return;
    try {
      await this.learners[rule].learn(heldAt(digits), this.beginning.giveWay);
    } catch (error) {
      if (!(error instanceof NgcError && error.kind === 'diverged')) throw error;
      this.blownUp.add(rule);
    }
  }

  private async deepen(layers: number): Promise<void> {
    this.free();
    this.layers = layers;
    this.learners = this.fresh();
    this.batches = this.freshBatches();
    this.blownUp.clear();
    [this.at, this.learnt] = [[], 0];
    this.courses = { backprop: [], settled: [], forward: [] };
    await this.test();
  }

  /** Tests all with images that they never learn from. */
  async test(): Promise<void> {
    this.at.push(this.learnt);
    for (const rule of DEEP_RULES)
      if (!this.blownUp.has(rule))
        this.courses[rule].push(await accuracyOf(this.learners[rule], this.tested));
  }

  private newest(): Record<DeepRule, number | null> {
    const of = (rule: DeepRule) => (this.blownUp.has(rule) ? null : this.courses[rule].at(-1)!);
    return { backprop: of('backprop'), settled: of('settled'), forward: of('forward') };
  }

  frame() {
    const { courses, layers, learnt, wanted, step } = this;
    const { settled, backprop } = this.newest();
    const course = (rule: DeepRule) => Float32Array.from(courses[rule]);
    const shown: DeeperShown = {
      ...{ layers, batches: wanted, at: Float32Array.from(this.at), ends: [...this.ends] },
      courses: { backprop: course('backprop'), settled: course('settled'), forward: course('forward') }, // prettier-ignore
      source: sourceOf(this.data),
    };
    const isTrouble = this.blownUp.size > 0;
    const says = isTrouble
      ? 'Settling blew up at this rate: it must stay below 2/λmax. The others go on.'
      : learnt < wanted
        ? `${layers} layers: batch ${learnt} of ${wanted}.`
        : null;
    const metric = settled === null || backprop === null ? null : 100 * (settled - backprop);
    return { step, metric, ended: this.hasEnded, says, isTrouble, shown };
  }

  change(): void {
    // Every control decides what is begun with.
  }

  private free(): void {
    for (const rule of DEEP_RULES) this.learners[rule].dispose();
  }

  close(): void {
    this.free();
    release([this.tested.x, this.tested.y]);
  }
}
