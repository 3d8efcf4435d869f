import type { Host } from './backends.ts';

/** What asking for a WebGPU adapter found; `name` and `why` are for people. */
export type Probe =
  | { readonly kind: 'real' | 'software'; readonly adapter: GPUAdapter; readonly name: string }
  | { readonly kind: 'none'; readonly why: string };

/** Asks for the most able adapter, and tells a graphics processor from software that stands in for one. */
export async function probeAdapter(host: Host): Promise<Probe> {
  const gpu = await host.gpu();
  if (!gpu) return { kind: 'none', why: 'WebGPU is not available here' };
  let adapter: GPUAdapter | null;
  try {
    adapter = await gpu.requestAdapter({ powerPreference: 'high-performance' });
  } catch (error) {
    return { kind: 'none', why: `asking for a WebGPU adapter failed (${String(error)})` };
  }
  if (!adapter) return { kind: 'none', why: 'WebGPU found no adapter' };
  const { vendor, architecture, device, description, isFallbackAdapter } = adapter.info;
  const software =
    isFallbackAdapter === true || architecture === 'swiftshader' || /llvmpipe/i.test(description);
  const name =
    description || [vendor, architecture, device].filter(Boolean).join(' ') || 'unnamed adapter';
  return { kind: software ? 'software' : 'real', adapter, name };
}
