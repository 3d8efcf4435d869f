import type { FloatArray } from '../../src/shared/arrays.ts';
import type { SafetensorsFile } from '../../src/io/safetensors.ts';
import { release } from '../../src/predictive/network/memory.ts';
import { storedTheta } from '../../src/predictive/network/parameters.ts';
import { parseSettings } from '../../src/predictive/network/parse.ts';
import { traceNetwork } from '../../src/predictive/network/tracing/trace.ts';

const settingsOf = ({ metadata }: SafetensorsFile) =>
  parseSettings(JSON.parse(metadata['config']!));

/** Whether what a golden case's network learns goes through Adam. */
export const usesAdam = (model: SafetensorsFile): boolean => settingsOf(model).optimizer === 'adam';

/** What `trace` writes of a golden case of predictive-coding networks: of the model's file and its input. */
export async function tracedPredictive(
  model: SafetensorsFile,
  { tensors }: SafetensorsFile,
): Promise<Map<string, FloatArray>> {
  const settings = settingsOf(model);
  const theta = storedTheta(settings, model.tensors);
  const [x, mask = null] = [tensors.get('x')!, tensors.get('mask')];
  const traced = await traceNetwork({ settings, theta }, { x, mask, tensors, steps: undefined });
  release(theta);
  return new Map(traced);
}
