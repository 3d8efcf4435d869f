import type { Page } from '@playwright/test';

/** Counts the time between frames of a page from now on. */
export const watchFrames = (page: Page): Promise<void> =>
  page.evaluate(() => {
    const times: number[] = [];
    Object.assign(globalThis, { frameTimes: times });
    let last = performance.now();
    const tick = (now: number) => {
      times.push(now - last);
      last = now;
      requestAnimationFrame(tick);
    };
    requestAnimationFrame(tick);
  });

/** What they were since it was asked last, ms: the median, and what one of twenty exceeds. */
export const takeFrames = (page: Page): Promise<{ median: number; late: number }> =>
  page.evaluate(() => {
    const times = (globalThis as unknown as { frameTimes: number[] }).frameTimes.splice(0);
    times.sort((a, b) => a - b);
    const at = (share: number) => times[Math.floor(share * (times.length - 1))]!;
    return { median: at(0.5), late: at(0.95) };
  });
