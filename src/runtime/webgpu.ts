import * as tf from '@tensorflow/tfjs-core';
import { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';

import type { Executor } from '../ngc/settling.ts';
import { fusedExecutor } from '../kernels/executor.ts';
import { lossOf } from './loss.ts';

/** What the kernels and TensorFlow.js ask of the device beyond WebGPU's defaults, as far as the adapter goes. */
const LIMITS = [
  'maxBufferSize',
  'maxStorageBufferBindingSize',
  'maxStorageBuffersPerShaderStage',
  'maxComputeWorkgroupStorageSize',
  'maxComputeInvocationsPerWorkgroup',
  'maxComputeWorkgroupSizeX',
  'maxComputeWorkgroupsPerDimension',
] as const;

/** What computes on the device, and what gives it back. */
interface Started {
  readonly executor: Executor;
  /** Resolves with a sentence when the device is lost, not when it is closed. */
  readonly lost: Promise<string>;
  close(): void;
}

/**
 * Opens the device, makes it TensorFlow.js's too, and returns the executor that settles on it with fused kernels.
 * Null where the device does not open.
 */
export async function startWebGpu(adapter: GPUAdapter, software: boolean): Promise<Started | null> {
  const requiredLimits = Object.fromEntries(LIMITS.map((name) => [name, adapter.limits[name]]));
  let device: GPUDevice;
  try {
    device = await adapter.requestDevice({ requiredLimits });
  } catch {
    return null;
  }
  tf.removeBackend('webgpu');
  const backend = new WebGPUBackend(device, adapter.info);
  tf.registerBackend('webgpu', () => backend);
  if (!(await tf.setBackend('webgpu'))) return null;
  await tf.ready();
  let closed = false;
  return {
    executor: fusedExecutor(backend, { software }),
    lost: new Promise((resolve) => {
      void device.lost.then(({ message }) => closed || resolve(lossOf(message)));
    }),
    close() {
      closed = true;
      tf.removeBackend('webgpu');
      device.destroy();
    },
  };
}
