import { useCallback } from 'react';
import type { Signal } from '../../store/signal.ts';
import { formatNumber } from '../../viz/scales.ts';
import labels from './RowLabel.module.css';
import { useApp } from '../parts/context.ts';
import { Formula } from '../parts/Formula.tsx';
import { LiveText } from '../parts/painting.tsx';
import { layers as words } from './words.ts';

/** ‖e_l‖²: how much error is left in a layer, at the step on show. */
export function Energy({ layer, signals }: { layer: number; signals: readonly Signal[] }) {
  const { episode } = useApp();
  const read = useCallback(() => {
    const section = episode.info?.layout.energy;
    const energies = section && episode.read(section);
    return energies ? formatNumber(energies[layer]) : '—';
  }, [episode, layer]);
  return (
    <span className={labels.energy}>
      <Formula>{words.energy(layer)}</Formula>{' '}
      <LiveText read={read} signals={signals} testId={`energy-${layer}`} />
    </span>
  );
}
