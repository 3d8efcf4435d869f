import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

import { afterAll, beforeAll, expect, test } from 'vitest';

/*
 * The rules of this house refuse what they are for and nothing else: files that are allowed and files that are not are
 * written into a folder of their own, and linted with the project's own configuration.
 */

interface Planted {
  readonly path: string;
  readonly code: string;
}

const file = (path: string, code: string): Planted => ({ path, code });

const ALLOWED = [
  file('src/engine/inside.ts', `import { a } from './other.ts'; a();`),
  file('src/engine/below.ts', `import { a } from '../shared/a.ts'; a();`),
  file('src/engine/library.ts', `import * as tf from '@tensorflow/tfjs-core'; tf.tidy();`),
  file('src/ui/panels/types.tsx', `import type { A } from '../../protocol/a.ts'; export let a: A;`),
  file('src/viz/types.ts', `import { type A } from '../protocol/a.ts'; export let a: A;`),
  file('src/protocol/pure.ts', `import { a } from '../ngc/completion.ts'; a();`),
  // A folder inside a folder may be named as one of src/.
  file('src/ui/data/namesake.tsx', `import { a } from '../lab/a.ts'; a();`),
  file('src/main.tsx', `import { a } from './store/a.ts'; import './page.tsx'; a();`),
  file('tests/any.test.ts', `import { a } from '../src/worker/a.ts'; a();`),
  file('src/ui/text.tsx', `export const to = (a: HTMLElement) => { a.textContent = 'b'; };`),
  file('src/cli/write.ts', `process.stdout.write('b');`),
  file('src/shared/one.ts', `import { b } from './two.ts'; b();`),
  file('src/shared/two.ts', `export const b = () => 1;`),
];

const REFUSED: Record<string, readonly Planted[]> = {
  arrows: [
    file('src/engine/value.ts', `import { a } from '../ngc/a.ts'; a();`),
    file('src/engine/type.ts', `import type { A } from '../ngc/a.ts'; export let a: A;`),
    file('src/engine/all.ts', `export * from '../ngc/a.ts';`),
    file('src/engine/named.ts', `export { a } from '../ngc/a.ts';`),
    file('src/engine/outside.ts', `import { a } from '../../tests/a.ts'; a();`),
    file('src/ui/later.tsx', `await import('../worker/a.ts');`),
    file('src/ui/values.tsx', `import { a } from '../protocol/a.ts'; a();`),
    file('src/viz/both.ts', `import { a, type B } from '../protocol/a.ts'; a(null as B);`),
    file('src/viz/later.ts', `await import('../protocol/a.ts');`),
    file('src/protocol/impure.ts', `import { a } from '../ngc/recipe.ts'; a();`),
    file('src/page.tsx', `import { a } from './worker/a.ts'; a();`),
    file('src/unheard/of.ts', `import { a } from '../shared/a.ts'; a();`),
  ],
  'no-rings': [
    file('src/io/ring.ts', `import { b } from './ringed.ts'; export const a = () => b();`),
    file('src/io/ringed.ts', `import type { a } from './between.ts'; export const b = () => a;`),
    file('src/io/between.ts', `export { a } from './ring.ts';`),
  ],
  'no-html': [
    file('src/ui/inner.tsx', `export const to = (a: HTMLElement) => { a.innerHTML = 'b'; };`),
    file('src/ui/outer.tsx', `export const to = (a: HTMLElement) => { a['outerHTML'] = 'b'; };`),
    file('src/ui/write.tsx', `document.write('b');`),
    file('src/ui/react.tsx', `export const A = <p dangerouslySetInnerHTML={{ __html: 'b' }} />;`),
    file('src/ui/frame.tsx', `export const A = <iframe srcDoc="b" />;`),
  ],
};

let folder: string;
/** The rules of this house that a file breaks, in order. */
let broken: ReadonlyMap<string, readonly string[]>;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'ngc-lint-'));
  for (const part of ['lint', 'oxlint.config.js']) cpSync(part, join(folder, part), { recursive: true }); // prettier-ignore
  symlinkSync(resolve('node_modules'), join(folder, 'node_modules'), 'junction');
  for (const { path, code } of [...ALLOWED, ...Object.values(REFUSED).flat()]) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), `${code}\n`);
  }
  broken = lint();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function lint(): Map<string, string[]> {
  const linter = resolve('node_modules/oxlint/bin/oxlint');
  const args = ['-c', 'oxlint.config.js', '-f', 'json', 'src', 'tests'];
  const { stdout } = spawnSync(process.execPath, [linter, ...args], {
    cwd: folder,
    encoding: 'utf8',
  });
  const { diagnostics } = JSON.parse(stdout) as { diagnostics: { code: string; filename: string }[] }; // prettier-ignore
  const found = new Map<string, string[]>();
  for (const { code, filename } of diagnostics) {
    const rule = /^house\((.+)\)$/.exec(code)?.[1];
    if (rule) found.set(filename, [...(found.get(filename) ?? []), rule]);
  }
  return found;
}

test.each(ALLOWED)('$path is allowed', ({ path }) => {
  expect(broken.get(path)).toBeUndefined();
});

for (const [rule, planted] of Object.entries(REFUSED))
  test.each(planted)(`${rule} refuses $path`, ({ path }) => {
    expect(broken.get(path)).toEqual([rule]);
  });
