import { PrecacheController } from 'workbox-precaching/PrecacheController.js';

import type { OfflineFile, OfflineMessage, OfflineAnswer } from './messages.ts';

/*
 * Keeps the built page in the browser, whole, so that it opens without a network. Every file is known by its digest (build/offline.ts
 * writes the lists), and one that is another is refused: what runs is always of one version. A new version is fetched beside the old
 * one and takes its place when no page of the old one is open, or when its user says so; it never takes over by itself.
 */

declare const self: ServiceWorkerGlobalScope;
/** What the page needs to start, kept before this version can be used at all. */
declare const SHELL_FILES: readonly OfflineFile[];
/** What is large: other models, results of the Lab. Kept when it is first used, or when the page has time. */
declare const LARGE_FILES: readonly OfflineFile[];

const shell = new PrecacheController({ cacheName: 'ngc-explorer-page' });
const large = new PrecacheController({ cacheName: 'ngc-explorer-large' });
// These also hear the browser's "install" and "activate": what an older version kept and this one does not have goes when this one begins.
shell.precache([...SHELL_FILES]);
large.addToCacheList([...LARGE_FILES]);
self.addEventListener('activate', (event) => void large.activate(event));

/** The file of this version that stands at an address, and who keeps it; null: it is none of the page's. */
function fileAt(address: string) {
  const url = new URL(address);
  url.search = '';
  url.hash = '';
  if (url.pathname.endsWith('/')) url.pathname += 'index.html';
  for (const keeper of [shell, large]) {
    const cacheKey = keeper.getCacheKeyForURL(url.href);
    if (cacheKey === undefined) continue;
    const integrity = keeper.getIntegrityForCacheKey(cacheKey);
    return { keeper, params: { cacheKey, ...(integrity !== undefined && { integrity }) } };
  }
  return null;
}

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const file = request.method === 'GET' ? fileAt(request.url) : null;
  if (file) event.respondWith(file.keeper.strategy.handle({ event, request, params: file.params }));
});

/** Fetches what is large, one file after the other, as far as it is not kept. */
async function keepLarge(event: ExtendableMessageEvent): Promise<void> {
  for (const url of large.getCachedURLs()) {
    const file = fileAt(url);
    const request = new Request(url);
    if (file) await Promise.all(large.strategy.handleAll({ event, request, params: file.params }));
  }
}

/** Takes the place of the version before; not while other pages show that one. */
async function takeOver(): Promise<OfflineAnswer> {
  const pages = await self.clients.matchAll({ type: 'window', includeUncontrolled: true });
  if (pages.length > 1) return 'others';
  await self.skipWaiting();
  return 'taken';
}

self.addEventListener('message', (event) => {
  const message = event.data as OfflineMessage;
  // Without a network there is another time.
  if (message === 'keepLarge') event.waitUntil(keepLarge(event).catch(() => undefined));
  if (message === 'takeOver')
    event.waitUntil(takeOver().then((answer) => event.ports[0]?.postMessage(answer)));
});
