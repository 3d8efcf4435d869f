import type { SafetensorsFile } from '../../src/io/safetensors.ts';
import { bringToLife, readModel } from '../../src/models/files.ts';
import { opByOp } from '../../src/ngc/opByOp.ts';

/** What `trace` writes of a baseline's golden case, by name: the model's file, and its input. */
export async function tracedBaseline(
  { metadata, tensors: parameters }: SafetensorsFile,
  input: SafetensorsFile,
  steps?: number,
): Promise<Record<string, Float32Array>> {
  const config: unknown = JSON.parse(metadata['config']!);
  const read = readModel({ config, parameters, prior: null, optimizer: null, training: null });
  const { model, family } = await bringToLife(read, opByOp);
  const { tensors } = input;
  const [x, mask = null] = [tensors.get('x')!, tensors.get('mask')];
  const traced = await family.trace!(model, { ...input, x, mask, steps, how: undefined });
  model.dispose();
  return Object.fromEntries([...traced].map(([key, { data }]) => [key, data]));
}
