import * as tf from '@tensorflow/tfjs-core';

import { NgcError } from '../shared/errors.ts';

export type BackendName = 'webgpu' | 'wasm' | 'cpu';

/** What was started, and why; `adapter` and `reason` are for people. */
export interface Backend {
  readonly name: BackendName;
  readonly adapter: string;
  readonly reason: string;
}

/** What differs between a browser's worker and Node: where the WASM files lie and who speaks WebGPU. */
export interface Host {
  /** Tells TensorFlow.js where its .wasm files are. */
  prepareWasm(): Promise<void>;
  /** The WebGPU entry point, or null where there is none. */
  gpu(): Promise<GPU | null>;
}

/** What probing for a WebGPU adapter found. */
type Probe =
  | { readonly kind: 'real' | 'software'; readonly adapter: string }
  | { readonly kind: 'none'; readonly why: string };

async function probeAdapter(host: Host): Promise<Probe> {
  const gpu = await host.gpu();
  if (!gpu) return { kind: 'none', why: 'WebGPU is not available here' };
  let adapter: GPUAdapter | null;
  try {
    adapter = await gpu.requestAdapter({ powerPreference: 'high-performance' });
  } catch (error) {
    return { kind: 'none', why: `asking for a WebGPU adapter failed (${String(error)})` };
  }
  if (!adapter) return { kind: 'none', why: 'WebGPU found no adapter' };
  const { vendor, architecture, device, description, isFallbackAdapter } = adapter.info;
  const software =
    isFallbackAdapter === true || architecture === 'swiftshader' || /llvmpipe/i.test(description);
  const named = description || [vendor, architecture, device].filter(Boolean).join(' ');
  return { kind: software ? 'software' : 'real', adapter: named || 'unnamed adapter' };
}

async function start(name: BackendName, host: Host): Promise<boolean> {
  switch (name) {
    case 'webgpu':
      await import('@tensorflow/tfjs-backend-webgpu');
      break;
    case 'wasm':
      // Threads need cross-origin isolation and break in minified builds; one thread with SIMD is the sure way.
      tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
      await host.prepareWasm();
      break;
    case 'cpu':
      await import('@tensorflow/tfjs-backend-cpu');
      break;
    default:
      name satisfies never;
  }
  try {
    if (!(await tf.setBackend(name))) return false;
    await tf.ready();
    return tf.getBackend() === name;
  } catch {
    return false;
  }
}

const DESCRIPTIONS = { wasm: 'SIMD, one thread', cpu: 'plain JavaScript' } as const;

/**
 * Starts the numerics: the asked-for backend, or with "auto" webgpu on a real adapter, wasm on none or a software
 * one, cpu as the last resort. Throws a backend error where the asked-for one cannot start.
 */
export async function startBackend(choice: BackendName | 'auto', host: Host): Promise<Backend> {
  if (choice === 'webgpu' || choice === 'auto') {
    const probe = await probeAdapter(host);
    const wanted = probe.kind === 'real' || (probe.kind === 'software' && choice === 'webgpu');
    if (wanted && (await start('webgpu', host)))
      return {
        name: 'webgpu',
        adapter: probe.adapter,
        reason: choice === 'webgpu' ? 'Asked for.' : 'A graphics processor is available.',
      };
    const why =
      probe.kind === 'none'
        ? probe.why
        : wanted
          ? `WebGPU did not start on ${probe.adapter}`
          : `the only WebGPU adapter (${probe.adapter}) is software`;
    if (choice === 'webgpu')
      throw new NgcError('backend', `WebGPU cannot be used: ${why}. Choose wasm instead.`);
    return startWithoutGpu(why, host);
  }
  if (!(await start(choice, host)))
    throw new NgcError('backend', `The ${choice} backend did not start. Choose another one.`);
  return { name: choice, adapter: DESCRIPTIONS[choice], reason: 'Asked for.' };
}

async function startWithoutGpu(why: string, host: Host): Promise<Backend> {
  const reason = `${why.charAt(0).toUpperCase()}${why.slice(1)}.`;
  for (const name of ['wasm', 'cpu'] as const)
    if (await start(name, host)) return { name, adapter: DESCRIPTIONS[name], reason };
  throw new NgcError('backend', `No numerics backend could be started. ${reason}`);
}
