import type { Browser, CDPSession, Page } from '@playwright/test';

/** Bytes that are reachable: JavaScript's heap, and the array buffers that it holds. */
export interface Heap {
  readonly heap: number;
  readonly buffers: number;
}

interface Usage {
  readonly usedSize: number;
  readonly backingStorageSize: number;
}

const heapOf = ({ usedSize, backingStorageSize }: Usage): Heap => ({
  heap: usedSize,
  buffers: backingStorageSize,
});

/** Asks a worker over the browser's session: Playwright itself has no session for workers. */
async function askWorker(session: CDPSession, targetId: string, methods: string[]): Promise<Usage> {
  const { sessionId } = await session.send('Target.attachToTarget', { targetId, flatten: false });
  let last: unknown;
  for (const [id, method] of methods.entries()) {
    const answered = new Promise<unknown>((resolve) => {
      const hear = (event: { sessionId: string; message: string }) => {
        const answer = JSON.parse(event.message) as { id?: number; result?: unknown };
        if (event.sessionId !== sessionId || answer.id !== id) return;
        session.off('Target.receivedMessageFromTarget', hear);
        resolve(answer.result);
      };
      session.on('Target.receivedMessageFromTarget', hear);
    });
    const message = JSON.stringify({ id, method });
    await session.send('Target.sendMessageToTarget', { sessionId, message });
    last = await answered;
  }
  await session.send('Target.detachFromTarget', { sessionId });
  return last as Usage;
}

/** What the page and each of its workers hold after a garbage collection, by their names. */
export async function heapsOf(browser: Browser, page: Page): Promise<ReadonlyMap<string, Heap>> {
  const own = await page.context().newCDPSession(page);
  await own.send('HeapProfiler.collectGarbage');
  const heaps = new Map([['page', heapOf(await own.send('Runtime.getHeapUsage'))]]);
  await own.detach();
  const session = await browser.newBrowserCDPSession();
  const { targetInfos } = await session.send('Target.getTargets', { filter: [{}] });
  for (const { type, url, targetId } of targetInfos) {
    if (type !== 'worker') continue;
    const methods = ['HeapProfiler.collectGarbage', 'Runtime.getHeapUsage'];
    const name = new URL(url).pathname.split('/').at(-1)!;
    const before = [...heaps.keys()].filter((key) => key.startsWith(name)).length;
    heaps.set(`${name} ${before + 1}`, heapOf(await askWorker(session, targetId, methods)));
  }
  await session.detach();
  return heaps;
}
