import { beforeEach, describe, expect, test } from 'vitest';

import { Pace } from '../../src/worker/pacing.ts';

/** A pace of one call a second: what is interrupted takes far less, what is not takes all of it. */
const PERIOD = 1000;
let pace: Pace;

const timed = async (wait: Promise<void>) => {
  const startedAt = performance.now();
  await wait;
  return performance.now() - startedAt;
};

beforeEach(async () => {
  pace = new Pace();
  await pace.wait();
  pace.perSecond = 1000 / PERIOD;
});

describe('interrupting a pace', () => {
  test('ends the wait under way', async () => {
    const waiting = timed(pace.wait());
    pace.interrupt();
    expect(await waiting).toBeLessThan(PERIOD / 4);
  });

  test('before the wait ends that one, and no other', async () => {
    pace.interrupt();
    expect(await timed(pace.wait())).toBeLessThan(PERIOD / 4);
    expect(await timed(pace.wait())).toBeGreaterThan(PERIOD / 2);
  });

  test('in a wait does not end the next one too', async () => {
    const waiting = timed(pace.wait());
    pace.interrupt();
    await waiting;
    expect(await timed(pace.wait())).toBeGreaterThan(PERIOD / 2);
  });

  test('before things began anew is forgotten', async () => {
    pace.interrupt();
    pace.begin();
    expect(await timed(pace.wait())).toBeGreaterThan(PERIOD / 2);
  });
});
