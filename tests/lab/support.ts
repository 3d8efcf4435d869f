import type { Dataset, Split } from '../../src/data/dataset.ts';
import { drawDigits } from '../../src/data/synthetic.ts';
import type { Training } from '../../src/experiments/experiment.ts';
import type { Work } from '../../src/lab/work.ts';
import { NgcError } from '../../src/shared/errors.ts';

function digits(count: number, stream: 'train' | 'test'): Split {
  const steps = drawDigits(1, count, stream);
  let step = steps.next();
  while (!step.done) step = steps.next();
  return step.value;
}

/** A "part of MNIST" made of synthetic digits. */
export const smallData = (train: number, test: number): Dataset => ({
  id: 'mnist',
  title: 'Digits',
  width: 28,
  height: 28,
  classNames: ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'],
  train: digits(train, 'train'),
  test: digits(test, 'test'),
  source: 'a test',
  notices: [],
});

/** Work that nobody watches; it is stopped at the pause of that number, if one is given. */
export function silentWork(stopAt = Infinity): Work & { readonly pauses: () => number } {
  let pauses = 0;
  const controller = new AbortController();
  return {
    signal: controller.signal,
    show: () => undefined,
    pauses: () => pauses,
    async pause() {
      pauses++;
      if (pauses < stopAt) return;
      controller.abort();
      throw new NgcError('cancelled', 'Stopped.');
    },
  };
}

/** A training of the linear autoencoder of the tests. */
export const LINEAR: Training = {
  variant: 'linear',
  dataset: 'mnist',
  subset: 150,
  seed: 3,
  stages: [
    { images: 200, settings: { batch: 20, rate: 0.005 } },
    { images: 400, settings: { rate: 0.002 } },
  ],
  every: 90,
};

/** A training of a network that is as small as can be. */
export const NETWORK: Training = {
  ...LINEAR,
  variant: 'gncn-pdh',
  stages: [
    { images: 120, settings: { sizes: [784, 12, 8, 8], groups: [4, 4, 4], steps: 3, batch: 20, optimizer: 'adam' } }, // prettier-ignore
    { images: 200, settings: { learningRate: 0.0005 } },
  ],
  reading: { steps: 6 },
  every: 70,
};
