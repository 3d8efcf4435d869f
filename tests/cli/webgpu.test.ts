import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

import { golden } from '../helpers/golden.ts';
import { spawnNgc, temporaryFolder, tensorsAt } from './helpers.ts';

/*
 * WebGPU in Node (the optional package "webgpu"), only where NGC_TEST_WEBGPU is set: it needs a Vulkan, Metal or
 * Direct3D device. Software will do, SwiftShader from a Chromium for instance: LD_LIBRARY_PATH with its libvulkan.so.1
 * and VK_ICD_FILENAMES with its vk_swiftshader_icd.json.
 */
const folder = temporaryFolder();

test.skipIf(!process.env['NGC_TEST_WEBGPU']).each(['t1', 'pdh', 'pdh-masked'])(
  'trace on webgpu: %s',
  async (name) => {
    const file = (part: string) =>
      fileURLToPath(new URL(`../golden/${name}.${part}.safetensors`, import.meta.url));
    const out = join(folder, `${name}.safetensors`);
    const outcome = await spawnNgc([
      ...['trace', '--model', file('model'), '--input', file('input'), '--out', out],
      ...['--backend', 'webgpu'],
    ]);
    expect(outcome).toEqual({ status: 0, stdout: '', stderr: '' });
    const actual = tensorsAt(out).tensors;
    for (const [key, { data }] of golden(name, 'expected').tensors) {
      if (key.startsWith('next.')) continue; // after Adam rounding decides signs; trace.test.ts has the rule
      const found = actual.get(key)!.data;
      const gap = Math.max(...data.map((value, i) => Math.abs(value - found[i]!)));
      expect([key, gap <= 1e-4]).toEqual([key, true]);
    }
  },
  180_000,
);
