import type { Plugin } from 'vite';

import { DATASET_IDS } from '../src/data/dataset.ts';
import { mirrorFolders } from '../src/data/mirrors.ts';

/*
 * What the built page may do (Content Security Policy), and the headers that say so. A page that is served by a host which sends no
 * headers carries the policy itself.
 */

/** The folders of other hosts that a dataset may be fetched from, once its user has asked for it. */
const MIRRORS = DATASET_IDS.flatMap((id) => (id === 'synthetic' ? [] : mirrorFolders(id)));

/** Nothing from anywhere, but what stands here. */
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  'default-src': ["'none'"],
  // TensorFlow.js compiles WebAssembly; nothing makes code out of text.
  'script-src': ["'self'", "'wasm-unsafe-eval'"],
  'worker-src': ["'self'"],
  'style-src': ["'self'"],
  'font-src': ["'self'"],
  // Pictures of plots and of what is saved are made on the page, as data.
  'img-src': ["'self'", 'data:'],
  'manifest-src': ["'self'"],
  'connect-src': ["'self'", ...MIRRORS],
  'base-uri': ["'none'"],
  'form-action': ["'none'"],
};

const printed = (policy: typeof ALLOWED) =>
  Object.entries(policy)
    .map(([directive, sources]) => [directive, ...sources].join(' '))
    .join('; ');

/** The policy as a page can carry it. */
export const PAGE_POLICY = printed(ALLOWED);

/** The headers that every answer of a host of the page should have. */
export const HEADERS: Readonly<Record<string, string>> = {
  // Whether other pages may frame this one is heeded in a header only.
  'Content-Security-Policy': printed({ ...ALLOWED, 'frame-ancestors': ["'none'"] }),
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  // Both together let workers share memory.
  'Cross-Origin-Embedder-Policy': 'require-corp',
};

/** Puts the policy into the built page; while it is developed, Vite needs scripts and styles inline. */
export function contentPolicy(): Plugin {
  return {
    name: 'content-policy',
    apply: 'build',
    transformIndexHtml: () => [
      {
        tag: 'meta',
        attrs: { 'http-equiv': 'Content-Security-Policy', content: PAGE_POLICY },
        injectTo: 'head-prepend',
      },
    ],
  };
}
