import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';

import { parseConfig } from '../../../src/ngc/config/parse.ts';
import { NO_LESIONS } from '../../../src/ngc/lesions.ts';
import { Model } from '../../../src/ngc/model.ts';
import type { Executor } from '../../../src/ngc/settling.ts';
import { trace } from '../../../src/ngc/trace.ts';
import { parseSafetensors } from '../../../src/io/safetensors.ts';
import { fusedExecutor } from '../../../src/kernels/executor.ts';
import { TILES } from '../../../src/kernels/tiles.ts';
import { startBackend } from '../../../src/runtime/backends.ts';
import type { Host } from '../../../src/runtime/host.ts';
import { browserHost } from '../../../src/runtime/browserHost.ts';
import { forgetfulMemory } from '../../../src/runtime/memory.ts';
import { frameLayout } from '../../../src/protocol/frame.ts';
import { frameOf } from '../../../src/worker/frames.ts';
import { tracedBaseline } from '../../helpers/baselines.ts';
import { FUSED_CASES, fusedDifferences, meddlingDifferences } from '../../helpers/fusedCases.ts';
import { trainingDifferences } from '../../helpers/fusedTraining.ts';
import { goldenBatch } from '../../helpers/goldenBatch.ts';
import { binaryImages, smallConfig } from '../../helpers/models.ts';
import { MEDDLING_CASES } from '../../helpers/meddling.ts';
import { tracedPredictive } from '../../helpers/goldenPredictive.ts';
import { countLeaks } from '../../helpers/gpuLeaks.ts';

/** Everything a trace holds, as plain numbers that a test can receive. */
export type PlainTrace = Record<string, number[]>;

declare global {
  interface Window {
    startWebGpu(): Promise<string>;
    traceCase(model: number[], input: number[]): Promise<PlainTrace>;
    /** What a baseline's golden case gives. */
    baselineCase(model: number[], input: number[]): Promise<PlainTrace>;
    /** What a golden case of predictive-coding networks gives. */
    predictiveCase(model: number[], input: number[]): Promise<PlainTrace>;
    /** The quantities in which the fused kernels differ from the plain equations; `tile` forces a tile. */
    fusedCase(name: string, tile?: number): Promise<Record<string, number>>;
    /** The moments of an episode that is meddled with in which fused kernels differ from the plain equations. */
    meddlingCase(name: string): Promise<Record<string, number>>;
    /** How many matrices a frame in the middle of training asked the store of synapses for; and whether it holds numbers. */
    frameCase(): Promise<{ asked: string[]; finite: boolean }>;
    /** How far training that overlaps its batches ends from training op by op. */
    trainingCase(): Promise<{ synapses: number; bce: number; reports: number }>;
    /** Starts the numerics on an adapter that hides what it is, twice: what came of it, and which devices were opened. */
    tryUnnamed(): Promise<{ names: string[]; reasons: string[]; opened: number }>;
    /** What `batches` batches of training left behind. */
    leaks(batches: number): Promise<Record<string, number>>;
  }
}

let executor: Executor;

const read = (bytes: number[], name: string) => parseSafetensors(Uint8Array.from(bytes), name);

window.startWebGpu = async () => {
  const backend = await startBackend('webgpu', browserHost);
  executor = backend.executor;
  return `${backend.name} ${backend.adapter} ${executor.title}`;
};

window.traceCase = async (modelBytes, inputBytes) => {
  const file = read(modelBytes, 'model');
  const { x, mask, traced } = goldenBatch(read(inputBytes, 'input'));
  const config = parseConfig(JSON.parse(file.metadata['config']!));
  const model = await Model.fromArrays(config, file.tensors);
  const arrays = await trace({ model, executor }, x, mask, traced);
  model.dispose();
  return Object.fromEntries([...arrays].map(([name, { data }]) => [name, [...data]]));
};

window.predictiveCase = async (model, input) => {
  const traced = await tracedPredictive(read(model, 'model'), read(input, 'input'));
  return Object.fromEntries([...traced].map(([name, { data }]) => [name, [...data]]));
};

window.baselineCase = async (model, input) => {
  const traced = await tracedBaseline(read(model, 'model'), read(input, 'input'), 10);
  return Object.fromEntries(Object.entries(traced).map(([name, data]) => [name, [...data]]));
};

window.fusedCase = async (name, tile) => {
  const forced = () =>
    fusedExecutor(tf.backend() as WebGPUBackend, { software: true, tile: TILES[tile!]! });
  return fusedDifferences(
    FUSED_CASES.find((one) => one.name === name)!,
    tile === undefined ? executor : forced(),
  );
};

window.meddlingCase = (name) =>
  meddlingDifferences(
    MEDDLING_CASES.find((one) => one.name === name)!,
    executor,
    3,
  );

window.frameCase = async () => {
  const model = await Model.create(smallConfig('gncn-pdh', { optimizer: 'sgd' }), 1);
  const x = binaryImages(5, 12);
  const first = await executor.begin(model, x);
  await first.learn();
  first.dispose();
  const settling = await executor.begin(model, x);
  await settling.advance(3);
  const asked = new Set<string>();
  const get = model.synapses.get.bind(model.synapses);
  model.synapses.get = (name) => {
    asked.add(name);
    return get(name);
  };
  const frame = await frameOf(settling, model, NO_LESIONS, null, null);
  const { offset } = frameLayout(model.config.sizes).discrepancy;
  const finite = frame.every((value, i) => i === offset || Number.isFinite(value));
  settling.dispose();
  model.dispose();
  x.dispose();
  return { asked: [...asked].sort(), finite };
};

window.trainingCase = () => trainingDifferences(executor, 'webgpu');

window.tryUnnamed = async () => {
  let opened = 0;
  const host: Host = {
    ...browserHost,
    threads: () => null,
    memory: forgetfulMemory(),
    async gpu() {
      const real = await browserHost.gpu();
      return {
        async requestAdapter() {
          const adapter = await real!.requestAdapter();
          return {
            info: { vendor: '', architecture: '', device: '', description: '' },
            limits: adapter!.limits,
            features: adapter!.features,
            requestDevice(wanted: GPUDeviceDescriptor) {
              opened++;
              return adapter!.requestDevice(wanted);
            },
          };
        },
      } as unknown as GPU;
    },
  };
  const first = await startBackend('auto', host);
  first.close();
  const second = await startBackend('auto', host);
  return {
    names: [first.name, second.name],
    reasons: [first.reason, second.reason],
    opened,
  };
};

window.leaks = (batches) => countLeaks((tf.backend() as WebGPUBackend).device, executor, batches);
