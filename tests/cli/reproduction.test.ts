import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

import { ngc } from './helpers.ts';

/* What the page is shipped with, and the text that is made of it. */

const at = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url));
const shipped = readdirSync(at('public/lab')).map((name) => at(`public/lab/${name}`));

test('docs/reproduction.md is the report of the shipped results', async () => {
  const { status, stdout } = await ngc('lab', 'report', ...shipped);
  expect(status).toBe(0);
  expect(stdout).toBe(readFileSync(at('docs/reproduction.md'), 'utf8'));
});

test('several files make one text only, of as many experiments', async () => {
  const [first, second] = shipped;
  expect(await ngc('lab', 'report', first!, first!)).toMatchObject({ status: 2 });
  const refused = await ngc('lab', 'report', first!, second!, '--csv');
  expect(refused.status).toBe(2);
  expect(refused.stderr).toMatch(/^ngc: --csv, --json and --svg are of one FILE/);
});
