import { expect, test } from 'vitest';

import { EXHIBITS } from '../../src/exhibits/exhibits.ts';
import { inReach } from '../../src/exhibits/reach.ts';

test.each(EXHIBITS)('sliders of $id that move by ratios say by which', ({ controls }) => {
  for (const control of controls)
    if (control.kind === 'range' && control.scale === 'logarithmic') {
      expect(control.min).toBeGreaterThan(0);
      expect(control.step).toBeGreaterThan(1);
      expect(control.step).toBeLessThan(2);
    }
});

test('a value is brought within reach of its control', () => {
  const linear = { kind: 'range', key: 'a', title: '', hint: '', min: -1, max: 1, step: 0.05, usual: 0 } as const; // prettier-ignore
  const ratios = { ...linear, key: 'b', min: 0.01, max: 10, step: 1.1, scale: 'logarithmic' } as const; // prettier-ignore
  expect(inReach([linear, ratios], 'a', 0.333)).toBe(0.35);
  expect(inReach([linear, ratios], 'a', 7)).toBe(1);
  expect(inReach([linear, ratios], 'a', -7)).toBe(-1);
  expect(inReach([linear, ratios], 'b', 0.123456)).toBe(0.123);
  expect(inReach([linear, ratios], 'b', 0)).toBe(0.01);
  expect(() => inReach([linear], 'c', 0)).toThrow(/c is no range/);
});
