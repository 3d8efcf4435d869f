import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, test } from 'vitest';

import { DEVICE_NEEDS } from '../../src/kernels/needs.ts';
import { judgeAdapter } from '../../src/runtime/adapter.ts';
import { defaultConfig } from '../../src/ngc/config/parse.ts';
import { Model } from '../../src/ngc/model.ts';
import { startBackend } from '../../src/runtime/backends.ts';
import type { Host } from '../../src/runtime/host.ts';
import { forgetfulMemory } from '../../src/runtime/memory.ts';
import { nodeHost } from '../../src/runtime/nodeHost.ts';
import { oneThread } from '../../src/runtime/wasm.ts';
import { localMember } from '../helpers/pool.ts';

/*
 * Which backend starts, by what the machine offers. Adapters here are descriptions whose device never opens: what really
 * computes on one is tested in a browser (e2e/webgpu-parity).
 */
interface Description {
  info?: Partial<GPUAdapterInfo>;
  limits?: Partial<Record<keyof typeof DEVICE_NEEDS, number>>;
}

const adapterOf = ({ info = {}, limits = {} }: Description): GPUAdapter =>
  ({
    info: { vendor: '', architecture: '', device: '', description: '', ...info },
    limits: { ...DEVICE_NEEDS, ...limits },
    requestDevice: () => Promise.reject(new Error('this device never opens')),
  }) as unknown as GPUAdapter;

/** A host with this adapter; counts how often its device was asked for. */
function hostWith(description: Description | null): Host & { opened: number } {
  const host = {
    ...nodeHost,
    threads: () => null,
    memory: forgetfulMemory(),
    opened: 0,
    gpu: () =>
      Promise.resolve({
        requestAdapter() {
          if (!description) return Promise.resolve(null);
          const adapter = adapterOf(description);
          const requestDevice = adapter.requestDevice.bind(adapter);
          adapter.requestDevice = (wanted) => {
            host.opened++;
            return requestDevice(wanted);
          };
          return Promise.resolve(adapter);
        },
      } as unknown as GPU),
  };
  return host;
}

const APPLE = { vendor: 'apple', architecture: 'metal-3' };

describe('workers that cannot be had', () => {
  test('are no longer boasted of, and their loss is told', async () => {
    const start = () => {
      throw new Error('no threads');
    };
    const host = {
      ...hostWith(null),
      threads: () => ({ cores: 8, waits: true, sharesMemory: false, start }),
    };
    const told: string[] = [];
    const backend = await startBackend('wasm', host, { onLost: (why) => told.push(why) });
    expect(backend.adapter).toMatch(/SIMD, 8 workers$/);
    const model = await Model.create(defaultConfig('gncn-pdh'), 1);
    const x = tf.zeros<tf.Rank.R2>([60, 784]);
    (await backend.executor.begin(model, x)).dispose();
    expect(backend.adapter).toMatch(/SIMD, one thread$/);
    expect(backend.executor.title).toBe('own kernels');
    expect(told).toEqual([expect.stringContaining('could not be started (no threads)')]);
    model.dispose();
    x.dispose();
  });
});

describe('kernels that do not run', () => {
  const missing = () => Promise.reject(new Error('the host answered 404.'));
  const none = { plain: missing, relaxed: missing };
  const kernels = { ...none, plainShared: missing, relaxedShared: missing };
  const said = 'Our own kernels do not run here (the host answered 404); TensorFlow.js computes, more slowly.'; // prettier-ignore

  test('leave everything to TensorFlow.js, and that is said', async () => {
    const host = { ...hostWith(null), kernels };
    const told: string[] = [];
    const backend = await startBackend('wasm', host, { onLost: (why) => told.push(why) });
    expect(backend.executor.title).toBe('op by op');
    expect(backend.adapter).toBe('SIMD, one thread');
    expect(told).toEqual([said]);
  });

  test('in workers either, and that is said once', async () => {
    const start = (count: number) =>
      Array.from({ length: count }, () =>
        localMember(async (tell) => (await oneThread(kernels, tell)).executor),
      );
    const threads = () => ({ cores: 2, waits: true, sharesMemory: false, start });
    const x = tf.zeros<tf.Rank.R2>([60, 784]);
    // Whether it can compute by them itself, or neither.
    for (const own of [nodeHost.kernels, kernels]) {
      const host = { ...hostWith(null), threads, kernels: own };
      const told: string[] = [];
      const backend = await startBackend('wasm', host, { onLost: (why) => told.push(why) });
      const model = await Model.create(defaultConfig('gncn-pdh'), 1);
      (await backend.executor.begin(model, x)).dispose();
      expect(told).toEqual([said]);
      backend.close();
      model.dispose();
    }
    x.dispose();
  });
});

describe('what an adapter is', () => {
  test.each<[string, Description, string]>([
    ['a graphics processor', { info: APPLE }, 'real'],
    ['a fallback adapter', { info: { ...APPLE, isFallbackAdapter: true } }, 'software'],
    ['SwiftShader', { info: { vendor: 'google', architecture: 'swiftshader' } }, 'software'],
    ['Mesa’s software', { info: { description: 'llvmpipe (LLVM 15.0.6, 256 bits)' } }, 'software'],
    ['Windows’ software', { info: { description: 'Microsoft Basic Render Driver' } }, 'software'],
    ['one without a name', {}, 'unsure'],
    ['small workgroups', { info: APPLE, limits: { maxComputeInvocationsPerWorkgroup: 128 } }, 'blocked'],
    ['few bindings', { limits: { maxStorageBuffersPerShaderStage: 4 } }, 'blocked'],
  ])('%s', (_name, description, kind) => {
    expect(judgeAdapter(adapterOf(description)).kind).toBe(kind);
  }); // prettier-ignore
});

describe('what starts', () => {
  test.each<[string, Description | null, RegExp, number]>([
    ['no adapter', null, /^WebGPU found no adapter\.$/, 0],
    ['software', { info: { architecture: 'swiftshader' } }, /swiftshader\) is software\.$/, 0],
    ['blocked', { info: APPLE, limits: { maxComputeWorkgroupSizeX: 64 } }, /apple metal-3: its maxComputeWorkgroupSizeX is 64, and the kernels need 256\.$/, 0],
    ['a device that does not open', { info: APPLE }, /^WebGPU did not start on apple metal-3\.$/, 1],
    ['unsure, and it does not open', {}, /^WebGPU did not start on an adapter without a name\.$/, 1],
  ])('%s: wasm, and why', async (_name, description, reason, opened) => {
    const host = hostWith(description);
    const backend = await startBackend('auto', host);
    expect(backend.name).toBe('wasm');
    expect(backend.reason).toMatch(reason);
    expect(host.opened).toBe(opened);
  }); // prettier-ignore

  test('a trial that was lost is not repeated', async () => {
    const host = hostWith({});
    await host.memory.remember('faster-of-webgpu-and-wasm:an adapter without a name', 'wasm');
    const { name, reason } = await startBackend('auto', host);
    expect(name).toBe('wasm');
    expect(reason).toMatch(/tried here, and WASM was faster/);
    expect(host.opened).toBe(0);
  });

  test('what is asked for starts, or says why not', async () => {
    expect((await startBackend('cpu', hostWith({ info: APPLE }))).name).toBe('cpu');
    expect((await startBackend('wasm', hostWith({ info: APPLE }))).name).toBe('wasm');
    await expect(startBackend('webgpu', hostWith(null))).rejects.toThrow(
      /WebGPU cannot be used: WebGPU found no adapter\. Choose wasm instead\./,
    );
    await expect(startBackend('webgpu', hostWith({ info: APPLE }))).rejects.toThrow(
      /did not start on apple metal-3/,
    );
  });
});
