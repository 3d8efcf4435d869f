import type { Values } from '../exhibits/exhibit.ts';
import type { Frame } from '../exhibits/frame.ts';
import type { DepthShown } from '../exhibits/list/depth.ts';
import { numberOf, wordOf } from '../exhibits/values.ts';
import { PIXELS } from '../data/dataset.ts';
import { release } from '../predictive/network/memory.ts';
import { freshTheta } from '../predictive/network/parameters.ts';
import { parseSettings } from '../predictive/network/parse.ts';
import type { NetworkSettings } from '../predictive/network/settings.ts';
import type { Wiring } from '../predictive/network/wiring.ts';
import { wire } from '../predictive/network/wiring.ts';
import { stableRate } from './classifier.ts';
import type { Demonstrate } from './demonstration.ts';
import { CLASSES, firstDigits, heldAt } from './digits.ts';
import { flat, Settler } from './settler.ts';

const IMAGES = 20;
/** It ends after so many steps: three times what the deepest network needs for its first error. */
const STEPS = 60;

/** A deep network of fresh synapses that settles between pictures and their labels, and where its energy lies. */
export const depth: Demonstrate<DepthShown> = async ({ values: first, seed, data }) => {
  const { test } = await data();
  const digits = firstDigits(test, IMAGES);
  const wiring = await fresh(first, seed);
  const bound = await stableRate(wiring, digits);
  const layers = wiring.layers.length;
  const start = (values: Values) => Settler.begin(underway(wiring, values), heldAt(digits));
  let rate = numberOf(first, 'rate');
  let settler = await start(first);

  return {
    advance: async () => {
      if (settler.step < STEPS) await settler.advance();
    },
    frame(): Frame<DepthShown> {
      const { step, energies, hasBlownUp: isTrouble } = settler;
      const reached = Math.min(layers, step + 1);
      const now = energies.at(-1)!;
      return {
        ...{ step, isTrouble, ended: isTrouble || step >= STEPS },
        metric: now[0]! > 0 ? Math.log10(now[0]! / now[layers - 1]!) : null,
        says: isTrouble
          ? `F left all proportion at rate ${rate}: it must stay below 2/λmax, here ${bound.toPrecision(2)}.`
          : arrival(reached, layers, now),
        shown: { layers, energies: flat(energies), step, steps: STEPS, bound },
      };
    },
    async change(values) {
      rate = numberOf(values, 'rate');
      settler.dispose();
      settler = await start(values);
    },
    close() {
      settler.dispose();
      wiring.dispose();
      release([digits.x, digits.y]);
    },
  };
};

/** How far the error has come. */
function arrival(reached: number, layers: number, now: Float32Array): string | null {
  if (reached < layers) return `The error has reached ${reached} of ${layers} layers.`;
  return now[0] === 0
    ? 'The error has had the time to reach the first layer, but what is left of it is too small for a 32-bit number.'
    : null;
}

async function fresh(values: Values, seed: number): Promise<Wiring> {
  const hidden = new Array<number>(numberOf(values, 'layers') - 1).fill(numberOf(values, 'width'));
  const sizes = [PIXELS, ...hidden, CLASSES];
  const settings = parseSettings({ variant: 'pcn', hidden: 'tanh', sizes });
  const theta = freshTheta(settings, seed);
  const wiring = await wire({ settings, theta });
  release(theta);
  return wiring;
}

/** The network as the controls have it. */
function underway(wiring: Wiring, values: Values): Wiring {
  const remedy = wordOf(values, 'remedy');
  const settings: NetworkSettings = {
    ...wiring.settings,
    rate: numberOf(values, 'rate'),
    schedule: remedy === 'spiking' ? 'spiking' : 'none',
    order: remedy === 'sweep' ? 'sweep' : 'parallel',
  };
  return { ...wiring, settings };
}
