import { createBatches } from '../data/batches.ts';
import { PIXELS } from '../data/dataset.ts';
import type { Values } from '../exhibits/exhibit.ts';
import type { Frame } from '../exhibits/frame.ts';
import type { Course, SkipsShown, Way } from '../exhibits/list/skips.ts';
import { WAYS } from '../exhibits/list/skips.ts';
import { numberOf } from '../exhibits/values.ts';
import { release } from '../predictive/network/memory.ts';
import type { NetworkSettings } from '../predictive/network/settings.ts';
import { settle } from '../predictive/network/settling.ts';
import { energyProfile } from '../predictive/network/state.ts';
import { NgcError } from '../shared/errors.ts';
import { accuracyOf } from './classifier.ts';
import type { Demonstrate } from './demonstration.ts';
import type { Digits } from './digits.ts';
import { CLASSES, digitsOf, firstDigits, heldAt, sourceOf } from './digits.ts';
import { Learner } from './learner.ts';

const LEARNT_FROM = 5000;
const TESTED = 500;
const SETTLED = 20;
/** Three times through what is learnt from. */
const BATCHES = 150;
/** Tested whenever so many batches are learnt. */
const EVERY = 5;

/** The same network with and without skip connections, which learn side by side. */
export const skips: Demonstrate<SkipsShown> = async ({ values, seed, data, signal }) => {
  const images = await data();
  const { train, test } = images;
  const [tested, settled] = [firstDigits(test, TESTED), firstDigits(test, SETTLED)];
  const batches = createBatches(Math.min(train.count, LEARNT_FROM), 100, seed);
  const learners = {
    plain: new Learner(settingsOf(values, false), seed),
    skip: new Learner(settingsOf(values, true), seed),
  };
  let trouble: string | null = null;
  let step = 0;
  const blank: Course = { at: [], accuracies: [], energies: new Float32Array() };
  const courses: Record<Way, Course> = { plain: blank, skip: blank };
  const look = async () => {
    for (const way of WAYS) courses[way] = await seen(learners[way], courses[way], step, { tested, settled }); // prettier-ignore
  };
  await look();

  return {
    async advance() {
      if (step >= BATCHES || trouble !== null) return;
      const digits = digitsOf(train, batches.next().indices);
      try {
        for (const way of WAYS) if (!signal.aborted) await learners[way].learn(heldAt(digits));
      } catch (error) {
        if (!(error instanceof NgcError && error.kind === 'diverged')) throw error;
        trouble = error.message;
        return;
      } finally {
        release([digits.x, digits.y]);
      }
      step++;
      if (step % EVERY === 0) await look();
    },
    frame(): Frame<SkipsShown> {
      const [plain, skip] = WAYS.map((way) => courses[way].accuracies.at(-1)!);
      return {
        ...{ step, metric: 100 * (skip! - plain!), ended: step >= BATCHES || trouble !== null },
        ...{ says: trouble, isTrouble: trouble !== null },
        shown: {
          courses: { ...courses },
          ...{ layers: numberOf(values, 'layers'), batches: BATCHES, source: sourceOf(images) },
        },
      };
    },
    change: () => undefined, // all its controls begin it anew
    close() {
      for (const way of WAYS) learners[way].dispose();
      release([tested, settled].map(({ x, y }) => [x, y]));
    },
  };
};

/** Tests a network: its course, a point longer. */
async function seen(
  learner: Learner,
  { at, accuracies }: Course,
  step: number,
  { tested, settled }: { readonly tested: Digits; readonly settled: Digits },
): Promise<Course> {
  const wiring = await learner.wired();
  const state = await settle(wiring, heldAt(settled));
  const energies = (await energyProfile(wiring, state)).slice(1);
  release(state);
  wiring.dispose();
  const accuracy = await accuracyOf(learner, tested);
  return { at: [...at, step], accuracies: [...accuracies, accuracy], energies };
}

/** A network as the controls have it; it settles so long that errors reach its first layer. */
function settingsOf(values: Values, skip: boolean): Partial<NetworkSettings> {
  const layers = numberOf(values, 'layers');
  const hidden = new Array<number>(layers - 1).fill(64);
  return {
    ...{ variant: 'pcn', hidden: 'tanh', sizes: [PIXELS, ...hidden, CLASSES], skip },
    ...{ rate: numberOf(values, 'rate'), steps: layers },
    learningRate: numberOf(values, 'learningRate'),
  };
}
