import type { NamedTensorMap } from '@tensorflow/tfjs-core';

import type { Values } from '../exhibits/exhibit.ts';
import type { ExactShown } from '../exhibits/list/exact.ts';
import { numberOf, wordOf } from '../exhibits/values.ts';
import { backpropagate } from '../predictive/network/backprop.ts';
import { changesOf } from '../predictive/network/changes.ts';
import { compareChanges } from '../predictive/network/comparison.ts';
import { fixedPrediction } from '../predictive/network/exact.ts';
import { release } from '../predictive/network/memory.ts';
import type { Network } from '../predictive/network/parameters.ts';
import { freshTheta } from '../predictive/network/parameters.ts';
import { parseSettings } from '../predictive/network/parse.ts';
import { advance } from '../predictive/network/settling.ts';
import { begin } from '../predictive/network/start.ts';
import type { State } from '../predictive/network/state.ts';
import type { Wiring } from '../predictive/network/wiring.ts';
import { wire } from '../predictive/network/wiring.ts';
import type { Demonstrate, Demonstration } from './demonstration.ts';
import type { Digits } from './digits.ts';
import { CLASSES, firstDigits, heldAt } from './digits.ts';

/** Images that the changes are of. */
const ROWS = 16;
/** A layer can be read so many steps late at the most. */
const LATEST = 4;
/** Of a number near 1, the step to the next one that float32 knows. */
const ROUNDING = 2 ** -23;

/** A network settles from a forward start, and what its layers would learn is held beside backpropagation at every step. */
export const exact: Demonstrate<ExactShown> = async ({ values, seed, data }) => {
  const digits = firstDigits((await data()).test, ROWS);
  const hidden = Array.from({ length: numberOf(values, 'hidden') }, () => numberOf(values, 'width')); // prettier-ignore
  const settings = parseSettings({
    variant: 'pcn',
    sizes: [784, ...hidden, CLASSES],
    rate: numberOf(values, 'rate'),
  });
  const reading = await Reading.begin({ settings, theta: freshTheta(settings, seed) }, digits, values); // prettier-ignore
  await reading.look();
  return reading;
};

class Reading implements Demonstration<ExactShown> {
  private step = 0;
  private readonly distances: Float32Array;

  private constructor(
    private readonly network: Network,
    private readonly wiring: Wiring,
    private readonly digits: Digits,
    private readonly target: NamedTensorMap,
    private state: State,
    private values: Values,
  ) {
    this.distances = new Float32Array(this.layers * this.steps).fill(NaN);
  }

  static async begin(network: Network, digits: Digits, values: Values): Promise<Reading> {
    const wiring = await wire(network);
    const { changes, ...rest } = backpropagate(wiring, digits.x, digits.y);
    release(rest);
    const state = begin(wiring, heldAt(digits));
    return new Reading(network, wiring, digits, changes, state, values);
  }

  async advance(): Promise<void> {
    if (this.hasEnded) return;
    this.step++;
    if (!this.isFixed) {
      const next = advance(this.wiring, this.episode, this.state);
      release(this.state);
      this.state = next;
    }
    await this.look();
  }

  /** Compares what every layer would learn now. */
  async look(): Promise<void> {
    const changes = this.changes();
    const { layers } = await compareChanges(changes, this.target);
    release(changes);
    layers.forEach(({ distance }, i) => (this.distances[i * this.steps + this.step] = distance));
  }

  frame() {
    const { layers, steps, step, distances } = this;
    const late = numberOf(this.values, 'late');
    const readAt = Array.from({ length: layers }, (_, i) => layers - (i + 1) + late);
    const read = readAt.flatMap((at, i) => (at <= step ? [distances[i * steps + at]!] : []));
    return {
      step,
      metric: read.length > 0 ? Math.max(...read) / ROUNDING : null,
      ended: this.hasEnded,
      says: null,
      isTrouble: false,
      shown: { layers, steps, step, distances: distances.slice(), readAt, rounding: ROUNDING },
    };
  }

  change(values: Values): void {
    this.values = values;
  }

  close(): void {
    this.wiring.dispose();
    release([this.network.theta, this.digits, this.target, this.state]);
  }

  private get layers(): number {
    return this.wiring.layers.length;
  }

  private get steps(): number {
    return this.layers + LATEST;
  }

  private get hasEnded(): boolean {
    return this.step >= this.steps - 1;
  }

  private get isFixed(): boolean {
    return wordOf(this.values, 'rule') === 'fixed';
  }

  private get episode() {
    return heldAt(this.digits);
  }

  private changes(): NamedTensorMap {
    if (!this.isFixed) return changesOf(this.wiring, this.episode, this.state);
    const { rate } = this.wiring.settings;
    return fixedPrediction(this.wiring, this.digits.x, this.digits.y, { rate, steps: this.step });
  }
}
