import { useCallback, useMemo } from 'react';
import type { Lesions } from '../../protocol/condition.ts';
import type { Section } from '../../protocol/frame.ts';
import type { Signal } from '../../store/signal.ts';
import type { Surface } from '../../viz/canvas.ts';
import type { Box, ColumnLayout } from '../../viz/columns.ts';
import { neuronAt, neuronByKey } from '../../viz/columns.ts';
import { contestByColumn, paintHeatmap } from '../../viz/heatmap.ts';
import { paintCut, paintSilenced } from '../../viz/lesionMarks.ts';
import { formatNumber } from '../../viz/scales.ts';
import tiles from './tile.module.css';
import { classes } from '../parts/classes.ts';
import { useApp, useAppState, useShown } from '../parts/context.ts';
import { PaintedCanvas } from '../parts/painting.tsx';
import { useLook } from '../parts/theme.ts';
import { Caption } from './Caption.tsx';
import { Readout } from './Readout.tsx';
import { useScales } from './ScalesContext.ts';
import { phaseOf } from './usePhase.ts';
import { useLit, useTile } from './useTile.ts';
import { layers as words, marks as markWords } from './words.ts';

const POINTED = { prediction: 'predictions', state: 'states', error: 'errors' } as const;

interface NeuronTileProps {
  kind: 'prediction' | 'state' | 'error';
  layer: number;
  columns: ColumnLayout;
  box: Box;
  signals: readonly Signal[];
  /** Whether its scale stands under it. */
  captioned: boolean;
}

/** The state neurons of a layer, what is predicted for them, or their error neurons: one cell each. */
export function NeuronTile({ kind, layer, columns, box, signals, captioned }: NeuronTileProps) {
  const { episode } = useApp();
  const scales = useScales();
  const look = useLook();
  const grouped = useShown(({ config }) => config?.lateral === 'groups');
  const describe = useCallback(
    (index: number) => {
      const read = (section: Section | undefined) => {
        const values = section && episode.read(section);
        return values ? formatNumber(values[index]) : null;
      };
      const layout = episode.info?.layout;
      return words.neuron({
        ...{ layer, index },
        column: grouped ? Math.floor(index / columns.group) + 1 : null,
        activity: read(layout?.states[layer - 1]),
        prediction: read(layout?.predictions[layer]),
        error: read(layout?.errors[layer]),
      });
    },
    [episode, layer, columns, grouped],
  );
  const at = useCallback((x: number, y: number) => neuronAt(columns, x, y), [columns]);
  const byKey = useCallback(
    (from: number | null, key: string) => neuronByKey(columns, from, key),
    [columns],
  );
  const { hovered, pinned, said, handlers } = useTile(layer, { at, byKey, describe });
  const lit = useLit(POINTED[kind], layer);
  const lesions = useShown((shown) => shown.lesions);
  const competes = grouped && !lesions.lateral;
  // In Story the contests are framed while they are what is looked at.
  const framed = useAppState((s) => captioned || phaseOf(s) === 'compete') && competes;
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
  const isSigned = useCallback(() => scales.signed(kind, layer), [kind, scales, layer]);
  const limit = useCallback(() => scales.limit(kind, layer), [kind, scales, layer]);

  const paint = useCallback(
    (surface: Surface) => {
      const held = values();
      const signed = isSigned();
      const high = limit() || 1; // nothing active yet: any scale shows zeros as zeros
      const shown = held ?? new Float32Array(columns.size);
      paintHeatmap(surface, columns, shown, {
        map: signed
          ? look.palette.signed
          : look.palette[kind === 'prediction' ? 'imagined' : 'activity'],
        scale: { low: signed ? -high : 0, high },
        grid: look.palette.grid,
        ground: look.palette.ground,
        pinned,
        hovered,
        ink: look.colours.ink,
        side: look.colours.side,
        contest:
          kind === 'state' && framed && held !== null
            ? contestByColumn(shown, columns.group)
            : null,
      });
      const style = { ink: look.colours.warn, ground: look.colours.bg };
      paintSilenced(surface, columns, marks.units, style);
      if (marks.dimmed) paintCut(surface, style);
    },
    [values, isSigned, limit, columns, look, pinned, hovered, kind, framed, marks],
  );
  const high = useCallback(() => (values() === null ? '' : formatNumber(limit())), [values, limit]);
  const read = useCallback(() => {
    const index = hovered;
    return index === null ? '' : `${index}: ${formatNumber(values()?.[index])}`;
  }, [values, hovered]);
  const name = words[kind](layer);
  const position = useMemo(
    () => ({ left: box.x, top: box.y, width: box.width, height: box.height }),
    [box.x, box.y, box.width, box.height],
  );
  return (
    <div
      className={classes(tiles.tile, lit && tiles.lit)}
      data-kind={kind}
      data-lit={lit ? `${POINTED[kind]} ${layer}` : undefined}
      style={position}
    >
      <PaintedCanvas
        role="application"
        tabIndex={0}
        aria-label={`${name}. ${words.keys}`}
        data-testid={`layer-${layer}-${kind}`}
        paint={paint}
        signals={signals}
        {...handlers}
      />
      {captioned && (
        <Caption
          signed={isSigned}
          high={high}
          signals={signals}
          ramp={kind === 'prediction' ? 'imagined' : 'activity'}
        />
      )}
      <Readout read={read} shown={hovered !== null} said={said} signals={signals} />
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
