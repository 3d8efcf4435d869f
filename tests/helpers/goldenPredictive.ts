import type { FloatArray } from '../../src/shared/arrays.ts';
import type { SafetensorsFile } from '../../src/io/safetensors.ts';
import { release } from '../../src/predictive/network/memory.ts';
import { storedTheta } from '../../src/predictive/network/parameters.ts';
import { parseSettings } from '../../src/predictive/network/parse.ts';
import { traceNetwork } from '../../src/predictive/network/tracing/trace.ts';

/** What `trace` writes of a golden case of predictive-coding networks: of the model's file and its input. */
export async function tracedPredictive(
  model: SafetensorsFile,
  { tensors }: SafetensorsFile,
): Promise<Map<string, FloatArray>> {
  const settings = parseSettings(JSON.parse(model.metadata['config']!));
  const theta = storedTheta(settings, model.tensors);
  const [x, mask = null] = [tensors.get('x')!, tensors.get('mask')];
  const traced = await traceNetwork({ settings, theta }, { x, mask, tensors, steps: undefined });
  release(theta);
  return new Map(traced);
}
