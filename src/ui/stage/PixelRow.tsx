import { useCallback } from 'react';
import type { Section } from '../../protocol/frame.ts';
import type { Signal } from '../../store/signal.ts';
import { sideOf } from '../../viz/atlas.ts';
import type { Surface } from '../../viz/canvas.ts';
import type { Box } from '../../viz/columns.ts';
import { paintCompletion } from '../../viz/completion.ts';
import type { HierarchyRow } from '../../viz/hierarchy.ts';
import {
  outlinePixel,
  paintBoundary,
  paintPicture,
  pixelAt,
  pixelByKey,
} from '../../viz/picture.ts';
import { formatNumber } from '../../viz/scales.ts';
import labels from './RowLabel.module.css';
import tiles from './tile.module.css';
import { classes } from '../parts/classes.ts';
import { useApp, useAppState, useShown } from '../parts/context.ts';
import { PaintedCanvas } from '../parts/painting.tsx';
import { useLook } from '../parts/theme.ts';
import { Caption } from './Caption.tsx';
import { Energy } from './Energy.tsx';
import { Readout } from './Readout.tsx';
import { RowLabel } from './RowLabel.tsx';
import { useScales } from './ScalesContext.ts';
import { useLit, useTile } from './useTile.ts';
import { layers as words } from './words.ts';

interface PixelRowProps {
  row: HierarchyRow;
  story: boolean;
  terse: boolean;
  /** The label stands above the pictures, in one line. */
  above: boolean;
  signals: readonly Signal[];
}

/** The bottom row: what is predicted of the picture, the picture, and the signed difference. */
export function PixelRow({ row, story, terse, above, signals }: PixelRowProps) {
  const common = { signals, captioned: !story };
  return (
    <>
      {row.prediction !== null && (
        <PictureTile {...common} kind="prediction" box={row.prediction} />
      )}
      <PictureTile {...common} kind="input" box={row.state} />
      <PictureTile {...common} kind="error" box={row.error} />
      {story ? (
        !terse && <Notes row={row} />
      ) : (
        <PixelLabel box={row.label} brief={above} signals={signals} />
      )}
    </>
  );
}

/** In Story each picture says what it is. */
function Notes({ row: { prediction, error, label } }: { row: HierarchyRow }) {
  const masked = useShown(({ picture }) => (picture?.mask ?? null) !== null);
  const beside = ({ x, y, width }: Box) => ({ left: x + width + 10, top: y });
  return (
    <>
      <span className={labels.note} style={{ left: label.x, top: label.y }}>
        {words.inputNote}
      </span>
      {prediction !== null && (
        <span className={labels.note} style={beside(prediction)}>
          {words.predictionNote}
        </span>
      )}
      <span className={labels.note} style={beside(error)}>
        {masked ? words.errorNoteMasked : words.errorNote}
      </span>
    </>
  );
}

interface PixelLabelProps {
  box: Box;
  /** There is room for the name and the error only. */
  brief: boolean;
  signals: readonly Signal[];
}

function PixelLabel({ box, brief, signals }: PixelLabelProps) {
  const mask = useShown(({ picture }) => picture?.mask ?? null);
  const pixels = useAppState((s) => s.model?.config.sizes[0] ?? 784);
  const training = useAppState((s) => s.setUp.mode === 'train');
  const percent =
    mask === null ? 0 : Math.round((100 * mask.filter((m) => m === 0).length) / mask.length);
  return (
    <RowLabel box={box} name={words.pixelsName}>
      {!brief && <span>{words.pixels(pixels)}</span>}
      {!brief && !training && (
        <span>{percent === 0 ? words.nothingHidden : words.hidden(percent)}</span>
      )}
      <Energy layer={0} signals={signals} />
    </RowLabel>
  );
}

const NAMES = {
  prediction: words.inputPrediction,
  input: words.input,
  error: words.inputError,
};
const MAPS = { prediction: 'imagined', error: 'signed' } as const;
const ONE = () => '1';

interface PictureTileProps {
  kind: 'prediction' | 'input' | 'error';
  box: Box;
  captioned: boolean;
  signals: readonly Signal[];
}

const POINTED = { prediction: 'predictions', input: 'states', error: 'errors' } as const;

function PictureTile({ kind, box, captioned, signals }: PictureTileProps) {
  const scales = useScales();
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
  const side = useCallback(() => sideOf(episode.info?.layout.sizes[0] ?? 784), [episode]);
  const at = useCallback((x: number, y: number) => pixelAt(x, y, size, side()), [size, side]);
  const byKey = useCallback(
    (from: number | null, key: string) => pixelByKey(side(), from, key),
    [side],
  );
  const describe = useCallback(
    (index: number) => {
      const read = (section: Section | undefined) => {
        const held = section && episode.read(section);
        return held ? formatNumber(held[index]) : null;
      };
      const layout = episode.info?.layout;
      return words.pixel({
        row: Math.floor(index / side()),
        column: index % side(),
        input: read(layout?.input),
        prediction: read(layout?.predictions[0]),
        error: read(layout?.errors[0]),
      });
    },
    [episode, side],
  );
  const { hovered, pinned, said, handlers } = useTile(0, { at, byKey, describe });
  const lit = useLit(POINTED[kind], 0);
  const isSigned = useCallback(() => kind === 'error', [kind]);
  const limit = useCallback(
    () => (values() === null ? '' : formatNumber(scales.limit('error', 0))),
    [values, scales],
  );
  const high = kind === 'error' ? limit : ONE;

  const paint = useCallback(
    (surface: Surface) => {
      const held = values();
      const all = { x: 0, y: 0, width: surface.width, height: surface.height };
      if (held === null) return;
      const side = sideOf(held.length);
      if (kind === 'input') {
        const { ink, imagined } = look.palette;
        const { hatch, hatchbg: hatchGround } = look.colours;
        const style = { ink, imagined, hatch, hatchGround };
        paintCompletion(surface, { pixels: held, mask, imagined: held }, side, style, all);
      } else {
        const bound = scales.limit('error', 0) || 1;
        const range = kind === 'error' ? { low: -bound, high: bound } : { low: 0, high: 1 };
        paintPicture(surface, held, side, look.palette[MAPS[kind]], range, all);
      }
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
      className={classes(tiles.tile, tiles.picture, lit && tiles.lit)}
      data-lit={lit ? `${POINTED[kind]} 0` : undefined}
      data-kind={kind === 'input' ? 'state' : kind}
      style={{ left: box.x, top: box.y, width: box.width, height: box.height }}
    >
      <PaintedCanvas
        role="application"
        tabIndex={0}
        aria-label={`${NAMES[kind]}. ${words.keys}`}
        data-testid={`view-${kind}`}
        paint={paint}
        signals={signals}
        {...handlers}
      />
      {captioned && (
        <Caption
          signed={isSigned}
          high={high}
          signals={signals}
          ramp={kind === 'prediction' ? 'imagined' : 'ink'}
        />
      )}
      <Readout read={read} shown={hovered !== null} said={said} signals={signals} />
    </div>
  );
}
