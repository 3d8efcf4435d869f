import type { Signal } from '../../store/signal.ts';
import type { Box } from '../../viz/columns.ts';
import type { HierarchyRow } from '../../viz/hierarchy.ts';
import { useAppState } from '../parts/context.ts';
import { BeliefTile } from './BeliefTile.tsx';
import { LayerActive, LayerLabel } from './LayerLabel.tsx';
import { NeuronTile } from './NeuronTile.tsx';
import tiles from './tile.module.css';
import { layers as words } from './words.ts';

interface LayerRowProps {
  row: HierarchyRow;
  /** The height of the room under the row. */
  lane: number;
  terse: boolean;
  top: boolean;
  signals: readonly Signal[];
}

/** One layer: what it believes, what is predicted for it, its state neurons, its error neurons. */
export function LayerRow({ row, lane, terse, top, signals }: LayerRowProps) {
  const story = useAppState((s) => s.setUp.density === 'story');
  const { layer, columns, belief, prediction, state, error } = row;
  if (columns === null || belief === null) return null;
  const common = { layer, columns, signals, captioned: !story };
  return (
    <>
      <BeliefTile layer={layer} box={belief} signals={signals} />
      <LayerLabel row={row} top={top} story={story} terse={terse} signals={signals} />
      {prediction !== null &&
        (top ? (
          <Absent box={prediction} text={terse ? words.topShort : words.top} />
        ) : (
          <NeuronTile {...common} kind="prediction" box={prediction} />
        ))}
      <NeuronTile {...common} kind="state" box={state} />
      {story && (
        <LayerActive layer={layer} below={state} height={lane} terse={terse} signals={signals} />
      )}
      {top ? (
        <Absent box={error} text={terse ? words.topErrorShort : words.topError} />
      ) : (
        <NeuronTile {...common} kind="error" box={error} />
      )}
    </>
  );
}

function Absent({ box, text }: { box: Box; text: string }) {
  const { x: left, y: top, width, height } = box;
  return (
    <div className={tiles.absent} style={{ left, top, width, height }}>
      {text}
    </div>
  );
}
