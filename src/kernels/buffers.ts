import { STEERING } from '../ngc/steering.ts';

/** The buffers kernels know by name, and where each is bound. */
const BINDINGS = {
  settings: 1,
  activity: 2,
  synapses: 3,
  moments: 4,
  report: 5,
} as const;

export type BufferName = keyof typeof BINDINGS;

/** How a kernel uses a buffer. */
export type Access = 'uniform' | 'read' | 'read_write';

/** What a kernel binds beside its table of jobs. */
export type Uses = Partial<Record<BufferName, Access>>;

/** Settings of a model that kernels read, as 32-bit floats in this order. */
export const SETTING_NAMES = [
  ...STEERING,
  'rows',
  'rate',
  'errorRate',
  'precisionRate',
  'firstMoment',
  'secondMoment',
  'unused',
] as const;

export type KernelSettings = Record<Exclude<(typeof SETTING_NAMES)[number], 'unused'>, number>;

/** The WGSL declarations of what a kernel uses. `reportType`: atomic where workgroups meet in it. */
export function declarations(uses: Uses, reportType: 'u32' | 'atomic<u32>' = 'u32'): string {
  const lines = (Object.keys(uses) as BufferName[]).map((name) => {
    const at = `@group(0) @binding(${BINDINGS[name]})`;
    if (name === 'settings') return `${at} var<uniform> settings: Settings;`;
    const element = name === 'report' ? reportType : 'f32';
    return `${at} var<storage, ${uses[name]!}> ${name}: array<${element}>;`;
  });
  const struct = `struct Settings { ${SETTING_NAMES.map((name) => `${name}: f32`).join(', ')} }`;
  return [...('settings' in uses ? [struct] : []), ...lines].join('\n');
}

/** The layout of a kernel's bind group: its table at 0, then what it uses. */
export function layoutEntries(uses: Uses): GPUBindGroupLayoutEntry[] {
  const types = { uniform: 'uniform', read: 'read-only-storage', read_write: 'storage' } as const;
  const entry = (binding: number, access: Access): GPUBindGroupLayoutEntry => ({
    binding,
    visibility: GPUShaderStage.COMPUTE,
    buffer: { type: types[access] },
  });
  return [
    entry(0, 'uniform'),
    ...(Object.keys(uses) as BufferName[]).map((name) => entry(BINDINGS[name], uses[name]!)),
  ];
}

/** The entries of a bind group that fits `layoutEntries`. */
export function groupEntries(
  uses: Uses,
  table: GPUBuffer,
  buffers: Partial<Record<BufferName, GPUBuffer>>,
): GPUBindGroupEntry[] {
  return [
    { binding: 0, resource: { buffer: table } },
    ...(Object.keys(uses) as BufferName[]).map((name) => ({
      binding: BINDINGS[name],
      resource: { buffer: buffers[name]! },
    })),
  ];
}
