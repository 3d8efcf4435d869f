import { activeShare } from '../engine/likelihood.ts';
import type { Lesions } from '../protocol/condition.ts';
import type { CompletionRule } from '../protocol/episode.ts';
import type { WithoutLateralReport } from '../protocol/reports.ts';
import { NgcError } from '../shared/errors.ts';
import type { Drawing } from './inputEpisode.ts';
import { withInput } from './inputEpisode.ts';
import type { NetworkShelf } from './networks.ts';
import { yieldToMessages } from './pacing.ts';

/**
 * Settles a drawing to step T without lateral synapses, beside whatever else runs, and tells who is active then.
 * Throws a "cancelled" error where the network changes meanwhile.
 */
export async function settleWithoutLateral(
  networks: NetworkShelf,
  drawing: Drawing,
  { lesions, how }: { readonly lesions: Lesions; readonly how: CompletionRule },
): Promise<WithoutLateralReport> {
  const network = networks.current;
  const { model, executor, version } = network;
  const { steps } = model.config;
  const check = () => {
    if (networks.active !== network || network.version !== version)
      throw new NgcError('cancelled', 'The network changed meanwhile.');
  };
  const settling = await withInput(drawing, (x, mask) =>
    executor.begin(model, x, {
      ...{ mask, how, lesions: { ...lesions, lateral: true } },
      onlyLooks: true,
    }),
  );
  try {
    while (settling.steps < steps) {
      await yieldToMessages();
      check();
      await settling.advance();
    }
    const { phiZ } = await settling.read();
    const activity = await Promise.all(
      phiZ.slice(1).map(async (phi) => Float32Array.from(await phi.data())),
    );
    const sparsity: number[] = [];
    for (const phi of phiZ.slice(1)) {
      const share = activeShare(phi);
      sparsity.push((await share.data())[0] ?? NaN);
      share.dispose();
    }
    return { version, steps, sparsity, activity };
  } finally {
    settling.dispose();
  }
}
