import { expect, test } from 'vitest';
import { speedKey, speedOf } from '../../src/store/speed.ts';

test('training has a speed of its own', () => {
  const speeds = { speed: 20, trainspeed: null };
  expect(speedOf({ mode: 'complete', ...speeds })).toBe(20);
  expect(speedOf({ mode: 'train', ...speeds })).toBeNull();
  expect(['complete', 'train', 'sample'].map(speedKey)).toEqual(['speed', 'trainspeed', 'speed']);
});
