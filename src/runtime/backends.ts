import * as tf from '@tensorflow/tfjs-core';

import { opByOp } from '../ngc/opByOp.ts';
import type { Executor } from '../ngc/settling.ts';
import { poolExecutor } from '../pool/executor.ts';
import { NgcError } from '../shared/errors.ts';
import type { Probe, UsableAdapter } from './adapter.ts';
import { probeAdapter } from './adapter.ts';
import type { Host } from './host.ts';
import { settlingSpeed } from './trial.ts';
import { oneThread, setBackend, sharedKernels, startWasm } from './wasm.ts';

export type BackendName = 'webgpu' | 'wasm' | 'cpu';

/** What was started, and why; `adapter` and `reason` are for people. What computes may change: `adapter` then says so. */
export interface Backend {
  readonly name: BackendName;
  readonly adapter: string;
  readonly reason: string;
  /** What settles and learns on it. */
  readonly executor: Executor;
  /** Every way to compute on it, for the bench: what is taken first, plain operations last. */
  readonly ways: readonly Executor[];
  /** Resolves with a sentence for a person when it is lost, and what it held with it; never where nothing can be. */
  readonly lost: Promise<string>;
  /** Ends the threads it has started. */
  close(): void;
}

const NOTHING_TO_CLOSE = () => undefined;
const NEVER = new Promise<string>(() => undefined);

/** What may be asked for. */
interface StartOptions {
  /** How many workers wasm shares batches out over, 1 for none; as many as there are cores if not given. */
  readonly workers?: number | undefined;
  /** Hears, in a sentence for a person, that workers are lost, or kernels do not run, and what comes of it. */
  readonly onLost?: (sentence: string) => void;
}

/** More than so many wait for each other more than they compute. */
const MOST_WORKERS = 8;

/** WASM as it has started: shares batches out where there are cores to do so. */
async function wasmBackend(
  reason: string,
  host: Host,
  { workers, onLost }: StartOptions,
): Promise<Backend> {
  const name = 'wasm';
  // What workers say of their kernels, their owner may have said already.
  const said = new Set<string>();
  const tell = (sentence: string) => {
    if (!said.has(sentence)) onLost?.(sentence);
    said.add(sentence);
  };
  const { executor: here, simd } = await oneThread(host.kernels, tell);
  const alone = `${simd}, one thread`;
  const waysHere = here === opByOp ? [opByOp] : [here, opByOp];
  const threads = host.threads();
  const count = workers ?? Math.min(threads?.cores ?? 1, MOST_WORKERS);
  if (!threads || count < 2)
    return {
      ...{ name, adapter: alone, reason, executor: here, ways: waysHere },
      ...{ lost: NEVER, close: NOTHING_TO_CLOSE },
    };
  const { waits } = threads;
  const executor = poolExecutor(
    {
      ...{ count, waits, start: (wanted) => threads.start(wanted), onSaid: tell },
      ...(onLost ? { onLost } : {}),
    },
    here,
    undefined,
    // Members that compute op by op have nothing to share.
    () =>
      threads.sharesMemory && here !== opByOp ? sharedKernels(host.kernels) : Promise.resolve(null),
  );
  return {
    name,
    get adapter() {
      return executor.ended ? alone : `${simd}, ${count} workers`;
    },
    reason,
    executor,
    ways: [executor, ...waysHere],
    lost: NEVER,
    close: () => executor.close(),
  };
}

async function startOnCpu(
  name: 'wasm' | 'cpu',
  reason: string,
  host: Host,
  options: StartOptions,
): Promise<Backend | null> {
  if (name === 'wasm') {
    const started = await startWasm(() => host.prepareWasm());
    return started ? await wasmBackend(reason, host, options) : null;
  }
  await import('@tensorflow/tfjs-backend-cpu');
  if (!(await setBackend('cpu'))) return null;
  const adapter = 'plain JavaScript';
  return {
    ...{ name, adapter, reason, executor: opByOp, ways: [opByOp] },
    ...{ lost: NEVER, close: NOTHING_TO_CLOSE },
  };
}

/** The device of an adapter and the fused kernels on it. Null where it does not open. */
async function startOnGpu(
  { adapter, kind, name }: UsableAdapter,
  reason: string,
): Promise<Backend | null> {
  const { startWebGpu } = await import('./webgpu.ts');
  const started = await startWebGpu(adapter, kind === 'software');
  if (!started) return null;
  const ways = [started.executor, opByOp];
  return { name: 'webgpu', adapter: name, reason, ways, ...started };
}

/** How long both are tried where it is not known which is faster: a quarter of a second in all. */
const TRIAL_MS = 125;
const TRIAL_KEY = 'faster-of-webgpu-and-wasm';

/** For an adapter that does not say what it is: tries both, takes the faster, remembers which that was. */
async function startFaster(
  adapter: UsableAdapter,
  host: Host,
  options: StartOptions,
): Promise<Backend> {
  const key = `${TRIAL_KEY}:${adapter.name}`;
  const remembered = await host.memory.recall(key);
  const slower = 'WebGPU was tried here, and WASM was faster';
  if (remembered === 'wasm') return startWithoutGpu(slower, host, options);
  const gpu = await startOnGpu(adapter, 'It was tried here, and was faster than WASM.');
  if (!gpu) return startWithoutGpu(`WebGPU did not start on ${adapter.name}`, host, options);
  if (remembered === 'webgpu') return gpu;
  const gpuSpeed = await settlingSpeed(gpu.executor, TRIAL_MS);
  const wasm = await startOnCpu('wasm', `${slower}.`, host, options);
  const wasmSpeed = wasm ? await settlingSpeed(wasm.executor, TRIAL_MS) : 0;
  const loser = gpuSpeed >= wasmSpeed ? wasm : gpu;
  const winner = loser === gpu && wasm ? wasm : gpu;
  loser?.close();
  await tf.setBackend(winner.name);
  await host.memory.remember(key, winner.name);
  return winner;
}

/** Why an adapter is not used without being asked for; null where it is. */
function whyNot(probe: Probe): string | null {
  switch (probe.kind) {
    case 'none':
      return probe.why;
    case 'blocked':
      return `WebGPU cannot be used on ${probe.name}: ${probe.why}`;
    case 'software':
      return `the only WebGPU adapter (${probe.name}) is software`;
    case 'real':
    case 'unsure':
      return null;
    default:
      return probe satisfies never;
  }
}

/**
 * Starts the numerics: the asked-for backend, or with "auto" webgpu on a real adapter, the faster of webgpu and wasm on one
 * that does not say what it is, wasm on none, a software one or one that cannot run the kernels, cpu as the last
 * resort. Throws a backend error where the asked-for one cannot start.
 */
export async function startBackend(
  choice: BackendName | 'auto',
  host: Host,
  options: StartOptions = {},
): Promise<Backend> {
  if (choice === 'wasm' || choice === 'cpu') {
    const started = await startOnCpu(choice, 'Asked for.', host, options);
    if (started) return started;
    throw new NgcError('backend', `The ${choice} backend did not start. Choose another one.`);
  }
  const probe = await probeAdapter(host);
  const why = whyNot(probe);
  if (choice === 'webgpu') {
    const started = 'adapter' in probe ? await startOnGpu(probe, 'Asked for.') : null;
    if (started) return started;
    const reason = why ?? `it did not start on ${'name' in probe ? probe.name : 'the adapter'}`;
    throw new NgcError('backend', `WebGPU cannot be used: ${reason}. Choose wasm instead.`);
  }
  if (why !== null || !('adapter' in probe))
    return startWithoutGpu(why ?? 'WebGPU found no adapter', host, options);
  if (probe.kind === 'unsure') return startFaster(probe, host, options);
  const started = await startOnGpu(probe, 'A graphics processor is available.');
  return started ?? startWithoutGpu(`WebGPU did not start on ${probe.name}`, host, options);
}

async function startWithoutGpu(why: string, host: Host, options: StartOptions): Promise<Backend> {
  const reason = `${why.charAt(0).toUpperCase()}${why.slice(1)}.`;
  for (const name of ['wasm', 'cpu'] as const) {
    const started = await startOnCpu(name, reason, host, options);
    if (started) return started;
  }
  throw new NgcError('backend', `No numerics backend could be started. ${reason}`);
}
