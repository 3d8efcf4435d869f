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
  /** The label stands above the tiles, in as many lines as the belief beside it. */
  above: boolean;
  top: boolean;
  signals: readonly Signal[];
}

/** One layer: what it believes, what is predicted for it, its state neurons, its error neurons. */
export function LayerRow({ row, lane, terse, above, top, signals }: LayerRowProps) {
  const story = useAppState((s) => s.setUp.density === 'story');
  const { layer, columns, belief, prediction, state, error } = row;
  if (columns === null || belief === null) return null;
  const common = { layer, columns, signals, captioned: !story };
  return (
    <>
      <BeliefTile layer={layer} box={belief} signals={signals} />
      <LayerLabel row={row} top={top} story={story} terse={terse} brief={above} signals={signals} />
      {prediction !== null &&
        (top ? (
          <Absent box={prediction} short={words.topShort} long={words.top} terse={terse} />
        ) : (
          <NeuronTile {...common} kind="prediction" box={prediction} />
        ))}
      <NeuronTile {...common} kind="state" box={state} />
      {story && (
        <LayerActive layer={layer} below={state} height={lane} terse={terse} signals={signals} />
      )}
      {top ? (
        <Absent box={error} short={words.topErrorShort} long={words.topError} terse={terse} />
      ) : (
        <NeuronTile {...common} kind="error" box={error} />
      )}
    </>
  );
}

interface AbsentProps {
  box: Box;
  short: string;
  long: string;
  terse: boolean;
}

/** In a tile of this size (px) all that is to be said of it has room. */
const ROOMY = 140;
/** In one of this size at least a few words have. */
const LITTLE = 84;

/** Where others have a tile: why there is none. */
function Absent({ box: { x: left, y: top, width, height }, short, long, terse }: AbsentProps) {
  const least = Math.min(width, 2 * height);
  const text = terse || least < ROOMY ? short : long;
  return (
    <div
      className={least < LITTLE ? tiles.absentSmall : tiles.absent}
      style={{ left, top, width, height }}
    >
      {text}
    </div>
  );
}
