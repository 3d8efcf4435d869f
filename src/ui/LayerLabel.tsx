import { useCallback, useMemo, useRef } from 'react';
import { createSignal } from '../store/signal.ts';
import type { Signal } from '../store/signal.ts';
import { activeShare } from '../store/sparsity.ts';
import type { HierarchyRow } from '../viz/hierarchy.ts';
import { useApp, useShown } from './context.ts';
import { Energy } from './Energy.tsx';
import { fixed } from './format.ts';
import { labelClass } from './labelClass.ts';
import { LiveText, useTransient } from './painting.tsx';
import { strings } from './strings.ts';

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
  const structure =
    competes && groups > 1 && !lateral ? strings.layers.columns(groups) : strings.layers.noColumns;
  return (
    <div
      className={labelClass(compact, label.height)}
      style={{
        left: label.x,
        top: label.y,
        width: label.width,
        height: label.height,
        ['--layer' as string]: `var(--layer-${layer})`,
      }}
    >
      <b className="layer-name">
        z<sub>{layer}</sub>
      </b>
      <span className="size">{strings.layers.neurons(size)}</span>
      <span className="structure">{structure}</span>
      <span className="active">
        ρ<sub>{layer}</sub>{' '}
        <LiveText read={text} signals={all} testId={`metric-sparsity-${layer}`} />{' '}
        {strings.layers.active}
      </span>
      <span className="share">
        <span ref={bar} />
      </span>
      {!top && <Energy layer={layer} signals={signals} />}
    </div>
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
