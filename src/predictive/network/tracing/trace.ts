import { NgcError } from '../../../shared/errors.ts';
import type { Network } from '../parameters.ts';
import { isClassifying } from '../settings.ts';
import type { TraceInput, Traced } from './input.ts';
import { limitTrace } from './limit.ts';
import { memoryTrace } from './memory.ts';
import { settlingTrace } from './settling.ts';
import { surpriseTrace } from './surprise.ts';

/**
 * Writes down what a network does with a batch, by what it is for. Throws a file error where the input lacks something, or holds
 * what does not go with it.
 */
export async function traceNetwork(network: Network, input: TraceInput): Promise<Traced> {
  const { system } = network.settings;
  if (!isClassifying(system) && input.tensors.has('y'))
    throw new NgcError(
      'file',
      `y goes with system "supervised"; a network with system "${system}" has no labels, so leave it out.`,
    );
  if (input.mask && system !== 'recall')
    throw new NgcError(
      'file',
      `mask goes with system "recall"; a network with system "${system}" sees whole images, so leave it out.`,
    );
  switch (system) {
    case 'supervised':
    case 'compress':
    case 'langevin':
      return settlingTrace(network, input);
    case 'recall':
      return memoryTrace(network, input);
    case 'limit':
      return limitTrace(network, input);
    case 'surprise':
      return surpriseTrace(network, input);
    default:
      return system satisfies never;
  }
}
