import type { Tensor2D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';

import { activeShare } from '../engine/likelihood.ts';
import { checkLesions } from '../ngc/lesions.ts';
import type { Settling } from '../ngc/settling.ts';
import type { Lesions } from '../protocol/condition.ts';
import type { BesideReport } from '../protocol/reports.ts';
import { NgcError } from '../shared/errors.ts';
import type { Drawing, Manner } from './inputEpisode.ts';
import { beginSettling } from './inputEpisode.ts';
import type { NetworkShelf } from './networks.ts';
import { yieldToMessages } from './pacing.ts';

const valuesOf = async (tensor: Tensor2D) => Float32Array.from(await tensor.data());

/** What is told of one step: the picture, φ(z_l) and the share of active neurons of each layer. */
export async function told(settling: Settling, masked: boolean) {
  const { z, mu, phiZ } = await settling.read();
  const layers = phiZ.slice(1);
  const shares = tf.tidy(() => tf.stack(layers.map(activeShare)));
  const active = Array.from(await shares.data());
  shares.dispose();
  return {
    picture: await valuesOf(masked ? z[0]! : mu[0]!),
    activity: await Promise.all(layers.map(valuesOf)),
    active,
  };
}

/** One after the other, in one array. */
export function joined(parts: readonly Float32Array[]): Float32Array {
  const length = parts[0]?.length ?? 0;
  const all = new Float32Array(parts.length * length);
  parts.forEach((part, i) => all.set(part, i * length));
  return all;
}

/**
 * Settles a drawing from its start to a step with other lesions, beside whatever else runs, and tells of every step.
 * Throws a usage error where the network has no such neurons, and a "cancelled" error where it changes meanwhile.
 */
export async function settleBeside(
  networks: NetworkShelf,
  drawing: Drawing,
  manner: Manner,
  { lesions, steps }: { readonly lesions: Lesions; readonly steps: number },
): Promise<BesideReport> {
  const network = networks.current;
  const { model, version } = network;
  const { config } = model;
  checkLesions(config.sizes, lesions);
  const check = () => {
    if (networks.active !== network || network.version !== version || model.config !== config)
      throw new NgcError('cancelled', 'The network changed meanwhile.');
  };
  const settling = await beginSettling(network, drawing, { ...manner, lesions });
  try {
    const masked = drawing.mask !== null;
    const each = [await told(settling, masked)];
    while (settling.steps < steps) {
      await yieldToMessages();
      check();
      await settling.advance();
      each.push(await told(settling, masked));
    }
    return {
      ...{ version, lesions, steps },
      pictures: joined(each.map(({ picture }) => picture)),
      active: each.map(({ active }) => active),
      activity: config.sizes.slice(1).map((_, i) => joined(each.map((one) => one.activity[i]!))),
    };
  } finally {
    settling.dispose();
  }
}
