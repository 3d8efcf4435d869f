import { expect, test } from 'vitest';
import { SETTINGS } from '../../src/ngc/config/settings.ts';
import { checkSetting } from '../../src/engine/settings.ts';
import { sliderPlace, valueAt } from '../../src/viz/slider.ts';

test('a slider leads back to the value it came from, evenly or in ratios', () => {
  const log = { from: 0.01, to: 100, log: true } as const;
  expect(sliderPlace(log, 1)).toBeCloseTo(0.5);
  expect(valueAt(log, 0.75, false)).toBe(10);
  expect(valueAt({ from: 0, to: 0.5 }, 0.5, false)).toBe(0.25);
  expect(valueAt({ from: 1, to: 100 }, 0.333, true)).toBe(34);
  for (const place of [0, 0.2, 0.5, 1]) {
    expect(sliderPlace(log, valueAt(log, place, false))).toBeCloseTo(place, 2);
  }
  expect(sliderPlace(log, 0.0001)).toBe(0);
  expect(sliderPlace({ from: 0, to: 1 }, 7)).toBe(1);
});

test('every slider stays within what its setting may be', () => {
  const sliders = SETTINGS.filter((setting) => setting.slider !== undefined);
  expect(sliders.length).toBeGreaterThan(8);
  for (const setting of sliders)
    for (let i = 0; i <= 50; i++) {
      const whole = setting.type === 'number' && setting.integer === true;
      checkSetting(setting, valueAt(setting.slider!, i / 50, whole));
    }
});
