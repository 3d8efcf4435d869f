import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { folderShelf } from '../../src/storage/folder.ts';
import { memoryShelf } from '../../src/storage/memory.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const text = (found: Uint8Array | null) => found && new TextDecoder().decode(found);

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'shelf-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe.each([
  ['a folder', () => folderShelf(join(folder, 'results'))],
  ['memory', memoryShelf],
] as const)('%s as a shelf', (_, make) => {
  it('gives back what was written, lists by prefix in order, and forgets what is removed', async () => {
    const shelf = make();
    expect(await shelf.list('')).toEqual([]);
    expect(await shelf.read('cells/t/b.json')).toBeNull();
    await shelf.write('cells/t/b.json', bytes('b'));
    await shelf.write('cells/t/a.json', bytes('a'));
    await shelf.write('cells/u/c.json', bytes('c'));
    await shelf.write('lab.json', bytes('x'));
    expect(await shelf.list('cells/t/')).toEqual(['cells/t/a.json', 'cells/t/b.json']);
    expect(await shelf.list('cells/t/a')).toEqual(['cells/t/a.json']);
    expect(await shelf.list('')).toEqual([
      'cells/t/a.json',
      'cells/t/b.json',
      'cells/u/c.json',
      'lab.json',
    ]);
    await shelf.write('cells/t/a.json', bytes('other'));
    expect(text(await shelf.read('cells/t/a.json'))).toBe('other');
    await shelf.remove('cells/t/a.json');
    await shelf.remove('cells/t/a.json');
    expect(await shelf.read('cells/t/a.json')).toBeNull();
  });

  it('refuses names that lead out of it', async () => {
    const shelf = make();
    for (const name of ['../x', 'a/../../x', '/etc/x', 'a//b', ''])
      await expect(async () => shelf.write(name, bytes('x'))).rejects.toThrow();
  });

  it('gives a claim to one, and to the next once it is given back', async () => {
    const shelf = make();
    const release = await shelf.claim('cells/t/a');
    expect(release).not.toBeNull();
    expect(await shelf.claim('cells/t/a')).toBeNull();
    expect(await shelf.claim('cells/t/b')).not.toBeNull();
    await release?.();
    expect(await shelf.claim('cells/t/a')).not.toBeNull();
    expect(await shelf.list('')).toEqual([]);
  });

  it('gives a claim to one of many who ask at once', async () => {
    const shelf = make();
    const asked = await Promise.all(Array.from({ length: 20 }, () => shelf.claim('one')));
    expect(asked.filter((release) => release !== null)).toHaveLength(1);
  });
});

describe('claims of processes that have ended', () => {
  const claimed = (owner: object | null, secondsAgo = 0) => {
    const path = join(folder, 'one.claim');
    writeFileSync(path, owner ? JSON.stringify(owner) : '');
    const then = Date.now() / 1000 - secondsAgo;
    utimesSync(path, then, then);
  };

  it('are free at once where the process ran here', async () => {
    const child = spawn(process.execPath, [
      '--import',
      'tsx',
      '-e',
      `import { folderShelf } from ${JSON.stringify(join(import.meta.dirname, '../../src/storage/folder.ts'))};
       void folderShelf(${JSON.stringify(folder)}).claim('one').then(() => { console.log('claimed'); setInterval(() => 0, 1000); });`,
    ]);
    await new Promise((resolve) => child.stdout.once('data', resolve));
    const shelf = folderShelf(folder);
    expect(await shelf.claim('one')).toBeNull();
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGKILL');
    await ended;
    const asked = await Promise.all(Array.from({ length: 10 }, () => shelf.claim('one')));
    expect(asked.filter((release) => release !== null)).toHaveLength(1);
    expect(readdirSync(folder)).toEqual(['one.claim']);
  });

  it('are free after a minute of silence where it ran elsewhere, and not before', async () => {
    const shelf = folderShelf(folder);
    const elsewhere = { token: 't', pid: 1, host: 'elsewhere' };
    claimed(elsewhere, 50);
    expect(await shelf.claim('one')).toBeNull();
    claimed(elsewhere, 70);
    expect(await shelf.claim('one')).not.toBeNull();
  });

  it('are free after ten seconds where it was killed before it had signed, and not before', async () => {
    const shelf = folderShelf(folder);
    claimed(null, 5);
    expect(await shelf.claim('one')).toBeNull();
    claimed(null, 15);
    expect(await shelf.claim('one')).not.toBeNull();
  });

  it('are free at once where its number is another process now, and held while it lives, however silent', async () => {
    const shelf = folderShelf(folder);
    const release = await shelf.claim('one');
    const path = join(folder, 'one.claim');
    const mine = JSON.parse(readFileSync(path, 'utf8')) as { began: string };
    claimed(mine, 7200);
    expect(await shelf.claim('one')).toBeNull();
    claimed({ ...mine, began: '1' });
    expect(await shelf.claim('one')).not.toBeNull();
    await release?.();
  });

  it('are not taken from whoever has taken them over', async () => {
    const shelf = folderShelf(folder);
    const release = await shelf.claim('one');
    claimed({ token: 'other', pid: 1, host: 'elsewhere' });
    await release?.();
    expect(await shelf.claim('one')).toBeNull();
  });
});

it('says in a sentence where a folder cannot be written', async () => {
  writeFileSync(join(folder, 'file'), '');
  await expect(folderShelf(join(folder, 'file')).write('a.json', bytes('x'))).rejects.toThrow(
    /file\/a\.json cannot be written: (a part of its path is not a folder|.*exists)/,
  );
});
