import { useCallback, useMemo } from 'react';
import type { Lesions } from '../../protocol/condition.ts';
import type { Signal } from '../../store/signal.ts';
import type { Surface } from '../../viz/canvas.ts';
import type { Box, ColumnLayout } from '../../viz/columns.ts';
import { neuronAt } from '../../viz/columns.ts';
import type { FrameScales } from '../../viz/frameScales.ts';
import { contestByColumn, paintHeatmap } from '../../viz/heatmap.ts';
import type { HierarchyRow } from '../../viz/hierarchy.ts';
import { paintCut, paintSilenced } from '../../viz/lesionMarks.ts';
import { formatNumber } from '../../viz/scales.ts';
import scale from '../parts/scale.module.css';
import tiles from './tile.module.css';
import { classes } from '../parts/classes.ts';
import { useApp, useShown } from '../parts/context.ts';
import { LiveText, PaintedCanvas } from '../parts/painting.tsx';
import { useLook } from '../parts/theme.ts';
import { Caption } from './Caption.tsx';
import { LayerLabel } from './LayerLabel.tsx';
import { useTile } from './useTile.ts';
import { layers, marks as markWords } from './words.ts';

interface LayerRowProps {
  row: HierarchyRow;
  top: boolean;
  compact: boolean;
  scales: FrameScales;
  signals: readonly Signal[];
}

/** One layer: what is predicted for it, its state neurons, its error neurons. */
export function LayerRow({ row, top, compact, scales, signals }: LayerRowProps) {
  const { layer, columns } = row;
  if (columns === null) return null;
  const common = { layer, columns, scales, signals };
  return (
    <>
      <LayerLabel row={row} top={top} compact={compact} signals={signals} />
      {top ? (
        <Absent box={row.prediction} text={layers.top} />
      ) : (
        <NeuronTile {...common} kind="prediction" box={row.prediction} />
      )}
      <NeuronTile {...common} kind="state" box={row.state} />
      {top ? (
        <Absent box={row.error} text={layers.topError} bare />
      ) : (
        <NeuronTile {...common} kind="error" box={row.error} />
      )}
    </>
  );
}

function Absent({ box, text, bare = false }: { box: Box; text: string; bare?: boolean }) {
  const { x: left, y: top, width, height } = box;
  return (
    <div className={classes(tiles.absent, bare && tiles.bare)} style={{ left, top, width, height }}>
      {text}
    </div>
  );
}

interface NeuronTileProps {
  kind: 'prediction' | 'state' | 'error';
  layer: number;
  columns: ColumnLayout;
  box: Box;
  scales: FrameScales;
  signals: readonly Signal[];
}

function NeuronTile({ kind, layer, columns, box, scales, signals }: NeuronTileProps) {
  const { episode } = useApp();
  const look = useLook();
  const indexAt = useCallback((x: number, y: number) => neuronAt(columns, x, y), [columns]);
  const { hovered, pinned, handlers } = useTile(layer, indexAt);
  const lesions = useShown((shown) => shown.lesions);
  const grouped = useShown(({ config }) => config?.lateral === 'groups');
  const competes = grouped && !lesions.lateral;
  const marks = useMemo(() => marksOf(lesions, layer, kind), [lesions, layer, kind]);

  const values = useCallback((): Float32Array | null => {
    const layout = episode.info?.layout;
    if (layout === undefined) return null;
    const section = {
      prediction: layout.predictions[layer],
      state: layout.states[layer - 1],
      error: layout.errors[layer],
    }[kind];
    const found = section && episode.read(section);
    return found?.length === columns.size ? found : null;
  }, [episode, layer, kind, columns]);
  const isSigned = useCallback(
    () => kind === 'error' || scales.signed(layer),
    [kind, scales, layer],
  );
  const limit = useCallback(
    () => (kind === 'error' ? scales.error(layer) : scales.activity(layer)),
    [kind, scales, layer],
  );

  const paint = useCallback(
    (surface: Surface) => {
      const held = values();
      const signed = isSigned();
      const high = limit() || 1; // nothing active yet: any scale shows zeros as zeros
      const shown = held ?? new Float32Array(columns.size);
      paintHeatmap(surface, columns, shown, {
        map: signed ? look.palette.signed : look.palette.activity,
        scale: { low: signed ? -high : 0, high },
        grid: look.palette.grid,
        ground: look.palette.ground,
        pinned,
        hovered,
        ink: look.colours.ink,
        side: look.colours.side,
        contest:
          kind === 'state' && competes && held !== null
            ? contestByColumn(shown, columns.group)
            : null,
      });
      const style = { ink: look.colours.warn, ground: look.colours.bg };
      paintSilenced(surface, columns, marks.units, style);
      if (marks.dimmed) paintCut(surface, style);
    },
    [values, isSigned, limit, columns, look, pinned, hovered, kind, competes, marks],
  );
  const high = useCallback(() => (values() === null ? '' : formatNumber(limit())), [values, limit]);
  const read = useCallback(() => {
    const index = hovered;
    return index === null ? '' : `${index}: ${formatNumber(values()?.[index])}`;
  }, [values, hovered]);
  const name = layers[kind](layer);
  const position = useMemo(
    () => ({ left: box.x, top: box.y, width: box.width, height: box.height }),
    [box.x, box.y, box.width, box.height],
  );
  return (
    <div className={tiles.tile} data-kind={kind} style={position}>
      <PaintedCanvas
        role="img"
        aria-label={name}
        data-testid={`layer-${layer}-${kind}`}
        paint={paint}
        signals={signals}
        {...handlers}
      />
      <Caption signed={isSigned} high={high} signals={signals}>
        {hovered !== null && <LiveText className={scale.hovered} read={read} signals={signals} />}
      </Caption>
      {marks.text !== null && <span className={tiles.mark}>{marks.text}</span>}
    </div>
  );
}

/** How a tile shows what is cut: silent neurons crossed out, or all of it dimmed under a word. */
function marksOf(lesions: Lesions, layer: number, kind: NeuronTileProps['kind']) {
  const units =
    kind === 'state' ? lesions.units.filter((u) => u.layer === layer).map((u) => u.index) : [];
  if (kind === 'state' && lesions.layers.includes(layer))
    return { units, dimmed: true, text: markWords.silenced };
  if (kind === 'prediction' && lesions.topDown)
    return { units, dimmed: true, text: markWords.topDown };
  const flat = kind === 'error' && lesions.precision;
  return { units, dimmed: false, text: flat ? markWords.precision : null };
}
