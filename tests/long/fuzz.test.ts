import { beforeAll, expect, test } from 'vitest';

import { fuzz } from '../fuzz/harness.ts';
import { prepare, TARGETS } from '../fuzz/targets.ts';

/** Other cases than those of `npm test`; NGC_FUZZ_SEED makes still others. */
const SEED = Number(process.env['NGC_FUZZ_SEED'] ?? 2026);
const CASES = 3200;

beforeAll(prepare);

test.each(TARGETS)('$name', async (target) => {
  const cases = CASES * (target.share ?? 1);
  const tally = await fuzz(target, cases, SEED);
  expect(tally.read + tally.refused).toBe(cases);
  process.stdout.write(
    `${target.name}, seed ${SEED}: ${cases} cases, ${tally.read} read, ${tally.refused} refused\n`,
  );
});

test('are 100,000 in all', () => {
  const shares = TARGETS.reduce((sum, { share = 1 }) => sum + share, 0);
  expect(CASES * shares).toBeGreaterThanOrEqual(100_000);
});
