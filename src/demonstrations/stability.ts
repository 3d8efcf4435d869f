import { createBatches } from '../data/batches.ts';
import { PIXELS } from '../data/dataset.ts';
import type { Values } from '../exhibits/exhibit.ts';
import type { Frame } from '../exhibits/frame.ts';
import type { StabilityCell, StabilityShown } from '../exhibits/list/stability.ts';
import { numberOf, wordOf } from '../exhibits/values.ts';
import { release } from '../predictive/network/memory.ts';
import type { NetworkSettings } from '../predictive/network/settings.ts';
import { NgcError } from '../shared/errors.ts';
import { accuracyOf, stableRate } from './classifier.ts';
import type { Demonstrate } from './demonstration.ts';
import { CLASSES, digitsOf, firstDigits, heldAt, sourceOf } from './digits.ts';
import { Learner } from './learner.ts';

/** Each width as a share of the widest. */
const SHARES = [1 / 16, 1 / 8, 1 / 4, 1 / 2, 1];
/** Every one about three times the one before. */
const RATES = [0.01, 0.032, 0.1, 0.32, 1];
const LEARNT_FROM = 3000;
const TESTED = 300;
const IMAGES_FOR_BOUND = 20;

const UNTOUCHED: StabilityCell = { done: 0, accuracy: null, hasBlownUp: false };

/** Small networks of every width at every rate, which learn one after the other from the same batches. */
export const stability: Demonstrate<StabilityShown> = async ({ values, seed, data }) => {
  const images = await data();
  const { train, test } = images;
  const tested = firstDigits(test, TESTED);
  const some = firstDigits(test, IMAGES_FOR_BOUND);
  const count = numberOf(values, 'batches');
  const batches = createBatches(Math.min(train.count, LEARNT_FROM), 100, seed);
  const lessons = Array.from({ length: count }, () => batches.next().indices);
  const widths = SHARES.map((share) => share * Number(wordOf(values, 'widest')));
  const cells = widths.flatMap(() => RATES.map(() => UNTOUCHED));
  const bounds: (number | null)[] = widths.map(() => null);
  let step = 0;
  /** The network whose turn it is: slow rates first, and of each rate the narrow ones. */
  let turn = 0;
  let learner: Learner | null = null;
  const placeOf = (at: number) => ({
    row: at % widths.length,
    column: Math.floor(at / widths.length),
  });

  /** Learns from one batch; true if settling held. */
  const learn = async (from: Learner, indices: Uint32Array): Promise<boolean> => {
    const digits = digitsOf(train, indices);
    try {
      await from.learn(heldAt(digits));
      return true;
    } catch (error) {
      if (error instanceof NgcError && error.kind === 'diverged') return false;
      throw error;
    } finally {
      release([digits.x, digits.y]);
    }
  };
  const next = () => {
    learner?.dispose();
    learner = null;
    turn++;
  };

  return {
    async advance() {
      if (turn >= cells.length) return;
      const { row, column } = placeOf(turn);
      const at = row * RATES.length + column;
      learner ??= new Learner(settingsOf(values, widths[row]!, RATES[column]!), seed);
      const made = Math.round(cells[at]!.done * count);
      const held = await learn(learner, lessons[made]!);
      step++;
      if (!held) {
        cells[at] = { ...cells[at]!, hasBlownUp: true };
        return next();
      }
      cells[at] = { ...cells[at]!, done: (made + 1) / count };
      if (made + 1 < count) return;
      cells[at] = { ...cells[at], accuracy: await accuracyOf(learner, tested) };
      const wiring = await learner.wired();
      bounds[row] = await stableRate(wiring, some);
      wiring.dispose();
      next();
    },
    frame(): Frame<StabilityShown> {
      const known = cells.flatMap(({ accuracy }) => accuracy ?? []);
      const ended = turn >= cells.length;
      const blown = cells.filter(({ hasBlownUp }) => hasBlownUp).length;
      return {
        ...{ step, ended, metric: known.length > 0 ? 100 * Math.max(...known) : null },
        says: ended ? `${blown} of ${cells.length} networks blew up.` : null,
        isTrouble: false,
        shown: { widths, rates: RATES, cells: [...cells], bounds: [...bounds], source: sourceOf(images) }, // prettier-ignore
      };
    },
    change: () => undefined, // all its controls begin it anew
    close() {
      learner?.dispose();
      release([tested.x, tested.y, some.x, some.y]);
    },
  };
};

const settingsOf = (values: Values, width: number, rate: number): Partial<NetworkSettings> => ({
  variant: 'pcn',
  sizes: [PIXELS, width, width, width, CLASSES],
  rate,
  steps: numberOf(values, 'steps'),
  optimizer: wordOf(values, 'optimizer') as NetworkSettings['optimizer'], // checked with the controls
  learningRate: numberOf(values, 'learningRate'),
});
