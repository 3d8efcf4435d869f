import type { Uses } from './buffers.ts';
import type { ProductKernel } from './product.ts';

/** A kernel of the product core (product.ts). */
export interface MatrixKernel extends ProductKernel {
  readonly label: string;
  readonly uses: Uses;
}

/**
 * A kernel with a thread for every entry or vector it works on. Its table is an array of vec4<u32>, `entries`; its code
 * must hold the `main` of the compute stage.
 */
export interface PlainKernel {
  readonly label: string;
  readonly uses: Uses;
  /** The WGSL for a table of so many vec4. */
  code(entries: number): string;
}

/** Threads of a plain kernel's workgroup, in one dimension. */
export const THREADS = 64;

/** What plain kernels begin with: their table, and the number of this thread over the whole dispatch. */
export function plainHead(entries: number): string {
  return `
@group(0) @binding(0) var<uniform> entries: array<vec4<u32>, ${entries}>;
fn threadNumber(group: vec3<u32>, groups: vec3<u32>, local: u32) -> u32 {
  return (group.x + group.y * groups.x) * ${THREADS}u + local;
}`;
}

/** The opening of a plain kernel's `main`; `thread` is the number of this thread. */
export const PLAIN_MAIN = `
@compute @workgroup_size(${THREADS})
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let thread = threadNumber(group, groups, local);`;
