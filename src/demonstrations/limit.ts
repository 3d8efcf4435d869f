import type { NamedTensorMap } from '@tensorflow/tfjs-core';

import { createBatches } from '../data/batches.ts';
import type { Dataset } from '../data/dataset.ts';
import type { LimitShown, Nearness } from '../exhibits/list/limit.ts';
import type { Values } from '../exhibits/exhibit.ts';
import { numberOf, wordOf } from '../exhibits/values.ts';
import { backpropagate } from '../predictive/network/backprop.ts';
import { changesOf } from '../predictive/network/changes.ts';
import { compareChanges } from '../predictive/network/comparison.ts';
import { largestCurvature } from '../predictive/network/curvature.ts';
import { isDiverged } from '../predictive/network/divergence.ts';
import type { Episode } from '../predictive/network/episode.ts';
import { release } from '../predictive/network/memory.ts';
import { parseSettings } from '../predictive/network/parse.ts';
import type { NetworkSettings } from '../predictive/network/settings.ts';
import { advance } from '../predictive/network/settling.ts';
import { begin } from '../predictive/network/start.ts';
import type { State } from '../predictive/network/state.ts';
import { energyProfile } from '../predictive/network/state.ts';
import type { Wiring } from '../predictive/network/wiring.ts';
import { wire } from '../predictive/network/wiring.ts';
import { NgcError } from '../shared/errors.ts';
import type { Demonstrate, Demonstration } from './demonstration.ts';
import type { Digits } from './digits.ts';
import { CLASSES, digitsOf, firstDigits, heldAt } from './digits.ts';
import { Learner, twinOf } from './learner.ts';

/** Output variances from 1 to 1000, four to a power of ten: first the powers, then what lies between. */
export const VARIANCES: readonly number[] = Array.from({ length: 13 }, (_, i) => Number((10 ** (i / 4)).toPrecision(4))); // prettier-ignore
const ORDER = [0, 4, 8, 12, 2, 6, 10, 1, 3, 5, 7, 9, 11];
/** Images that the changes are of. */
const ROWS = 32;
/** Settling steps between two looks. */
const STRIDE = 10;
const BATCH = 100;

/** One network settles under each output variance in turn, and is held beside backpropagation. */
export const limit: Demonstrate<LimitShown> = async ({ values, seed, data, signal }) => {
  const dataset = await data();
  const sizes = [784, ...Array.from({ length: numberOf(values, 'hidden') }, () => numberOf(values, 'width')), CLASSES]; // prettier-ignore
  const settings = parseSettings({
    variant: 'pcn',
    sizes,
    hidden: wordOf(values, 'form'),
    rate: numberOf(values, 'rate'),
  });
  const twin = new Learner(twinOf(settings), seed);
  try {
    await taught(twin, dataset, { batches: numberOf(values, 'trained'), seed, signal });
  } catch (error) {
    twin.dispose();
    throw error;
  }
  const digits = firstDigits(dataset.test, ROWS);
  const wiring = await twin.wired();
  const { changes, ...rest } = backpropagate(wiring, digits.x, digits.y);
  release(rest);
  wiring.dispose();
  return new Sweep({ settings, twin, digits, changes }, values);
};

/** Lets a network learn by backpropagation first, so that it is one of digits. */
async function taught(
  twin: Learner,
  { train }: Dataset,
  { batches, seed, signal }: { batches: number; seed: number; signal: AbortSignal },
): Promise<void> {
  const order = createBatches(train.count, Math.min(BATCH, train.count), seed);
  for (let i = 0; i < batches; i++) {
    if (signal.aborted) throw new NgcError('cancelled', 'This exhibit was left.');
    const digits = digitsOf(train, order.next().indices);
    await twin.learn(heldAt(digits));
    release(digits);
  }
}

interface Subject {
  readonly settings: NetworkSettings;
  readonly twin: Learner;
  readonly digits: Digits;
  /** What backpropagation would change. */
  readonly changes: NamedTensorMap;
}

/** A network that settles under one output variance. */
interface Run {
  readonly k: number;
  readonly wiring: Wiring;
  readonly state: State;
  readonly energy: number;
  readonly few: Nearness | null;
  readonly now: Nearness;
  readonly hasBlownUp: boolean;
}

class Sweep implements Demonstration<LimitShown> {
  private readonly runs = new Map<number, Run>();
  private readonly few: number;
  private readonly many: number;
  private looks = 0;
  private trouble: string | null = null;

  constructor(
    private readonly subject: Subject,
    private values: Values,
  ) {
    this.few = numberOf(values, 'few');
    this.many = numberOf(values, 'many');
  }

  /** Settles for a few steps: under the variance that is chosen, while it has not settled; then under the others. */
  async advance(): Promise<void> {
    const place = this.unfinished();
    if (place === undefined) return;
    this.looks++;
    const run = this.runs.get(place) ?? (await this.begun(VARIANCES[place]!));
    this.runs.set(place, run);
    this.runs.set(place, await this.settled(run));
  }

  frame() {
    const { sizes } = this.subject.settings;
    const places = [...this.runs.keys()].sort((a, b) => a - b);
    const runs = places.map((place) => {
      const { k, state, few, now, hasBlownUp } = this.runs.get(place)!;
      return { k, step: state.step, few, now, hasBlownUp };
    });
    const current = places.indexOf(this.chosen());
    const run = runs[current];
    return {
      step: this.looks,
      metric: run && !run.hasBlownUp ? run.now.cosine : null,
      ended: this.unfinished() === undefined,
      says: this.trouble,
      isTrouble: this.trouble !== null,
      shown: { sizes, runs, current, few: this.few, many: this.many },
    };
  }

  change(values: Values): void {
    this.values = values;
  }

  close(): void {
    for (const { wiring, state } of this.runs.values()) {
      release(state);
      wiring.dispose();
    }
    const { twin, digits, changes } = this.subject;
    twin.dispose();
    release([digits, changes]);
  }

  private chosen(): number {
    const place = Math.round(4 * Math.log10(numberOf(this.values, 'variance')));
    return Math.min(VARIANCES.length - 1, Math.max(0, place));
  }

  /** The variance to settle under next. */
  private unfinished(): number | undefined {
    return [this.chosen(), ...ORDER].find((place) => {
      const run = this.runs.get(place);
      return !run || (!run.hasBlownUp && run.state.step < this.many);
    });
  }

  private get episode(): Episode {
    return heldAt(this.subject.digits);
  }

  private async begun(k: number): Promise<Run> {
    const { settings, twin } = this.subject;
    const wiring = await wire({ settings: { ...settings, outputVariance: k }, theta: twin.theta });
    const state = begin(wiring, this.episode);
    const now = await this.nearness(wiring, state);
    return { k, wiring, state, energy: await energyOf(wiring, state), few: null, now, hasBlownUp: false }; // prettier-ignore
  }

  /** Some steps on; as far as the step at which few have been made, where that comes first. */
  private async settled(run: Run): Promise<Run> {
    const { few, many } = this;
    const from = run.state.step;
    const next = Math.min(from + STRIDE, from < few ? few : many, many);
    let state = run.state;
    while (state.step < next) {
      const moved = advance(run.wiring, this.episode, state);
      release(state);
      state = moved;
    }
    if (isDiverged(run.energy, await energyOf(run.wiring, state))) {
      await this.tellBlownUp(run);
      return { ...run, state, hasBlownUp: true };
    }
    const now = await this.nearness(run.wiring, state);
    return { ...run, state, now, few: state.step === few ? now : run.few };
  }

  private async nearness(wiring: Wiring, state: State): Promise<Nearness> {
    const changes = changesOf(wiring, this.episode, state);
    const k = wiring.settings.outputVariance;
    const { whole, layers } = await compareChanges(changes, this.subject.changes, k);
    release(changes);
    return { ...whole, layers: layers.map(({ ratio }) => ratio) };
  }

  private async tellBlownUp({ wiring, k }: Run): Promise<void> {
    const start = begin(wiring, this.episode);
    const most = await largestCurvature(wiring, this.episode, start);
    release(start);
    this.trouble = `With k = ${k} settling blew up: γ must stay below 2/λmax, here ${(2 / most).toPrecision(2)}.`;
  }
}

async function energyOf(wiring: Wiring, state: State): Promise<number> {
  return (await energyProfile(wiring, state)).reduce((sum, energy) => sum + energy, 0);
}
