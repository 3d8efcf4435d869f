import { useCallback } from 'react';
import type { Signal } from '../../store/signal.ts';
import { sideOf } from '../../viz/atlas.ts';
import type { Surface } from '../../viz/canvas.ts';
import type { Box } from '../../viz/columns.ts';
import type { FrameScales } from '../../viz/frameScales.ts';
import type { HierarchyRow } from '../../viz/hierarchy.ts';
import { outlinePixel, paintBoundary, paintPicture, pixelAt } from '../../viz/picture.ts';
import { formatNumber } from '../../viz/scales.ts';
import scale from '../parts/scale.module.css';
import labels from './RowLabel.module.css';
import tiles from './tile.module.css';
import { classes } from '../parts/classes.ts';
import { useApp, useAppState, useShown } from '../parts/context.ts';
import { LiveText, PaintedCanvas } from '../parts/painting.tsx';
import { useLook } from '../parts/theme.ts';
import { Caption } from './Caption.tsx';
import { Energy } from './Energy.tsx';
import { RowLabel } from './RowLabel.tsx';
import { useTile } from './useTile.ts';
import { layers as words } from './words.ts';

interface PixelRowProps {
  row: HierarchyRow;
  compact: boolean;
  scales: FrameScales;
  signals: readonly Signal[];
}

/** The bottom row: what is predicted of the picture, the picture, and the signed difference. */
export function PixelRow({ row, compact, scales, signals }: PixelRowProps) {
  const { label } = row;
  const mask = useShown(({ picture }) => picture?.mask ?? null);
  const pixels = useAppState((s) => s.model?.config.sizes[0] ?? 784);
  const training = useAppState((s) => s.setUp.mode === 'train');
  const percent =
    mask === null ? 0 : Math.round((100 * mask.filter((m) => m === 0).length) / mask.length);
  const common = { scales, signals };
  return (
    <>
      <RowLabel box={label} compact={compact} name="x">
        <span className={labels.size}>{words.pixels(pixels)}</span>
        {!training && <span>{percent === 0 ? words.nothingHidden : words.hidden(percent)}</span>}
        <Energy layer={0} signals={signals} />
      </RowLabel>
      <PictureTile {...common} kind="prediction" box={row.prediction} />
      <PictureTile {...common} kind="input" box={row.state} />
      <PictureTile {...common} kind="error" box={row.error} />
    </>
  );
}

const NAMES = {
  prediction: words.inputPrediction,
  input: words.input,
  error: words.inputError,
};
const ONE = () => '1';

interface PictureTileProps {
  kind: 'prediction' | 'input' | 'error';
  box: Box;
  scales: FrameScales;
  signals: readonly Signal[];
}

function PictureTile({ kind, box, scales, signals }: PictureTileProps) {
  const { episode } = useApp();
  const look = useLook();
  const mask = useShown(({ picture }) => picture?.mask ?? null);
  const size = box.width;
  const values = useCallback((): Float32Array | null => {
    const layout = episode.info?.layout;
    if (layout === undefined) return null;
    const section = {
      prediction: layout.predictions[0],
      input: layout.input,
      error: layout.errors[0],
    }[kind];
    return (section && episode.read(section)) ?? null;
  }, [episode, kind]);
  const indexAt = useCallback(
    (x: number, y: number) => pixelAt(x, y, size, sideOf(episode.info?.layout.sizes[0] ?? 784)),
    [size, episode],
  );
  const { hovered, pinned, handlers } = useTile(0, indexAt);
  const isSigned = useCallback(() => kind === 'error', [kind]);
  const limit = useCallback(
    () => (values() === null ? '' : formatNumber(scales.error(0))),
    [values, scales],
  );
  const high = kind === 'error' ? limit : ONE;

  const paint = useCallback(
    (surface: Surface) => {
      const held = values();
      const all = { x: 0, y: 0, width: surface.width, height: surface.height };
      if (held === null) return;
      const side = sideOf(held.length);
      const bound = scales.error(0) || 1;
      const signed = kind === 'error';
      paintPicture(
        surface,
        held,
        side,
        signed ? look.palette.signed : look.palette.ink,
        signed ? { low: -bound, high: bound } : { low: 0, high: 1 },
        all,
      );
      if (kind === 'input' && mask !== null) paintBoundary(surface, mask, side, look.colours.down);
      for (const [index, line] of [
        [pinned, 2],
        [hovered, 1],
      ] as const) {
        if (index !== null) outlinePixel(surface, index, side, look.colours.ink, line);
      }
    },
    [values, kind, scales, look, mask, pinned, hovered],
  );
  const read = useCallback(() => {
    const side = sideOf(values()?.length ?? 784);
    return hovered === null
      ? ''
      : `${Math.floor(hovered / side)},${hovered % side}: ${formatNumber(values()?.[hovered])}`;
  }, [values, hovered]);
  return (
    <div
      className={classes(tiles.tile, tiles.picture)}
      data-kind={kind === 'input' ? 'state' : kind}
      style={{ left: box.x, top: box.y, width: box.width, height: box.height }}
    >
      <PaintedCanvas
        role="img"
        aria-label={NAMES[kind]}
        data-testid={`view-${kind}`}
        paint={paint}
        signals={signals}
        {...handlers}
      />
      <Caption
        signed={isSigned}
        high={high}
        signals={signals}
        {...(kind === 'error' ? {} : { ramp: 'ink' as const })}
      >
        {hovered !== null && <LiveText className={scale.hovered} read={read} signals={signals} />}
      </Caption>
    </div>
  );
}
