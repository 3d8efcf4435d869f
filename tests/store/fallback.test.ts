import { expect, test } from 'vitest';

import type { BackendReport } from '../../src/protocol/reports.ts';
import type { Fallback } from '../../src/store/fallback.ts';
import { createFallback, saidOf } from '../../src/store/fallback.ts';

const running = (name: BackendReport['name'], executor = 'op by op'): BackendReport => ({
  ...{ name, executor, adapter: '', reason: '' },
});
const gpu = running('webgpu', 'fused kernels');

/** Losses at these seconds, of engines that had run a while. */
const losses = (fallback: Fallback, seconds: readonly number[], of = gpu) =>
  seconds.map((second) => {
    fallback.started(1000 * second - 10_000);
    return fallback.lost(1000 * second, of);
  });

test('a loss now and then is borne; the third in a minute is not', () => {
  const fallback = createFallback();
  expect(losses(fallback, [100, 170, 240, 310])).toEqual(['again', 'again', 'again', 'again']);
  expect(fallback.level).toBeNull();
  expect(losses(fallback, [320, 330])).toEqual(['again', 'simpler']);
  expect(fallback.level).toEqual({ backend: 'wasm', alone: false });
});

test('who dies right at its start dies twice, not three times', () => {
  const fallback = createFallback();
  fallback.started(0);
  expect(fallback.lost(1000, gpu)).toBe('again');
  fallback.started(2000);
  expect(fallback.lost(3000, gpu)).toBe('simpler');
});

test('down it goes: WebGPU, WASM with workers, WASM alone, JavaScript, and then it is enough', () => {
  const fallback = createFallback();
  const said: string[] = [];
  for (;;) {
    const what = losses(fallback, [100, 110, 120]).at(-1)!;
    if (what !== 'simpler') {
      expect(what).toBe('enough');
      break;
    }
    said.push(saidOf(fallback.level!));
  }
  expect(said).toEqual(['with WASM instead of WebGPU', 'with WASM in one thread', 'in plain JavaScript']); // prettier-ignore
});

test('from what really runs: WASM with workers goes on alone, WASM alone in JavaScript', () => {
  const pool = createFallback();
  losses(pool, [100, 110, 120], running('wasm', 'op by op, 2 workers'));
  expect(pool.level).toEqual({ backend: 'wasm', alone: true });
  const alone = createFallback();
  losses(alone, [100, 110, 120], running('wasm'));
  expect(alone.level).toEqual({ backend: 'cpu', alone: true });
});

test('a person who chooses is not held to what was before', () => {
  const fallback = createFallback();
  losses(fallback, [100, 110, 120]);
  fallback.forget();
  expect(fallback.level).toBeNull();
  expect(losses(fallback, [130])).toEqual(['again']);
});
