import { expect, test } from 'vitest';

import { HOSTILE } from '../helpers/hostile.ts';
import { expectModest } from '../helpers/peak.ts';

test.each(HOSTILE)('$name: within 500 MB and 5 s', async (hostile) => {
  const { said, seconds, megabytes, bytes } = await expectModest(hostile);
  expect(bytes).toBeLessThan(50_000_000);
  process.stdout.write(
    `${hostile.name}: ${(bytes / 1e6).toFixed(1)} MB, peak ${megabytes.toFixed(0)} MB, ${seconds.toFixed(2)} s: ${said}\n`,
  );
});
