import { describe, expect, test } from 'vitest';

import { RunawayWatch } from '../../src/runtime/runaway.ts';
import { SpoiltError } from '../../src/shared/errors.ts';

/* A training has run away when its loss is out of proportion, batch after batch; then it goes back to what did well afterwards. */

const PIXELS = 784;
/** A watch that has seen a network learn. */
function learnt(): RunawayWatch<string> {
  const watch = new RunawayWatch<string>(PIXELS);
  for (const loss of [543, 400, 300, 200, 150, 120, 100, 100]) watch.take(loss);
  return watch;
}
const takes = (watch: RunawayWatch<string>, ...losses: number[]) =>
  losses.forEach((loss) => watch.take(loss));

describe('what runs away', () => {
  test('three batches in a row far above the best', () => {
    const watch = learnt();
    takes(watch, 900, 2000);
    expect(watch.suspects).toBe(true);
    expect(() => watch.take(5000)).toThrow(SpoiltError);
  });

  test('one or two do not, however large, nor what a network loses when it has other images', () => {
    const watch = learnt();
    takes(watch, 1e6, 1e6, 100, 1e6, 110, 260, 260, 260, 260);
    expect(watch.suspects).toBe(false);
  });

  test('a beginning that is bad and stays so', () => {
    const watch = new RunawayWatch<string>(PIXELS);
    takes(watch, 3000, 2500, 4000, 3000, 3500);
    expect(watch.suspects).toBe(false);
  });

  test('what is not a number', () => {
    const watch = learnt();
    takes(watch, NaN, NaN);
    expect(() => watch.take(NaN)).toThrow(SpoiltError);
  });

  test('a measurement on other images, at once; and a training that ends so', () => {
    expect(() => learnt().check(1000)).not.toThrow(); // it knows its own images by heart
    expect(() => learnt().check(5000)).toThrow(/5000\.0 nats.*1\d\d\.\d were reached/);
    const watch = learnt();
    watch.end();
    watch.take(900);
    expect(() => watch.end()).toThrow(SpoiltError);
  });

  test('other settings are another beginning', () => {
    const watch = learnt();
    watch.forget();
    takes(watch, 900, 900, 900, 900);
    expect(watch.suspects).toBe(false);
  });
});

describe('where it goes back to', () => {
  test('the last state that did well on the batch after it', () => {
    const watch = new RunawayWatch<string>(PIXELS);
    watch.keep('beginning');
    takes(watch, 500, 200, 100);
    watch.keep('good');
    takes(watch, 100);
    watch.keep('made by the update that spoilt it');
    expect(() => takes(watch, 900, 900, 900)).toThrow(SpoiltError);
    expect(watch.lastGood).toBe('good');
  });

  test('the beginning, which nothing has spoilt', () => {
    const watch = new RunawayWatch<string>(PIXELS);
    watch.keep('beginning');
    takes(watch, 100);
    watch.keep('made by the update that spoilt it');
    expect(() => takes(watch, 900, 900, 900)).toThrow(SpoiltError);
    expect(watch.lastGood).toBe('beginning');
  });

  test('a measurement speaks of the state of now', () => {
    const watch = learnt();
    watch.keep('before');
    takes(watch, 100);
    watch.keep('now');
    expect(() => watch.check(5000)).toThrow(SpoiltError);
    expect(watch.lastGood).toBe('before');
  });

  test('the state that was put back, if it runs away again, and nothing that came after', () => {
    const watch = new RunawayWatch<string>(PIXELS);
    watch.keep('beginning');
    takes(watch, 100);
    watch.keep('spoilt');
    expect(() => takes(watch, 900, 900, 900)).toThrow(SpoiltError);
    watch.goBackTo('beginning');
    takes(watch, 100);
    expect(() => takes(watch, 900, 900, 900)).toThrow(SpoiltError);
    expect(watch.lastGood).toBe('beginning');
  });

  test('nothing, where nothing is known to be good', () => {
    const watch = new RunawayWatch<string>(PIXELS);
    takes(watch, 100);
    watch.keep('unknown');
    expect(watch.lastGood).toBeNull();
    expect(learnt().lastGood).toBeNull();
  });
});
