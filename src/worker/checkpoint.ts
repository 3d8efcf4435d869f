import type { Position } from '../data/batches.ts';
import { saveModel } from '../models/files.ts';
import type { Network } from './network.ts';
import { priorTensors } from './priors.ts';

/**
 * A network as the bytes of a model file that can be trained on, here or on the command line: synapses, the optimizer's moments, its
 * prior where it has one, and its place in the data.
 * @param position where the next batch begins; null: at the first image
 * @param card what else the file is to say
 */
export function checkpointOf(
  network: Network,
  position: Position | null,
  card: Readonly<Record<string, string>> = {},
): Promise<Uint8Array> {
  const { model, seed, image } = network;
  const { imagesSeen, updates } = model;
  const { epoch, offset } = position ?? { epoch: 0, offset: 0 };
  return saveModel(image, {
    prior: priorTensors(network),
    checkpoint: true,
    training: { step: updates, epoch, offset, imagesSeen, seed, rng: null },
    card,
  });
}
