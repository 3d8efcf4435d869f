import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import type { Tensor1D, Tensor2D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';

import type { BufferName, Uses } from './buffers.ts';
import { groupEntries, layoutEntries } from './buffers.ts';
import type { Job } from './jobs.ts';
import { jobTable } from './jobs.ts';
import type { MatrixKernel, PlainKernel } from './kernel.ts';
import { THREADS } from './kernel.ts';
import type { Region } from './layout.ts';
import { productShader } from './product.ts';
import type { TileChoice } from './tiles.ts';
import { chooseTile } from './tiles.ts';

/** A kernel with its table and buffers: ready to run as often as wanted. */
export interface Dispatch {
  encode(pass: GPUComputePassEncoder): void;
  /** Frees its table. */
  dispose(): void;
}

export type Buffers = Partial<Record<BufferName, GPUBuffer>>;

/** Nothing to run: a product without jobs. */
const IDLE: Dispatch = { encode: () => undefined, dispose: () => undefined };

/** The device, shared with TensorFlow.js: pipelines (compiled once), dispatches, submissions in order. */
export class Gpu {
  private readonly pipelines = new Map<string, Promise<GPUComputePipeline>>();

  constructor(
    private readonly backend: WebGPUBackend,
    private readonly choice: TileChoice,
  ) {}

  get device(): GPUDevice {
    return this.backend.device;
  }

  /** The largest arena this device can bind, in floats. */
  get largestArena(): number {
    const { maxStorageBufferBindingSize, maxBufferSize } = this.device.limits;
    return Math.min(maxStorageBufferBindingSize, maxBufferSize) / 4;
  }

  /** A buffer of `floats` numbers that kernels, copies and TensorFlow.js can use; zeros at first. */
  arena(label: string, floats: number): GPUBuffer {
    return this.device.createBuffer({
      label,
      size: Math.max(floats, 1) * 4,
      usage: GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST,
    });
  }

  /** The arena as a tensor, without a copy; disposing it leaves the buffer alive. */
  asTensor(buffer: GPUBuffer): Tensor1D {
    return tf.tensor<tf.Rank.R1>({ buffer, zeroCopy: true }, [buffer.size / 4], 'float32');
  }

  write(buffer: GPUBuffer, offset: number, data: Float32Array): void {
    this.device.queue.writeBuffer(buffer, offset * 4, data as Float32Array<ArrayBuffer>);
  }

  /** A product kernel over `jobs`, all in one dispatch. */
  async product(kernel: MatrixKernel, jobs: readonly Job[], buffers: Buffers): Promise<Dispatch> {
    if (jobs.length === 0) return IDLE;
    const tile = chooseTile(jobs, this.choice);
    const { data, groups } = jobTable(jobs, tile);
    const code = productShader(kernel, tile, jobs.length);
    return this.dispatch(kernel.label, code, kernel.uses, data, buffers, groups);
  }

  /** A plain kernel with `threads` threads, or so many whole workgroups. */
  async plain(
    kernel: PlainKernel,
    table: readonly number[],
    size: { readonly threads: number } | { readonly groups: number },
    buffers: Buffers,
  ): Promise<Dispatch> {
    if (table.length === 0) return IDLE;
    const groups = 'groups' in size ? size.groups : Math.ceil(size.threads / THREADS);
    const code = kernel.code(table.length / 4);
    return this.dispatch(kernel.label, code, kernel.uses, Uint32Array.from(table), buffers, groups);
  }

  private async dispatch(
    label: string,
    code: string,
    uses: Uses,
    data: Uint32Array,
    buffers: Buffers,
    groups: number,
  ): Promise<Dispatch> {
    const { device } = this;
    const pipeline = await this.pipeline(label, code, uses);
    const table = device.createBuffer({
      label,
      size: data.byteLength,
      usage: GPUBufferUsage.UNIFORM | GPUBufferUsage.COPY_DST,
    });
    device.queue.writeBuffer(table, 0, data as Uint32Array<ArrayBuffer>);
    const group = device.createBindGroup({
      layout: pipeline.getBindGroupLayout(0),
      entries: groupEntries(uses, table, buffers),
    });
    const most = device.limits.maxComputeWorkgroupsPerDimension;
    const x = Math.min(groups, most);
    const y = Math.ceil(groups / x);
    return {
      encode(pass) {
        pass.setPipeline(pipeline);
        pass.setBindGroup(0, group);
        pass.dispatchWorkgroups(x, y);
      },
      dispose: () => table.destroy(),
    };
  }

  /** Compiled once for each code; without holding up whoever waits for a frame. */
  private pipeline(label: string, code: string, uses: Uses): Promise<GPUComputePipeline> {
    let pipeline = this.pipelines.get(code);
    if (!pipeline) {
      const { device } = this;
      const layout = device.createPipelineLayout({
        bindGroupLayouts: [device.createBindGroupLayout({ entries: layoutEntries(uses) })],
      });
      const module = device.createShaderModule({ label, code });
      pipeline = device.createComputePipelineAsync({
        label,
        layout,
        compute: { module, entryPoint: 'main' },
      });
      this.pipelines.set(code, pipeline);
    }
    return pipeline;
  }

  /**
   * Submits what `record` encodes. TensorFlow.js's own commands go first: they wait in an encoder of its own, and would
   * otherwise see what comes after them.
   */
  submit(record: (encoder: GPUCommandEncoder) => void): void {
    const { backend, device } = this;
    flush(backend);
    const encoder = device.createCommandEncoder();
    record(encoder);
    device.queue.submit([encoder.finish()]);
  }

  /** Runs dispatches one after the other, each seeing what the one before it wrote. */
  run(dispatches: readonly Dispatch[]): void {
    this.submit((encoder) => encodeAll(encoder, dispatches));
  }
}

/** Submits what TensorFlow.js has recorded, and resolves when the device has done everything it was given. */
export async function deviceIdle(backend: WebGPUBackend): Promise<void> {
  flush(backend);
  await backend.device.queue.onSubmittedWorkDone();
}

function flush(backend: WebGPUBackend): void {
  backend.ensureCommandEncoderReady();
  backend.endComputePassEncoder();
  backend.submitQueue();
}

/** One pass of dispatches in order. */
export function encodeAll(encoder: GPUCommandEncoder, dispatches: readonly Dispatch[]): void {
  const pass = encoder.beginComputePass();
  for (const dispatch of dispatches) dispatch.encode(pass);
  pass.end();
}

/** A region of an arena as a matrix of its own; the first `rows` rows. */
export function slice(arena: Tensor1D, region: Region, rows = region.rows): Tensor2D {
  const { offset, cols } = region;
  return tf.tidy(() => tf.reshape(tf.slice(arena, offset, rows * cols), [rows, cols]));
}
