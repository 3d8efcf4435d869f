import type { Act } from '../exhibits/frame.ts';
import type { Values } from '../exhibits/exhibit.ts';
import type { SpringsShown } from '../exhibits/list/springs.ts';
import { isOn, numberOf } from '../exhibits/values.ts';
import type { Chain } from '../predictive/springs.ts';
import {
  anchors,
  energies,
  forward,
  largestCurvature,
  learn,
  relax,
  rest,
} from '../predictive/springs.ts';
import { NgcError, printableText } from '../shared/errors.ts';
import { createRng } from '../shared/rng.ts';
import type { Demonstrate } from './demonstration.ts';

/** Every so many steps the anchors move. */
const EPISODE = 20;
/** Steps that are remembered. */
const MEMORY = 400;
/** An energy of which nobody comes back: long before numbers end. */
const LOST = 1e4;

const total = (chain: Chain, z: readonly number[]) => energies(chain, z).reduce((a, b) => a + b);

/** Weights near 1, so that the anchors lie near the neurons that set them. */
function chainOf(depth: number, seed: number): Chain {
  const rng = createRng(seed);
  const w = Array.from({ length: depth }, () => 1 + 0.2 * rng.normal());
  return { w, b: w.map(() => 0), outputVariance: 1 };
}

/** A chain whose ends are held; it settles, and every 20th step it learns, if it is let. */
export const demonstrateSprings: Demonstrate<SpringsShown> = ({ values: first, seed }) => {
  let values = first;
  let chain = chainOf(numberOf(first, 'depth'), seed);
  let z = forward(chain, numberOf(first, 'input'));
  const last = z.length - 1;
  let byHand: number | null = null;
  let [step, learnt] = [0, 0];
  let memory: number[] = [];

  const holdEnds = (now: Values) => {
    z = z.with(0, numberOf(now, 'input')).with(last, numberOf(now, 'pull'));
  };
  const held = () => z.map((_, l) => l === 0 || l === last || l === byHand);
  const remember = () => (memory = [...memory.slice(1 - MEMORY), total(chain, z)]);
  const isLost = () => !(memory.at(-1)! < LOST);
  holdEnds(first);
  remember();

  return {
    advance() {
      if (isLost()) return;
      step++;
      if (isOn(values, 'learns') && step % EPISODE === 0) {
        chain = learn(chain, z, numberOf(values, 'learningRate'));
        learnt++;
      } else z = relax(chain, z, held(), numberOf(values, 'rate'));
      remember();
    },
    frame() {
      const rate = numberOf(values, 'rate');
      const bound = 2 / largestCurvature(chain, held());
      const isBeyond = rate > bound;
      return {
        step,
        metric: memory.at(-1)!,
        ended: isLost(),
        says: isBeyond ? `A rate of ${rate} is beyond 2/λmax = ${bound.toFixed(2)}: each step overshoots by more than it corrects.` : null, // prettier-ignore
        isTrouble: isBeyond,
        shown: {
          states: Float32Array.from(z),
          held: held(),
          predictions: Float32Array.from(anchors(chain, z)),
          energies: Float32Array.from(memory),
          resting: total(chain, rest(chain, z, held())),
          ...{ bound, rate, learnt },
        },
      };
    },
    change(now) {
      values = now;
      holdEnds(now);
      remember();
    },
    act({ name, values: [l = NaN, to = NaN] }: Act) {
      if (name === 'release') return void (byHand = null);
      const isInner = Number.isInteger(l) && l > 0 && l < last && Number.isFinite(to);
      if (name !== 'hold' || !isInner)
        throw new NgcError(
          'usage',
          `A chain can hold or release an inner neuron, not ${printableText(name)}.`,
        );
      byHand = l;
      z = z.with(l, to);
      remember();
    },
    close: () => undefined,
  };
};
