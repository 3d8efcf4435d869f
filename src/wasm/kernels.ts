import { messageOf, printableText } from '../shared/errors.ts';

/*
 * What the compiled kernels (assembly/) offer, and which of their two modules runs here. Places and strides are bytes in the memory
 * that a module was given.
 */

/** A place in the memory, in bytes. */
export type Place = number;

/** The functions of a module; each says in its own file what it computes. */
export interface Kernels {
  productScratch(depth: number): number;
  pack(k: number, n: number, b: Place, rows: number, cols: number, out: Place): void;
  product(m: number, k: number, n: number, a: Place, rows: number, cols: number, b: Place, c: Place, stride: number, more: number, above: number, scratch: Place): void; // prettier-ignore
  rowScratch(depth: number): number;
  rowTimes(k: number, a: Place, b: Place, stride: number, c: Place, more: number, scratch: Place): void; // prettier-ignore
  rowTimesTransposed(k: number, a: Place, b: Place, stride: number, c: Place): void;
  activate(bytes: number, kind: number, z: Place, out: Place): void;
  subtract(bytes: number, a: Place, b: Place, out: Place): void;
  blend(bytes: number, a: Place, b: Place, mask: Place, out: Place): void;
  imagine(bytes: number, beta: number, x: Place, e: Place, mask: Place): void;
  silence(rows: number, stride: number, z: Place, alive: Place): void;
  columns(rows: number, size: number, stride: number, group: number, inhibition: number, excitation: number, phi: Place, out: Place): void; // prettier-ignore
  move(bytes: number, z: Place, phi: Place, up: Place, gate: number, e: Place, rivals: Place, beta: number, laplace: number, leak: number): void; // prettier-ignore
  ascend(bytes: number, theta: Place, sum: Place, scale: number): void;
  adam(bytes: number, theta: Place, sum: Place, m: Place, v: Place, scale: number, rate: number, beta1: number, beta2: number, new1: number, new2: number, first: number, second: number, epsilon: number): void; // prettier-ignore
  columnSquares(rows: number, stride: number, x: Place, out: Place): void;
  rowSquares(rows: number, stride: number, x: Place, out: Place): void;
  normFactors(count: number, squares: Place, limit: number, floor: number): void;
  settleTheta(rows: number, stride: number, theta: Place, next: Place, factors: Place, byRow: number): number; // prettier-ignore
  moveCovariance(n: number, stride: number, sigma: Place, scatter: Place, precision: Place, images: number, rate: number): void; // prettier-ignore
  normaliseCovariance(n: number, stride: number, S: Place, norms: Place, sigma: Place): void;
  residual(n: number, stride: number, R: Place): void;
  follow(n: number, stride: number, P: Place, RP: Place, out: Place): void;
  transpose(rows: number, cols: number, x: Place, stride: number, out: Place, across: number): void;
  sumSquares(rows: number, cols: number, stride: number, x: Place): number;
  largest(rows: number, cols: number, stride: number, x: Place): number;
  countAbove(rows: number, cols: number, stride: number, x: Place, least: number): number;
  columnMeans(rows: number, stride: number, x: Place, out: Place): void;
  logLikelihood(rows: number, cols: number, stride: number, x: Place, mu: Place, floor: number): number; // prettier-ignore
}

/** The modules that are made of one source, read when they are asked for; two of them work in memory that threads share. */
export type KernelFiles = Readonly<
  Record<'relaxed' | 'plain' | 'relaxedShared' | 'plainShared', () => Promise<BufferSource>>
>;

type OwnFiles = Pick<KernelFiles, 'plain' | 'relaxed'>;

/** A module that runs here. */
export interface KernelModule {
  readonly module: WebAssembly.Module;
  /** For people: what of the processor it uses. */
  readonly title: 'relaxed SIMD' | 'SIMD';
}

const PAGE = 65536;
/** What memory that threads share may grow to: browsers put so much aside beforehand. */
export const MOST_SHARED_BYTES = 2 * 2 ** 30;

/** Memory that threads share. Throws where this place has none to give. */
export const sharedMemory = (pages = 1): WebAssembly.Memory =>
  new WebAssembly.Memory({ initial: pages, maximum: MOST_SHARED_BYTES / PAGE, shared: true });

export function instantiate({ module }: KernelModule, memory: WebAssembly.Memory): Kernels {
  return new WebAssembly.Instance(module, { env: { memory } }).exports as unknown as Kernels;
}

/**
 * The faster of the modules that this machine takes, tried on a small product.
 *
 * @returns it, or a clause for a person why there is none
 */
export async function compileKernels(files: OwnFiles): Promise<KernelModule | string> {
  return compileFaster(files, () => new WebAssembly.Memory({ initial: 2 }));
}

/** The same for memory that threads share: whoever is handed it has to be let. */
export async function compileSharedKernels({
  plainShared,
  relaxedShared,
}: KernelFiles): Promise<KernelModule | string> {
  return compileFaster({ plain: plainShared, relaxed: relaxedShared }, () => sharedMemory(2));
}

async function compileFaster(
  files: OwnFiles,
  memory: () => WebAssembly.Memory,
): Promise<KernelModule | string> {
  try {
    const relaxed = await files.relaxed();
    const title = WebAssembly.validate(relaxed) ? 'relaxed SIMD' : 'SIMD';
    const module = await WebAssembly.compile(title === 'SIMD' ? await files.plain() : relaxed);
    const compiled = { module, title } as const;
    return computesRightly(compiled, memory()) ? compiled : 'they compute other numbers';
  } catch (error) {
    return printableText(messageOf(error).replace(/\.$/, ''));
  }
}

/** Whether a product of matrices that fill no panel comes out as it should. */
function computesRightly(compiled: KernelModule, memory: WebAssembly.Memory): boolean {
  const [m, k, n] = [3, 7, 19];
  const kernels = instantiate(compiled, memory);
  const numbers = new Float32Array(memory.buffer);
  const at = (page: number) => 65536 + 8192 * page;
  const a = (i: number, j: number) => ((i * 5 + j * 3) % 7) - 3;
  const b = (i: number, j: number) => ((i * 2 + j * 7) % 11) - 5;
  for (let i = 0; i < m; i++) for (let j = 0; j < k; j++) numbers[at(0) / 4 + i * k + j] = a(i, j);
  for (let i = 0; i < k; i++) for (let j = 0; j < n; j++) numbers[at(1) / 4 + i * n + j] = b(i, j);
  kernels.pack(k, n, at(1), 4 * n, 4, at(2));
  kernels.product(m, k, n, at(0), 4 * k, 4, at(2), at(3), 128, 0, 0, at(4));
  for (let i = 0; i < m; i++)
    for (let j = 0; j < n; j++) {
      let sum = 0;
      for (let q = 0; q < k; q++) sum += a(i, q) * b(q, j);
      if (numbers[at(3) / 4 + i * 32 + j] !== sum) return false;
    }
  return true;
}
