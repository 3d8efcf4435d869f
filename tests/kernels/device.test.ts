import '@tensorflow/tfjs-backend-cpu';
import { beforeAll, describe, expect, test } from 'vitest';

import type { Executor } from '../../src/ngc/settling.ts';
import { startBackend } from '../../src/runtime/backends.ts';
import { nodeHost } from '../../src/runtime/nodeHost.ts';
import { FUSED_CASES, fusedDifferences, meddlingDifferences } from '../helpers/fusedCases.ts';
import { MEDDLING_CASES } from '../helpers/meddling.ts';

/*
 * The fused kernels on WebGPU in Node (the optional package "webgpu"), only where NGC_TEST_WEBGPU is set: it needs a Vulkan, Metal or
 * Direct3D device. The same cases run in a browser in tests/e2e/webgpu-parity.spec.ts; here they need no browser, and
 * defects planted in a kernel are looked for with them (tests/mutants).
 */
describe.skipIf(!process.env['NGC_TEST_WEBGPU'])('fused kernels, against plain operations', () => {
  let executor: Executor;
  beforeAll(async () => {
    ({ executor } = await startBackend('webgpu', nodeHost));
  }, 100_000);

  test.each(FUSED_CASES)(
    '$name',
    async (one) => {
      expect(await fusedDifferences(one, executor)).toEqual({});
    },
    300_000,
  );

  test.each(MEDDLING_CASES)(
    'meddled with, $name',
    async (one) => {
      expect(await meddlingDifferences(one, executor, 3)).toEqual({});
    },
    300_000,
  );
});
