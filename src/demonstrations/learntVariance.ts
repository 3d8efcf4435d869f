import type { Values } from '../exhibits/exhibit.ts';
import type { LearntVarianceShown } from '../exhibits/list/learntVariance.ts';
import { numberOf } from '../exhibits/values.ts';
import type { VarianceSource } from '../predictive/variance.ts';
import {
  expectedChange,
  restingVariance,
  settledRoots,
  VARIANCE_SOURCES,
  varianceStep,
} from '../predictive/variance.ts';
import type { Rng } from '../shared/rng.ts';
import { createRng, deriveSeed } from '../shared/rng.ts';
import type { Demonstrate } from './demonstration.ts';

/** The least that Σ may be. */
const FLOOR = 0.01;
/** When so many values are remembered, every second one is forgotten. */
const MEMORY = 600;
/** The axis of Σ, in ratios, and its places. */
const [FROM, TO, PLACES] = [0.02, 20, 160];
const AT = Float32Array.from(
  { length: PLACES },
  (_, i) => FROM * (TO / FROM) ** (i / (PLACES - 1)),
);

type Courses = Readonly<Record<VarianceSource, readonly number[]>>;

const each = <T>(of: (source: VarianceSource, index: number) => T) =>
  Object.fromEntries(VARIANCE_SOURCES.map((source, i) => [source, of(source, i)])) as Record<VarianceSource, T>; // prettier-ignore

/** Three variances that are learnt side by side, from settled states, the forward pass and samples. */
export const demonstrateLearntVariance: Demonstrate<LearntVarianceShown> = ({
  values: first,
  seed,
}) => {
  let values = first;
  const rngs: Readonly<Record<VarianceSource, Rng>> = each((_, i) =>
    createRng(deriveSeed(seed, i)),
  );
  let now = each(() => numberOf(first, 'start'));
  let courses: Courses = each((source) => [now[source]]);
  let [step, every] = [0, 1];

  return {
    advance() {
      const how = {
        residualVariance: numberOf(values, 'residual'),
        w: numberOf(values, 'weight'),
        rate: numberOf(values, 'rate'),
        batch: Math.round(numberOf(values, 'batch')),
        floor: FLOOR,
      };
      now = each((source) => varianceStep(now[source], { ...how, source }, rngs[source]));
      step++;
      if (step % every !== 0) return;
      courses = each((source) => [...courses[source], now[source]]);
      if (courses.settled.length <= MEMORY) return;
      courses = each((source) => courses[source].filter((_, i) => i % 2 === 0));
      every *= 2;
    },
    frame: () => {
      const hasCollapsed = now.settled <= FLOOR;
      return {
        step,
        metric: now.settled,
        ended: false,
        says: hasCollapsed ? `Σ from settled errors has fallen to its floor, ${FLOOR}: its precision is ${1 / FLOOR}.` : null, // prettier-ignore
        isTrouble: hasCollapsed,
        shown: { ...drawn(courses), every, ...known(values) },
      };
    },
    change: (next) => void (values = next),
    close: () => undefined,
  };
};

const drawn = (courses: Courses) => each((source) => Float32Array.from(courses[source]));

/** What theory says of a world. */
function known(values: Values) {
  const [residual, w] = [numberOf(values, 'residual'), numberOf(values, 'weight')];
  return {
    rests: {
      settled: restingVariance('settled', residual, w),
      forward: residual,
      sampled: restingVariance('sampled', residual, w),
    },
    tipping: settledRoots(residual, w)?.[0] ?? null,
    floor: FLOOR,
    at: AT.slice(),
    change: AT.map((sigma) => sigma * expectedChange('settled', residual, w, sigma)),
  };
}
