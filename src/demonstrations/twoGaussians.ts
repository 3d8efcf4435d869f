import type { Values } from '../exhibits/exhibit.ts';
import type { TwoGaussiansShown } from '../exhibits/list/twoGaussians.ts';
import { numberOf } from '../exhibits/values.ts';
import type { Gaussian } from '../predictive/gaussians.ts';
import { crossEntropy, density, divergence, entropy } from '../predictive/gaussians.ts';
import type { Demonstrate } from './demonstration.ts';

/** The axis, and how many places on it the curves are drawn through. */
const [FROM, TO, PLACES] = [-8, 8, 321];

/** Both densities, and what they say of each other: it answers to the hand, and has no steps. */
export const twoGaussians: Demonstrate<TwoGaussiansShown> = ({ values: first }) => {
  let values = first;
  return {
    advance: () => undefined,
    frame: () => {
      const shown = shownOf(values);
      return { step: 0, metric: shown.divergence, ended: false, says: null, isTrouble: false, shown }; // prettier-ignore
    },
    change: (next) => void (values = next),
    close: () => undefined,
  };
};

function shownOf(values: Values): TwoGaussiansShown {
  const p = { mean: numberOf(values, 'trueMean'), sd: numberOf(values, 'trueWidth') };
  const q = { mean: numberOf(values, 'believedMean'), sd: numberOf(values, 'believedWidth') };
  const at = Float32Array.from({ length: PLACES }, (_, i) => FROM + ((TO - FROM) * i) / (PLACES - 1)); // prettier-ignore
  const curve = (of: Gaussian) => at.map((x) => density(of, x));
  return {
    ...{ at, p: curve(p), q: curve(q) },
    entropy: entropy(p),
    crossEntropy: crossEntropy(p, q),
    divergence: divergence(p, q),
  };
}
