import { DEVICE_NEEDS } from '../kernels/needs.ts';
import type { Host } from './host.ts';

/**
 * What asking for a WebGPU adapter found; `name` and `why` are for people.
 *
 * - real: a graphics processor
 * - software: a processor that stands in for one
 * - blocked: one that cannot run the kernels
 * - unsure: one that does not say what it is
 */
export type Probe =
  | UsableAdapter
  | { readonly kind: 'blocked'; readonly name: string; readonly why: string }
  | { readonly kind: 'none'; readonly why: string };

/** An adapter that can run the kernels. */
export interface UsableAdapter {
  readonly kind: 'real' | 'software' | 'unsure';
  readonly adapter: GPUAdapter;
  readonly name: string;
}

/** Rasterisers that compute on the main processor, by the names they give themselves. */
const SOFTWARE = /swiftshader|llvmpipe|lavapipe|softpipe|microsoft basic render|\bwarp\b/i;

/** What an adapter is, from what it says of itself and what it can do. */
export function judgeAdapter(adapter: GPUAdapter): Probe {
  const { vendor, architecture, device, description, isFallbackAdapter } = adapter.info;
  const words = [vendor, architecture, device, description].filter(Boolean).join(' ');
  const name = description || [vendor, architecture, device].filter(Boolean).join(' ');
  for (const [limit, least] of Object.entries(DEVICE_NEEDS)) {
    const has = adapter.limits[limit as keyof typeof DEVICE_NEEDS];
    if (has < least)
      return {
        kind: 'blocked',
        name: name || 'the adapter',
        why: `its ${limit} is ${has}, and the kernels need ${least}`,
      };
  }
  if (isFallbackAdapter || SOFTWARE.test(words))
    return { kind: 'software', adapter, name: name || 'a software adapter' };
  if (words === '') return { kind: 'unsure', adapter, name: 'an adapter without a name' };
  return { kind: 'real', adapter, name };
}

/** Asks for the most able adapter, and judges it. */
export async function probeAdapter(host: Host): Promise<Probe> {
  const gpu = await host.gpu();
  if (!gpu) return { kind: 'none', why: 'WebGPU is not available here' };
  try {
    const adapter = await gpu.requestAdapter({ powerPreference: 'high-performance' });
    return adapter ? judgeAdapter(adapter) : { kind: 'none', why: 'WebGPU found no adapter' };
  } catch (error) {
    return { kind: 'none', why: `asking for a WebGPU adapter failed (${String(error)})` };
  }
}
