import { expect, test } from 'vitest';

import { defaultConfig } from '../../src/ngc/config/parse.ts';
import { VARIANTS } from '../../src/ngc/config/variants.ts';
import { parametersOf } from '../../src/ngc/parameters.ts';
import { sharesOf } from '../../src/wasm/move.ts';

/* Who moves what after a batch: every matrix by one, error synapses by whoever moves what they see with. */

test.each(VARIANTS)('%s: each matrix is in one share, an E right after its W', (variant) => {
  const config = defaultConfig(variant);
  const names = parametersOf(config).map(({ name }) => name);
  for (const count of [1, 2, 3, 8, 40]) {
    const shares = sharesOf(config, 100, count);
    expect(shares.length).toBeLessThanOrEqual(count);
    expect(shares.flat().sort()).toEqual([...names].sort());
    for (const share of shares) {
      expect(share.length).toBeGreaterThan(0);
      for (const [i, name] of share.entries())
        if (name.startsWith('E')) expect(share[i - 1]).toBe(name.replace('E', 'W'));
    }
  }
});

test('the two covariances of the page’s network, the most work of all, are two workers’', () => {
  const shares = sharesOf(defaultConfig('gncn-pdh'), 100, 2);
  expect(shares.map((share) => share.filter((name) => name.startsWith('Sigma')))).toEqual([
    ['Sigma1'],
    ['Sigma2'],
  ]);
});
