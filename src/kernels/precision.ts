import type { ModelConfig } from '../ngc/config/settings.ts';
import { RESIDUAL_LIMIT } from '../ngc/constants.ts';
import { preciseLayers } from '../ngc/parameters.ts';
import { declarations } from './buffers.ts';
import type { Job } from './jobs.ts';
import { rowMajor } from './jobs.ts';
import type { MatrixKernel, PlainKernel } from './kernel.ts';
import { PLAIN_MAIN, plainHead } from './kernel.ts';
import type { Arena } from './layout.ts';
import { foldKernel } from './store.ts';

/*
 * The precision after Σ has moved (ngc/equations/precision.ts, form "inverse"), without reading it back:
 *
 *   S ← (Σ + Σᵀ)/2, diagonal at least 1;   twice P ← 2P − (P·S)·P;   residual = max |I − P·S|
 *   Σ ← D^−½·S·D^−½, D_j = max(1, ‖column j of S‖);   P is kept where the residual is within the limit
 *
 * where it is not, the host inverts S exactly (network.ts). In the arena: T = P·S, A and B the two iterates.
 */
const SYNAPSES = { synapses: 'read_write' } as const;

/** Table of the plain kernels: (first thread, neurons, Σ, S), (P, B, scale, layer) a layer. */
export function precisionTable(
  config: ModelConfig,
  synapses: Arena,
  perNeuron: boolean,
): { table: number[]; threads: number } {
  let threads = 0;
  const at = (name: string) => synapses.region(name).offset;
  const table = preciseLayers(config).flatMap(({ layer: l, size }) => {
    const first = threads;
    threads += perNeuron ? size : size * size;
    return [
      ...[first, size, at(`Sigma${l}`), at(`S${l}`)],
      ...[at(`P${l}`), at(`B${l}`), at(`scale${l}`), l],
    ];
  });
  return { table, threads };
}

/** Finds this thread's layer: `place` and `more` are its entries, `index` its number in the layer. */
const find = (entries: number, extent: string) => `
  var at = 0u;
  for (var i = 1u; i < ${entries / 2}u; i++) { if (thread >= entries[2u * i].x) { at = 2u * i; } }
  let place = entries[at];
  let more = entries[at + 1u];
  let index = thread - place.x;
  let n = place.y;
  if (index >= ${extent}) { return; }`;

/** S from Σ, a thread an entry. */
export const stabiliseKernel: PlainKernel = {
  label: 'stabilise',
  uses: SYNAPSES,
  code: (entries) => `${plainHead(entries)}
${declarations(SYNAPSES)}
${PLAIN_MAIN}
${find(entries, 'n * n')}
  let row = index / n;
  let col = index % n;
  var value = 0.5 * (synapses[place.z + index] + synapses[place.z + col * n + row]);
  if (row == col) { value = max(value, 1.0); }
  synapses[place.w + index] = value;
}`,
};

/** D^−½, a thread a column of S. */
export const scaleKernel: PlainKernel = {
  label: 'scale',
  uses: SYNAPSES,
  code: (entries) => `${plainHead(entries)}
${declarations(SYNAPSES)}
${PLAIN_MAIN}
${find(entries, 'n')}
  var squares = 0.0;
  for (var i = 0u; i < n; i++) {
    let value = synapses[place.w + i * n + index];
    squares += value * value;
  }
  synapses[more.z + index] = inverseSqrt(max(1.0, sqrt(squares)));
}`,
};

const KEEP_USES = { synapses: 'read_write', report: 'read' } as const;

/** Keeps Σ, and P where it follows; a thread an entry. */
export function keepKernel(report: Arena): PlainKernel {
  return {
    label: 'keep',
    uses: KEEP_USES,
    code: (entries) => `${plainHead(entries)}
${declarations(KEEP_USES)}
${PLAIN_MAIN}
${find(entries, 'n * n')}
  if (report[0] == 0u) { return; }
  let scale = synapses[more.z + index / n] * synapses[more.z + index % n];
  synapses[place.z + index] = synapses[place.w + index] * scale;
  // As bits, so that a residual that is no number counts as too large.
  if (report[${report.region('residuals').offset}u + more.w] <= bitcast<u32>(${RESIDUAL_LIMIT}f)) {
    synapses[more.x + index] = synapses[more.y + index];
  }
}`,
  };
}

/** o0 ← P·S. */
export const timesKernel: MatrixKernel = { ...foldKernel, label: 'newton: P·S' };

/** o0 ← 2·o1 − T·P, with P at o1. */
export const iterateKernel: MatrixKernel = {
  label: 'newton: 2P − T·P',
  uses: SYNAPSES,
  a: 'synapses',
  b: 'synapses',
  code: `${declarations(SYNAPSES)}
fn finish(job: Job, row: u32, col: u32, value: f32) {
  let at = row * job.cols + col;
  synapses[job.o0 + at] = 2.0 * synapses[job.o1 + at] - value;
}`,
};

const RESIDUAL_USES = { synapses: 'read', report: 'read_write' } as const;

/** The largest |I − B·S| of each layer o0, into `residuals` of the report (as bits, which order as the numbers do). */
export function residualKernel(report: Arena): MatrixKernel {
  return {
    label: 'newton: residual',
    uses: RESIDUAL_USES,
    a: 'synapses',
    b: 'synapses',
    code: `${declarations(RESIDUAL_USES, 'atomic<u32>')}
fn finish(job: Job, row: u32, col: u32, value: f32) {
  let gap = select(0.0, 1.0, row == col) - value;
  let bits = bitcast<u32>(gap) & 0x7fffffffu;
  atomicMax(&report[${report.region('residuals').offset}u + job.o0], bits);
}`,
  };
}

/** The five products, in order. */
export function newtonJobs(config: ModelConfig, synapses: Arena) {
  const jobs = (from: string, by: string, words: (l: number) => number[]): Job[] =>
    preciseLayers(config).map(({ layer: l, size }) => {
      const at = (family: string) => rowMajor(synapses.region(`${family}${l}`).offset, size);
      return {
        rows: size,
        cols: size,
        segments: [{ a: at(from), b: at(by), depth: size }],
        words: words(l),
      };
    });
  const at = (family: string, l: number) => synapses.region(`${family}${l}`).offset;
  return {
    first: jobs('P', 'S', (l) => [at('T', l)]),
    firstIterate: jobs('T', 'P', (l) => [at('A', l), at('P', l)]),
    second: jobs('A', 'S', (l) => [at('T', l)]),
    secondIterate: jobs('T', 'A', (l) => [at('B', l), at('A', l)]),
    residual: jobs('B', 'S', (l) => [l]),
  };
}
