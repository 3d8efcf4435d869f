import type { Tile } from './tiles.ts';

/*
 * The core that every matrix-product kernel shares. One dispatch serves several products ("jobs"), one workgroup a tile of
 * one of them:
 *
 *   C[r, c] = Σ_s sign_s · Σ_k A_s[r, k]·B_s[k, c]          r < rows, c < columns, s < segments
 *
 * and hands every entry of C to the kernel's own `finish`. A segment reads its matrices by offset and stride, so that
 * transposed ones need no copy. Jobs come as a uniform table (jobs.ts); shapes that change with the batch are data there,
 * not code.
 */

/** How many vec4<u32> a job takes in its table. */
export const JOB_WORDS = 9;

/** What a kernel adds to the core. */
export interface ProductKernel {
  /** The buffers that A and B are read from. */
  readonly a: string;
  readonly b: string;
  /** Bindings, functions; must define `fn finish(job: Job, row: u32, col: u32, value: f32)`. */
  readonly code: string;
  /**
   * `fn gate(job: Job, row: u32, col: u32) -> f32` is defined, and multiplies what the first segment gave (φ′ of type-1
   * models).
   */
  readonly gated?: boolean;
}

const range = (n: number) => Array.from({ length: n }, (_, i) => i);

/** The WGSL of a product kernel for `jobs` jobs in one table. */
export function productShader(kernel: ProductKernel, tile: Tile, jobs: number): string {
  const { rows, cols, perRow } = tile;
  const threadsAcross = cols / 4;
  const threads = threadsAcross * (rows / perRow);
  return `
struct Job { index: u32, rows: u32, cols: u32, o0: u32, o1: u32, o2: u32, o3: u32, o4: u32, o5: u32, flags: u32 }
@group(0) @binding(0) var<uniform> jobs: array<vec4<u32>, ${jobs * JOB_WORDS}>;
${kernel.code}
${tile.shared ? `var<workgroup> tileA: array<f32, ${tile.depth * rows}>;\nvar<workgroup> tileB: array<vec4<f32>, ${tile.depth * threadsAcross}>;` : ''}

@compute @workgroup_size(${threads})
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) thread: u32,
) {
  let tile = group.x + group.y * groups.x;
  var index = 0u;
  for (var i = 1u; i < ${jobs}u; i++) { if (tile >= jobs[i * ${JOB_WORDS}u].x) { index = i; } }
  let at = index * ${JOB_WORDS}u;
  let head = jobs[at];
  let more = jobs[at + 1u];
  let rest = jobs[at + 2u];
  let place = tile - head.x;
  let row0 = (place / head.y) * ${rows}u;
  let col0 = (place % head.y) * ${cols}u;
  let job = Job(index, head.z, head.w, more.y, more.z, more.w, rest.x, rest.y, rest.z, rest.w);
  if (row0 >= job.rows) { return; }
  let row = row0 + (thread / ${threadsAcross}u) * ${perRow}u;
  let col = col0 + (thread % ${threadsAcross}u) * 4u;
${range(perRow)
  .map((i) => `  var acc${i} = vec4<f32>(0.0);`)
  .join('\n')}
  for (var s = 0u; s < more.x; s++) {
    let left = jobs[at + 3u + 2u * s];
    let right = jobs[at + 4u + 2u * s];
    let depth = left.w;
    let sign = bitcast<f32>(right.w);
${tile.shared ? sharedLoop(kernel, tile, threads) : directLoop(kernel, tile)}
${kernel.gated ? gate(perRow) : ''}
  }
${range(perRow)
  .map(
    (i) => `  if (row + ${i}u < job.rows) {
${range(4)
  .map(
    (c) =>
      `    if (col + ${c}u < job.cols) { finish(job, row + ${i}u, col + ${c}u, acc${i}[${c}]); }`,
  )
  .join('\n')}
  }`,
  )
  .join('\n')}
}
`;
}

/** Without a branch for every entry, which software adapters take minutes to compile: what is outside is not used. */
function gate(perRow: number): string {
  const at = (i: number, c: number) =>
    `gate(job, min(row + ${i}u, job.rows - 1u), min(col + ${c}u, job.cols - 1u))`;
  return `    if (s == 0u) {
${range(perRow)
  .map((i) => `      acc${i} *= vec4<f32>(${[0, 1, 2, 3].map((c) => at(i, c)).join(', ')});`)
  .join('\n')}
    }`;
}

/** A tile of A and one of B at a time through workgroup memory; whichever way a matrix lies, neighbours load neighbours. */
function sharedLoop({ a, b }: ProductKernel, tile: Tile, threads: number): string {
  const { rows, cols, depth, perRow } = tile;
  const quads = cols / 4;
  return `    for (var k0 = 0u; k0 < depth; k0 += ${depth}u) {
      for (var t = thread; t < ${rows * depth}u; t += ${threads}u) {
        var r = t % ${rows}u;
        var k = t / ${rows}u;
        if (left.z == 1u) { k = t % ${depth}u; r = t / ${depth}u; }
        var value = 0.0;
        if (row0 + r < job.rows && k0 + k < depth) {
          value = sign * ${a}[left.x + (row0 + r) * left.y + (k0 + k) * left.z];
        }
        tileA[k * ${rows}u + r] = value;
      }
      for (var t = thread; t < ${quads * depth}u; t += ${threads}u) {
        var q = t % ${quads}u;
        var k = t / ${quads}u;
        if (right.y == 1u) { k = t % ${depth}u; q = t / ${depth}u; }
        var value = vec4<f32>(0.0);
        if (k0 + k < depth) {
          let first = col0 + q * 4u;
          let base = right.x + (k0 + k) * right.y + first * right.z;
          if (first < job.cols) { value.x = ${b}[base]; }
          if (first + 1u < job.cols) { value.y = ${b}[base + right.z]; }
          if (first + 2u < job.cols) { value.z = ${b}[base + 2u * right.z]; }
          if (first + 3u < job.cols) { value.w = ${b}[base + 3u * right.z]; }
        }
        tileB[k * ${quads}u + q] = value;
      }
      workgroupBarrier();
      let readA = row - row0;
      let readB = (col - col0) / 4u;
      for (var k = 0u; k < ${depth}u; k++) {
        let quad = tileB[k * ${quads}u + readB];
${range(perRow)
  .map((i) => `        acc${i} += tileA[k * ${rows}u + readA + ${i}u] * quad;`)
  .join('\n')}
      }
      workgroupBarrier();
    }`;
}

/** Straight from the buffers: what software adapters, for which workgroup memory and barriers are dear, do best. */
function directLoop({ a, b }: ProductKernel, { perRow }: Tile): string {
  return `    let lastRow = job.rows - 1u;
    let lastCol = job.cols - 1u;
${range(perRow)
  .map((i) => `    var a${i} = left.x + min(row + ${i}u, lastRow) * left.y;`)
  .join('\n')}
${range(4)
  .map((c) => `    var b${c} = right.x + min(col + ${c}u, lastCol) * right.z;`)
  .join('\n')}
    for (var k = 0u; k < depth; k++) {
      let quad = sign * vec4<f32>(${b}[b0], ${b}[b1], ${b}[b2], ${b}[b3]);
${range(perRow)
  .map((i) => `      acc${i} += ${a}[a${i}] * quad;\n      a${i} += left.z;`)
  .join('\n')}
${range(4)
  .map((c) => `      b${c} += right.y;`)
  .join('\n')}
    }`;
}
