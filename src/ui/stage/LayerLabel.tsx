import { useCallback, useMemo, useRef } from 'react';
import { createSignal } from '../../store/signal.ts';
import type { Signal } from '../../store/signal.ts';
import { activeShare } from '../../store/sparsity.ts';
import type { HierarchyRow } from '../../viz/hierarchy.ts';
import labels from './RowLabel.module.css';
import { useApp, useShown } from '../parts/context.ts';
import { fixed } from '../parts/format.ts';
import { LiveText, useTransient } from '../parts/painting.tsx';
import { Energy } from './Energy.tsx';
import { RowLabel } from './RowLabel.tsx';
import { layers as words } from './words.ts';

interface LayerLabelProps {
  row: HierarchyRow;
  /** The top layer has no error neurons. */
  top: boolean;
  compact: boolean;
  signals: readonly Signal[];
}

/** What a layer is, and how many of its neurons are active. */
export function LayerLabel({ row, top, compact, signals }: LayerLabelProps) {
  const { episode, store } = useApp();
  const { layer, columns, label } = row;
  const competes = useShown(({ config }) => config?.lateral === 'groups');
  const all = useStoreSignal(signals);
  const share = useCallback((): number | null => {
    // While training, the measure of the whole batch; else that of the picture on show.
    const { activity, training } = store.getState();
    if (activity === 'training') return training?.sparsity[layer - 1] ?? null;
    const section = episode.info?.layout.states[layer - 1];
    const states = section && episode.read(section);
    return states ? activeShare(states) : null;
  }, [episode, store, layer]);
  const text = useCallback(() => fixed(share(), 2), [share]);
  const bar = useRef<HTMLSpanElement>(null);
  const show = useCallback(() => {
    const known = share();
    const length = known === null || Number.isNaN(known) ? 0 : known;
    if (bar.current !== null) bar.current.style.transform = `scaleX(${length})`;
  }, [share]);
  useTransient(show, all);

  const size = columns?.size ?? 0;
  const groups = columns === null ? 0 : Math.ceil(size / columns.group);
  const lateral = useShown((shown) => shown.lesions.lateral);
  const structure = competes && groups > 1 && !lateral ? words.columns(groups) : words.noColumns;
  return (
    <RowLabel
      box={label}
      compact={compact}
      name={
        <>
          z<sub>{layer}</sub>
        </>
      }
    >
      <span className={labels.size}>{words.neurons(size)}</span>
      <span className={labels.structure}>{structure}</span>
      <span className={labels.active}>
        ρ<sub>{layer}</sub>{' '}
        <LiveText read={text} signals={all} testId={`metric-sparsity-${layer}`} /> {words.active}
      </span>
      <span className={labels.share}>
        <span ref={bar} />
      </span>
      {!top && <Energy layer={layer} signals={signals} />}
    </RowLabel>
  );
}

/** The given signals, and one for the state of the run: the batch's numbers come with it. */
function useStoreSignal(signals: readonly Signal[]): readonly Signal[] {
  const { store } = useApp();
  return useMemo(() => {
    const run = createSignal();
    return [
      ...signals,
      {
        emit: run.emit,
        subscribe: (listener: () => void) =>
          store.subscribe((now, before) => {
            if (now.training !== before.training || now.activity !== before.activity) listener();
          }),
      },
    ];
  }, [signals, store]);
}
