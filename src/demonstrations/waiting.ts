import * as tf from '@tensorflow/tfjs-core';

import type { Timetable, WaitingShown } from '../exhibits/list/waiting.ts';
import { isOn, numberOf } from '../exhibits/values.ts';
import { normal } from '../engine/noise.ts';
import { backpropLedger, predictiveLedger } from '../predictive/network/costs.ts';
import { release } from '../predictive/network/memory.ts';
import { freshTheta } from '../predictive/network/parameters.ts';
import { parseSettings } from '../predictive/network/parse.ts';
import { steps as settlingSteps } from '../predictive/network/settling.ts';
import type { Heard } from '../predictive/network/timetable.ts';
import { backpropTimes, exactTimes, settlingTimes, stagesOf } from '../predictive/network/timetable.ts'; // prettier-ignore
import { wire } from '../predictive/network/wiring.ts';
import { deriveSeed } from '../shared/rng.ts';
import type { Demonstrate } from './demonstration.ts';

/** Neurons in each layer of the network that is settled to see when errors arrive. */
const WIDTH = 8;

/** Timetables of an update; a clock moves over them, a stage a step. */
export const waiting: Demonstrate<WaitingShown> = async ({ values, seed }) => {
  const [L, T] = [numberOf(values, 'layers'), numberOf(values, 'steps')];
  const heard = await heardIn(L, Math.max(L, T), seed);
  const within = heard.map((step) => (step !== null && step <= T ? step : null));
  const tables = {
    backprop: backpropTimes(L),
    settling: settlingTimes(L, T, within, isOn(values, 'every')),
    exact: exactTimes(L, heard),
  };
  const timetables = (['backprop', 'settling', 'exact'] as const).map((rule): Timetable => ({
    rule,
    stages: stagesOf(tables[rule]),
    layers: tables[rule],
  }));
  const sizes = Array.from({ length: L + 1 }, () => WIDTH);
  const metric = predictiveLedger({ sizes, steps: T, held: 'both' }).stages / backpropLedger(sizes).stages; // prettier-ignore
  const last = Math.max(...timetables.map(({ stages }) => stages));
  let stage = 0;
  return {
    advance: () => void (stage = Math.min(last, stage + 1)),
    frame: () => ({
      ...{ step: stage, metric, ended: stage === last, says: null, isTrouble: false },
      shown: { layers: L, steps: T, stage, timetables },
    }),
    change: () => undefined,
    close: () => undefined,
  };
};

/** Settles a network with both ends held, and says at which step the error of each layer is first not exactly 0. */
async function heardIn(L: number, T: number, seed: number): Promise<Heard> {
  const sizes = Array.from({ length: L + 1 }, () => WIDTH);
  const settings = parseSettings({ variant: 'pcn', sizes, hidden: 'tanh' });
  const theta = freshTheta(settings, seed);
  const wiring = await wire({ settings, theta });
  const [input, output] = [normal(deriveSeed(seed, 1), 1, WIDTH), normal(deriveSeed(seed, 2), 1, WIDTH)]; // prettier-ignore
  const heard: (number | null)[] = Array.from({ length: L }, () => null);
  for (const { step, errors } of settlingSteps(wiring, { rows: 1, input, output }, T)) {
    const sizesOf = tf.tidy(() => tf.stack(errors.map((e) => tf.max(tf.abs(e)))));
    const values = await sizesOf.data();
    sizesOf.dispose();
    values.forEach((size, i) => (heard[i] ??= size > 0 ? step : null));
  }
  wiring.dispose();
  release([theta, input, output]);
  return heard;
}
