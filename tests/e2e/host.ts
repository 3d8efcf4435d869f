import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';

import { HEADERS } from '../../build/contentPolicy.ts';

/* A host of the built page of its own, which can be switched off, and brought to another version. */

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
  '.webmanifest': 'application/manifest+json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.wasm': 'application/wasm',
  '.woff2': 'font/woff2',
};

const digest = (bytes: Buffer) => createHash('sha256').update(bytes).digest('base64');

export interface Host {
  readonly address: string;
  /** Whether it answers; else connections are cut. */
  setUp(isUp: boolean): void;
  /** Puts other contents in place of a file, and tells the service worker's lists. */
  change(name: string, change: (text: string) => string): void;
  /** The same, but the lists stay as they were: a host in the middle of a change. */
  spoil(name: string, change: (text: string) => string): void;
  close(): Promise<void>;
}

export async function hostOfBuiltPage(): Promise<Host> {
  const folder = mkdtempSync(join(tmpdir(), 'ngc-page-'));
  cpSync('dist', folder, { recursive: true });
  let up = true;
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://host');
    const file = join(folder, pathname.endsWith('/') ? `${pathname}index.html` : pathname);
    if (!up) return request.socket.destroy();
    if (!existsSync(file)) return response.writeHead(404, { ...HEADERS }).end();
    const type = TYPES[extname(file)] ?? 'application/octet-stream';
    response.writeHead(200, { ...HEADERS, 'content-type': type, 'cache-control': 'no-cache' });
    return response.end(readFileSync(file));
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const write = (name: string, change: (text: string) => string) => {
    const before = readFileSync(join(folder, name));
    const after = Buffer.from(change(before.toString()));
    writeFileSync(join(folder, name), after);
    return { before, after };
  };
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    setUp: (isUp) => void (up = isUp),
    change(name, change) {
      const { before, after } = write(name, change);
      write('sw.js', (text) => text.replaceAll(digest(before), digest(after)));
    },
    spoil: (name, change) => void write(name, change),
    async close() {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
      rmSync(folder, { recursive: true });
    },
  };
}
