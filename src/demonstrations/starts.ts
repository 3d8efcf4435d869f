import type { Values } from '../exhibits/exhibit.ts';
import type { Frame } from '../exhibits/frame.ts';
import type { Descent, Start, StartsShown } from '../exhibits/list/starts.ts';
import { STARTS } from '../exhibits/list/starts.ts';
import { numberOf } from '../exhibits/values.ts';
import { release } from '../predictive/network/memory.ts';
import type { Wiring } from '../predictive/network/wiring.ts';
import { wire } from '../predictive/network/wiring.ts';
import { stableRate, trainedClassifier } from './classifier.ts';
import type { Demonstrate } from './demonstration.ts';
import { firstDigits, heldAt, sourceOf } from './digits.ts';
import { Settler } from './settler.ts';

const IMAGES = 20;
const STEPS = 500;

/** One trained network that settles on the same images from three starts. */
export const starts: Demonstrate<StartsShown> = async (beginning) => {
  const data = await beginning.data();
  const network = await trainedClassifier(data, beginning);
  const wiring = await wire(network);
  release(network.theta);
  const digits = firstDigits(data.test, IMAGES);
  const bound = await stableRate(wiring, digits);
  const episode = { ...heldAt(digits), seed: beginning.seed };
  const begin = (values: Values) =>
    each((start) => Settler.begin(underway(wiring, values, start), episode));
  const descents = () => each((start) => descentOf(settlers[start]));
  let rate = numberOf(beginning.values, 'rate');
  let settlers = await begin(beginning.values);
  let now = await descents();

  return {
    async advance() {
      if (settlers.forward.step >= STEPS || blownUp(settlers)) return;
      for (const start of STARTS) await settlers[start].advance();
      now = await descents();
    },
    frame(): Frame<StartsShown> {
      const { step } = settlers.forward;
      const isTrouble = blownUp(settlers);
      const energies = STARTS.map((start) => settlers[start].energy);
      return {
        ...{ step, isTrouble, ended: isTrouble || step >= STEPS },
        metric: Math.max(...energies) / Math.min(...energies),
        says: isTrouble ? `F left all proportion at rate ${rate}: it must stay below 2/λmax, here ${bound.toPrecision(2)}.` : null, // prettier-ignore
        shown: { descents: now, step, steps: STEPS, bound, source: sourceOf(data) },
      };
    },
    async change(values) {
      rate = numberOf(values, 'rate');
      for (const start of STARTS) settlers[start].dispose();
      settlers = await begin(values);
      now = await descents();
    },
    close() {
      for (const start of STARTS) settlers[start].dispose();
      wiring.dispose();
      release([digits.x, digits.y]);
    },
  };
};

type Settlers = Readonly<Record<Start, Settler>>;

const blownUp = (settlers: Settlers) => STARTS.some((start) => settlers[start].hasBlownUp);

async function each<T>(make: (start: Start) => Promise<T>): Promise<Record<Start, T>> {
  return { forward: await make('forward'), zero: await make('zero'), random: await make('random') };
}

async function descentOf(settler: Settler): Promise<Descent> {
  const { values } = await settler.activity();
  const hidden = values.slice(1, -1).flatMap((layer) => Array.from(layer));
  return { energies: settler.totals(), hidden: Float32Array.from(hidden) };
}

/** The network as the controls have it, with one of the starts. */
function underway(wiring: Wiring, values: Values, init: Start): Wiring {
  const [rate, momentum] = [numberOf(values, 'rate'), numberOf(values, 'momentum')];
  const initSd = numberOf(values, 'spread');
  return { ...wiring, settings: { ...wiring.settings, rate, momentum, init, initSd } };
}
