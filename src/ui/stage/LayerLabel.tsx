import { useCallback, useMemo } from 'react';
import { createSignal } from '../../store/signal.ts';
import type { Signal } from '../../store/signal.ts';
import { activeShare } from '../../store/sparsity.ts';
import type { Box } from '../../viz/columns.ts';
import type { HierarchyRow } from '../../viz/hierarchy.ts';
import common from '../parts/common.module.css';
import labels from './RowLabel.module.css';
import { useApp, useShown } from '../parts/context.ts';
import { fixed } from '../parts/format.ts';
import { LiveText } from '../parts/painting.tsx';
import { Energy } from './Energy.tsx';
import { RowLabel } from './RowLabel.tsx';
import { layers as words } from './words.ts';

interface LayerLabelProps {
  row: HierarchyRow;
  /** The top layer has no error neurons. */
  top: boolean;
  story: boolean;
  terse: boolean;
  /** There is room for what changes only. */
  brief: boolean;
  signals: readonly Signal[];
}

/** What stands under a layer's belief: in Story what that picture is, else what the layer is, in numbers. */
export function LayerLabel({ row, top, story, terse, brief, signals }: LayerLabelProps) {
  const { layer, columns, label } = row;
  const competes = useShown(({ config, lesions }) => config?.lateral === 'groups' && !lesions.lateral); // prettier-ignore
  if (story) {
    const { x: left, y, width } = label;
    return (
      <div className={labels.story} style={{ left, top: y, width }}>
        {terse ? words.layer(layer) : words.believes(layer)}
      </div>
    );
  }
  const size = columns?.size ?? 0;
  const group = columns?.group ?? 1;
  return (
    <RowLabel box={label} name={words.layer(layer)}>
      {!brief && (
        <span>
          {competes && group < size ? words.columns(Math.ceil(size / group)) : words.alone(size)}
        </span>
      )}
      <Active layer={layer} signals={signals} />
      {!top && <Energy layer={layer} signals={signals} />}
    </RowLabel>
  );
}

interface LayerActiveProps {
  layer: number;
  /** What it stands under, and in how high a lane. */
  below: Box;
  height: number;
  terse: boolean;
  signals: readonly Signal[];
}

/** In Story the share of active neurons stands under the neurons, between the arrows. */
export function LayerActive({ layer, below, height, terse, signals }: LayerActiveProps) {
  const left = below.x + 46; // beside the arrow down
  return (
    <div
      className={terse ? common.visuallyHidden : labels.below}
      style={{ left, top: below.y + below.height, height }}
    >
      <Active layer={layer} signals={signals} />
    </div>
  );
}

/** How many of a layer's neurons are active: while training in the whole batch, else in the picture on show. */
function Active({ layer, signals }: { layer: number; signals: readonly Signal[] }) {
  const { episode, store } = useApp();
  const all = useStoreSignal(signals);
  const text = useCallback(() => {
    const { activity, training } = store.getState();
    if (activity === 'training') return fixed(training?.sparsity[layer - 1] ?? null, 2);
    const section = episode.info?.layout.states[layer - 1];
    const states = section && episode.read(section);
    return fixed(states ? activeShare(states) : null, 2);
  }, [episode, store, layer]);
  return (
    <span className={labels.active}>
      <LiveText read={text} signals={all} testId={`metric-sparsity-${layer}`} /> {words.active}
    </span>
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
