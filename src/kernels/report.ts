import { diverged } from '../ngc/summary.ts';
import { RESIDUAL_LIMIT } from '../ngc/constants.ts';
import { preciseLayers } from '../ngc/parameters.ts';
import type { Update } from '../ngc/settling.ts';
import type { FusedNetwork } from './network.ts';

/**
 * Waits for what an update told (the report arena, then φ(z_L) of every image) and puts it into the engine's terms. Where the
 * batch was not finite the device changed nothing: takes the update back and throws the "diverged" error. Where a
 * precision did not follow its covariance, inverts it exactly; a batch already under way has settled with the last one.
 */
export async function readUpdate(
  network: FusedNetwork,
  told: GPUBuffer,
  rows: number,
): Promise<Update> {
  const { model, report } = network;
  const { firsts, groups } = network.norms;
  await told.mapAsync(GPUMapMode.READ);
  const words = new Uint32Array(told.getMappedRange().slice(0));
  const numbers = new Float32Array(words.buffer);
  if (words[0] === 0) {
    model.updates--;
    model.imagesSeen -= rows;
    throw diverged(model);
  }
  const { sizes } = model.config;
  const columns = report.region('columns').offset;
  let neuron = 0;
  const layers = sizes.map((size) => {
    const at = columns + 3 * neuron;
    neuron += size;
    const mean = (k: number) =>
      Float32Array.from({ length: size }, (_, i) => numbers[at + 3 * i + k]! / rows);
    return { first: mean(0), activity: mean(1) };
  });
  const sum = (values: Float32Array) => values.reduce((total, value) => total + value, 0);
  const changes = report.region('changes');
  const warnings: string[] = [];
  for (const { layer: l } of model.config.precision === 'inverse'
    ? preciseLayers(model.config)
    : []) {
    if (numbers[report.region('residuals').offset + l]! <= RESIDUAL_LIMIT) continue;
    const warning = await network.invertExactly(l);
    if (warning) warnings.push(warning);
  }
  return {
    bce: -sum(layers[0]!.first),
    sparsity: layers.slice(1).map(({ first }) => sum(first) / first.length),
    meanActivity: layers.slice(1).map(({ activity }) => activity),
    topActivity: numbers.slice(report.size),
    weightChanges: firsts.map((first, i) => {
      const [from, to] = [first, firsts[i + 1] ?? groups].map((group) => changes.offset + group);
      return Math.sqrt(sum(numbers.subarray(from, to)));
    }),
    warnings,
  };
}
