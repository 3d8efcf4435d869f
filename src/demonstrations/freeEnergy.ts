import type { FreeEnergyShown } from '../exhibits/list/freeEnergy.ts';
import type { Values } from '../exhibits/exhibit.ts';
import { numberOf, wordOf } from '../exhibits/values.ts';
import type { SensorName } from '../predictive/freeEnergy.ts';
import {
  freeEnergy,
  freeEnergySlopes,
  logEvidence,
  posterior,
  PRIOR_MEAN,
  SENSORS,
} from '../predictive/freeEnergy.ts';
import { density } from '../predictive/gaussians.ts';
import type { Demonstrate } from './demonstration.ts';

/** The axis of x, and in how many places the densities are told. */
const FROM = -2;
const TO = 6;
const PLACES = 241;
/** Moments that are remembered. */
const MEMORY = 240;
/** A belief that is farther away, narrower or wider is lost: the steps were too long. */
const LOST = 50;
const NARROWEST = 1e-3;

const AT = Array.from({ length: PLACES }, (_, i) => FROM + ((TO - FROM) * i) / (PLACES - 1));
const PRIOR = Float32Array.from(AT, (x) => density({ mean: PRIOR_MEAN, sd: 1 }, x));

const sensorOf = (values: Values) => SENSORS[wordOf(values, 'sensor') as SensorName];

/** A Gaussian belief about one hidden number that goes down its free energy, in its mean and the logarithm of its width. */
export const demonstrateFreeEnergy: Demonstrate<FreeEnergyShown> = ({ values: first }) => {
  let values = first;
  let step = 0;
  let isLost = false;
  let belief = { mean: numberOf(first, 'mean'), width: numberOf(first, 'width') };
  let memory: { readonly free: number; readonly surprise: number }[] = [];
  let world = { surprise: 0, posterior: new Float32Array(0) };

  const sense = () => {
    const [sensor, s] = [sensorOf(values), numberOf(values, 'sensed')];
    world = {
      surprise: -logEvidence(sensor, s),
      posterior: Float32Array.from(posterior(sensor, s, AT)),
    };
  };
  const remember = () => {
    const { mean, width } = belief;
    const free = freeEnergy(sensorOf(values), numberOf(values, 'sensed'), mean, width ** 2);
    memory = [...memory.slice(1 - MEMORY), { free, surprise: world.surprise }];
  };
  sense();
  remember();

  return {
    advance() {
      if (isLost) return;
      const { mean, width } = belief;
      const v = width ** 2;
      const slopes = freeEnergySlopes(sensorOf(values), numberOf(values, 'sensed'), mean, v);
      const rate = numberOf(values, 'rate');
      // By ln v the slope is v·∂F/∂v: the width stays above 0 whatever the step.
      const next = {
        mean: mean - rate * slopes.mean,
        width: width * Math.exp((-rate * v * slopes.variance) / 2),
      };
      isLost = !(Math.abs(next.mean) < LOST && next.width < LOST && next.width > NARROWEST);
      if (isLost) return;
      belief = next;
      step++;
      remember();
    },
    frame() {
      const { mean, width } = belief;
      const { free, surprise } = memory.at(-1)!;
      return {
        step,
        metric: free - surprise,
        ended: isLost,
        says: isLost ? 'The steps are too long for this slope: the belief was thrown away. Rewind, and take a smaller rate.' : null, // prettier-ignore
        isTrouble: isLost,
        shown: {
          at: Float32Array.from(AT),
          prior: PRIOR.slice(),
          posterior: world.posterior.slice(),
          belief: Float32Array.from(AT, (x) => density({ mean, sd: width }, x)),
          mean,
          width,
          surprise,
          freeEnergy: Float32Array.from(memory, (moment) => moment.free),
          surprises: Float32Array.from(memory, (moment) => moment.surprise),
        },
      };
    },
    change(now) {
      const moved = (key: string) => now[key] !== values[key];
      const senses = moved('sensed') || moved('sensor');
      const grasps = moved('mean') || moved('width');
      values = now;
      if (grasps) {
        belief = { mean: numberOf(now, 'mean'), width: numberOf(now, 'width') };
        isLost = false;
      }
      if (senses) sense();
      if (grasps || senses) remember();
    },
    close: () => undefined,
  };
};
