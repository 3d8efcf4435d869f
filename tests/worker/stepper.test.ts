import { expect, test, vi } from 'vitest';
import { until } from '../helpers/until.ts';

import { NgcError } from '../../src/shared/errors.ts';
import { Pace } from '../../src/worker/pacing.ts';
import { Stepper } from '../../src/worker/stepper.ts';

/* What ends a loop is told; whether it has then paused, or was cut off, is for who hears of it to say. */

/** A stepper whose training fails at its third step. */
function failing(over: boolean) {
  const onError = vi.fn(() => Promise.resolve(over));
  let made = 0;
  const training = {
    advance: () => (++made < 3 ? Promise.resolve(true) : Promise.reject(new Error('gone'))),
    most: () => Infinity,
  };
  const settling = { advance: () => Promise.resolve(false), most: () => Infinity };
  const stepper = new Stepper({ training, settling }, new Pace(), onError);
  stepper.start('training');
  return { stepper, onError };
}

test('a training that fails rests, and can be started again', async () => {
  const { stepper, onError } = failing(true);
  await until(() => expect(onError).toHaveBeenCalledOnce());
  await until(() => expect(stepper.kind).toBeNull());
});

test('a training that was cut off by the end of everything is still said to run: the next engine is to go on with it', async () => {
  const { stepper, onError } = failing(false);
  await until(() => expect(onError).toHaveBeenCalledOnce());
  await new Promise((resolve) => setTimeout(resolve));
  expect(stepper.kind).toBe('training');
});

test('a step that is given up for a pause is an end like any other: what was learnt before it is kept', async () => {
  const finish = vi.fn(() => Promise.resolve());
  const onError = vi.fn(() => Promise.resolve(true));
  let measuring = false;
  const training = {
    async advance(wanted: () => boolean) {
      measuring = true;
      while (wanted()) await new Promise((resolve) => setTimeout(resolve));
      throw new NgcError('cancelled', 'Paused.');
    },
    finish,
    most: () => Infinity,
  };
  const settling = { advance: () => Promise.resolve(false), most: () => Infinity };
  const stepper = new Stepper({ training, settling }, new Pace(), onError);
  stepper.start('training');
  await until(() => expect(measuring).toBe(true));
  await stepper.pause();
  expect(finish).toHaveBeenCalledOnce();
  expect(onError).not.toHaveBeenCalled();
});
