import { opByOp } from '../engine/opByOp.ts';
import type { Executor } from '../engine/settling.ts';
import { poolExecutor } from '../pool/executor.ts';
import type { Link } from '../pool/member.ts';
import { NgcError } from '../shared/errors.ts';
import { probeAdapter } from './adapter.ts';
import { setBackend, startWasm } from './wasm.ts';

export type BackendName = 'webgpu' | 'wasm' | 'cpu';

/** What was started, and why; `adapter` and `reason` are for people. */
export interface Backend {
  readonly name: BackendName;
  readonly adapter: string;
  readonly reason: string;
  /** What settles and learns on it. */
  readonly executor: Executor;
  /** Ends the threads it has started. */
  close(): void;
}

const NOTHING_TO_CLOSE = () => undefined;

/** Threads that compute beside this one. */
export interface Threads {
  /** How many can run at once here. */
  readonly cores: number;
  /** Whether the first batch that is shared out waits until they have started. */
  readonly waits: boolean;
  start(count: number): readonly Link[];
}

/** What differs between a browser's worker and Node. */
export interface Host {
  /** Tells TensorFlow.js where its .wasm files are. */
  prepareWasm(): void;
  /** The WebGPU entry point, or null where there is none. */
  gpu(): Promise<GPU | null>;
  /** Threads, or null where there are none to be had. */
  threads(): Threads | null;
}

/** What may be asked for. */
export interface StartOptions {
  /** How many workers wasm shares batches out over, 1 for none; as many as there are cores if not given. */
  readonly workers?: number | undefined;
}

/** More than so many wait for each other more than they compute. */
const MOST_WORKERS = 8;

/** The executor for wasm: shares batches out where there are cores to do so. */
function wasmExecutor(
  host: Host,
  workers?: number,
): Pick<Backend, 'adapter' | 'executor' | 'close'> {
  const threads = host.threads();
  const count = workers ?? Math.min(threads?.cores ?? 1, MOST_WORKERS);
  if (!threads || count < 2)
    return { adapter: 'SIMD, one thread', executor: opByOp, close: NOTHING_TO_CLOSE };
  const { waits } = threads;
  const executor = poolExecutor({ count, waits, start: (wanted) => threads.start(wanted) });
  return { adapter: `SIMD, ${count} workers`, executor, close: () => executor.close() };
}

async function startOnCpu(
  name: 'wasm' | 'cpu',
  reason: string,
  host: Host,
  { workers }: StartOptions,
): Promise<Backend | null> {
  if (name === 'wasm') {
    const started = await startWasm(() => host.prepareWasm());
    return started ? { name, reason, ...wasmExecutor(host, workers) } : null;
  }
  await import('@tensorflow/tfjs-backend-cpu');
  if (!(await setBackend('cpu'))) return null;
  const adapter = 'plain JavaScript';
  return { name, adapter, reason, executor: opByOp, close: NOTHING_TO_CLOSE };
}

/**
 * Starts the numerics: the asked-for backend, or with "auto" webgpu on a real adapter, wasm on none or a software
 * one, cpu as the last resort. Throws a backend error where the asked-for one cannot start.
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
  let why: string;
  if (probe.kind === 'none') ({ why } = probe);
  else if (probe.kind === 'software' && choice === 'auto')
    why = `the only WebGPU adapter (${probe.name}) is software`;
  else {
    const { startWebGpu } = await import('./webgpu.ts');
    const executor = await startWebGpu(probe.adapter, probe.kind === 'software');
    const reason = choice === 'webgpu' ? 'Asked for.' : 'A graphics processor is available.';
    if (executor)
      return { name: 'webgpu', adapter: probe.name, reason, executor, close: NOTHING_TO_CLOSE };
    why = `WebGPU did not start on ${probe.name}`;
  }
  if (choice === 'webgpu')
    throw new NgcError('backend', `WebGPU cannot be used: ${why}. Choose wasm instead.`);
  return startWithoutGpu(why, host, options);
}

async function startWithoutGpu(why: string, host: Host, options: StartOptions): Promise<Backend> {
  const reason = `${why.charAt(0).toUpperCase()}${why.slice(1)}.`;
  for (const name of ['wasm', 'cpu'] as const) {
    const started = await startOnCpu(name, reason, host, options);
    if (started) return started;
  }
  throw new NgcError('backend', `No numerics backend could be started. ${reason}`);
}
