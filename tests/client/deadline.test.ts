import { describe, expect, test, vi } from 'vitest';

import type { Clock } from '../../src/client/deadline.ts';
import { createDeadline } from '../../src/client/deadline.ts';

/* What is late is counted in this page's own ticks, so that a page that slept does not take its engine for dead. */

/** A clock that is moved by hand: `pass` lets time go by with ticks as they should come, `sleep` with one at its end. */
function handClock() {
  let time = 0;
  const ticks: { callback: () => void; every: number }[] = [];
  const clock: Clock = {
    now: () => time,
    every(every, callback) {
      const tick = { callback, every };
      ticks.push(tick);
      return () => void ticks.splice(ticks.indexOf(tick), 1);
    },
  };
  const ring = () => ticks.slice().forEach(({ callback }) => callback());
  return {
    clock,
    ticks,
    pass(seconds: number) {
      for (let i = 0; i < seconds / 2; i++) {
        time += 2000;
        ring();
      }
    },
    sleep(seconds: number) {
      time += 1000 * seconds;
      ring();
    },
  };
}

describe('what waits for an answer', () => {
  test('is late after two minutes, and that is told once', () => {
    const { clock, pass } = handClock();
    const late = vi.fn();
    const deadline = createDeadline(late, clock);
    deadline.sent(1);
    pass(118);
    expect(late).not.toHaveBeenCalled();
    pass(10);
    expect(late).toHaveBeenCalledOnce();
    pass(1000);
    expect(late).toHaveBeenCalledOnce();
  });

  test('is not late because the page slept, was frozen, or has throttled timers', () => {
    const { clock, sleep } = handClock();
    const late = vi.fn();
    createDeadline(late, clock).sent(1);
    sleep(3600);
    for (let i = 0; i < 25; i++) sleep(60);
    expect(late).not.toHaveBeenCalled();
  });

  test('is never late where it is answered', () => {
    const { clock, pass } = handClock();
    const late = vi.fn();
    const deadline = createDeadline(late, clock);
    for (let id = 0; id < 10; id++) {
      deadline.sent(id);
      pass(100);
      deadline.answered(id);
    }
    pass(1000);
    expect(late).not.toHaveBeenCalled();
  });

  test('has longer on a machine that was silent for long before', () => {
    const { clock, pass } = handClock();
    const late = vi.fn();
    const deadline = createDeadline(late, clock);
    deadline.sent(1);
    pass(100);
    deadline.answered(1);
    deadline.sent(2);
    pass(290);
    expect(late).not.toHaveBeenCalled();
    pass(20);
    expect(late).toHaveBeenCalledOnce();
  });

  test('is forgotten once nobody waits any more', () => {
    const { clock, ticks } = handClock();
    const deadline = createDeadline(() => undefined, clock);
    deadline.stop();
    expect(ticks).toEqual([]);
  });
});
