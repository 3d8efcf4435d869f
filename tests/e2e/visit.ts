import type { Browser, Page } from '@playwright/test';
import { test as base } from '@playwright/test';

/*
 * Walks of one visit: those that name the same `visit` follow each other on one page, as one person would make them, and
 * each can be made alone. Opening the page is more than half of what a short walk costs. A walk that fails ends its visit:
 * the next one begins on a page of its own.
 */

/** The visit under way in one browser. */
function visitsOf(browser: Browser) {
  let now: { readonly name: string; readonly page: Page } | null = null;
  const end = async (): Promise<void> => {
    const ended = now;
    now = null;
    await ended?.page.context().close();
  };
  return {
    end,
    /** The page of the visit of this name, begun where another is under way. */
    async page(name: string): Promise<Page> {
      if (now?.name !== name) {
        await end();
        now = { name, page: await browser.newPage() };
      }
      return now.page;
    },
  };
}

export const test = base.extend<{ visit: string | null }, { visits: ReturnType<typeof visitsOf> }>({
  /** The visit that a walk belongs to; null: its own. */
  visit: [null, { option: true }],
  visits: [
    async ({ browser }, use) => {
      const visits = visitsOf(browser);
      await use(visits);
      await visits.end();
    },
    { scope: 'worker' },
  ],
  page: async ({ visit, visits }, use, info) => {
    await use(await visits.page(`${info.file} ${visit ?? info.testId}`));
    if (visit === null || info.status !== info.expectedStatus) await visits.end();
  },
});

/** Whether a visit has not begun: its page shows nothing yet. */
export const isNew = (page: Page): boolean => page.url() === 'about:blank';
