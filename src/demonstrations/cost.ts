import type { Values } from '../exhibits/exhibit.ts';
import type { CostShown } from '../exhibits/list/cost.ts';
import { numberOf, wordOf } from '../exhibits/values.ts';
import type { Operations } from '../predictive/network/costs.ts';
import {
  backpropLedger,
  backpropOperations,
  backpropParts,
  parametersOf,
  predictiveLedger,
  predictiveOperations,
  predictiveParts,
  tabledParts,
} from '../predictive/network/costs.ts';
import type { Demonstrate } from './demonstration.ts';

const PIXELS = 784;
const CLASSES = 10;
/** Neurons of the code that a compressor finds. */
const CODE = 64;

/** The bill of an update: it answers to the hand, and has no steps. */
export const cost: Demonstrate<CostShown> = ({ values: first }) => {
  let values = first;
  return {
    advance: () => undefined,
    frame: () => {
      const { counted, twin, shown } = billOf(values);
      const metric = predictiveOperations(counted) / backpropOperations(twin);
      return { step: 0, metric, ended: false, says: null, isTrouble: false, shown };
    },
    change: (next) => void (values = next),
    close: () => undefined,
  };
};

const twice = ({ predict, feedback, change }: Operations): Operations => ({
  predict: 2 * predict,
  feedback: 2 * feedback,
  change: 2 * change,
});

function billOf(values: Values) {
  const hidden = Array.from({ length: numberOf(values, 'hidden') }, () => numberOf(values, 'width')); // prettier-ignore
  const steps = numberOf(values, 'steps');
  const compresses = wordOf(values, 'task') === 'compress';
  const sizes = compresses ? [CODE, ...hidden, PIXELS] : [PIXELS, ...hidden, CLASSES];
  // A twin that compresses needs an encoder before the decoder; a code is not settled there.
  const twin = compresses ? [PIXELS, ...hidden, CODE, ...hidden, PIXELS] : sizes;
  const counted = { sizes, steps, held: compresses ? ('output' as const) : ('both' as const) };
  const coding = predictiveLedger(counted);
  const backprop = backpropLedger(twin);
  const shown: CostShown = {
    ...{ sizes, twin, steps },
    rows: [
      { id: 'backprop', ...backpropParts(twin) },
      { id: 'needed', ...predictiveParts(counted) },
      { id: 'counted', ...tabledParts(counted) },
      ...(compresses ? [{ id: 'profiled' as const, ...twice(tabledParts(counted)) }] : []),
    ],
    kept: { coding: coding.kept, backprop: backprop.kept },
    stages: { coding: coding.stages, backprop: backprop.stages },
    parameters: { coding: parametersOf(sizes), backprop: parametersOf(twin) },
  };
  return { counted, twin, shown };
}
