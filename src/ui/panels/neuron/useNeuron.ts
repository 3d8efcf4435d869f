import { useMemo } from 'react';
import type { NeuronReport } from '../../../protocol/reports.ts';
import type { Pin } from '../../../store/state.ts';
import { useApp, useAppState } from '../../parts/context.ts';
import { useLooking } from '../../parts/useLooking.ts';

/** How often a panel looks whether what it knows of a neuron is stale (ms). */
const INTERVAL = 800;
/** Whoever walks past neurons quickly asks only for the one he stops at (ms). */
const PAUSE = 50;

/** What connects a pinned neuron, kept up to date while it is on show; null until it is there, and for pixels. */
export function useNeuron({ layer, index }: Pin): NeuronReport | null {
  const { actions } = useApp();
  const ready = useAppState((s) => s.model !== null && index < (s.model.config.sizes[layer] ?? 0));
  const look = useMemo(
    () => (layer < 1 || !ready ? null : () => actions.refreshNeuron({ layer, index })),
    [actions, layer, index, ready],
  );
  useLooking(look, INTERVAL, PAUSE);
  return useAppState(({ neuron }) =>
    neuron !== null && neuron.layer === layer && neuron.index === index ? neuron : null,
  );
}
