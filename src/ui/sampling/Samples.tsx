import type { KeyboardEvent, PointerEvent } from 'react';
import { useCallback, useRef, useState } from 'react';
import type { GridLayout } from '../../viz/atlas.ts';
import { gridBox, gridItemAt, gridLayout, itemByKey, sideOf } from '../../viz/atlas.ts';
import type { Surface } from '../../viz/canvas.ts';
import { paintPicture } from '../../viz/picture.ts';
import common from '../parts/common.module.css';
import { classes } from '../parts/classes.ts';
import { useApp, useAppState } from '../parts/context.ts';
import { PaintedCanvas, placeIn } from '../parts/painting.tsx';
import { useLook } from '../parts/theme.ts';
import { Save } from '../save/Save.tsx';
import { Components } from './Components.tsx';
import { Nearest } from './Nearest.tsx';
import { sampling as words } from './words.ts';
import styles from './Sampling.module.css';

const WHOLE = { low: 0, high: 1 };

/** The Gaussians of the prior, samples of them, and the training image nearest to the one that is chosen. */
export function Samples() {
  const samples = useAppState((s) => s.samples);
  const chosen = useAppState((s) => s.chosenSample);
  const since = useAppState((s) => s.samples !== null && s.samples.version !== s.weightsVersion);
  return (
    <>
      <Components />
      <Grid />
      {since && <p className={classes(common.hint, common.strong)}>{words.since}</p>}
      {samples !== null && chosen === null && <p className={common.hint}>{words.use}</p>}
      {chosen !== null && <Nearest place={chosen} />}
    </>
  );
}

/** The grid of samples; a click or the arrow keys choose one. */
function Grid() {
  const { actions } = useApp();
  const samples = useAppState((s) => s.samples);
  const chosen = useAppState((s) => s.chosenSample);
  const look = useLook();
  const [hovered, setHovered] = useState<number | null>(null);
  const [size, setSize] = useState({ width: 1, height: 1 });
  const layoutFor = useCallback(
    (width: number, height: number): GridLayout => gridLayout(samples?.count ?? 1, width, height),
    [samples],
  );
  const paint = useCallback(
    (surface: Surface) => {
      const { width, height, context } = surface;
      setSize((last) =>
        last.width === width && last.height === height ? last : { width, height },
      );
      if (samples === null) return;
      const { count, pixels } = samples;
      const length = pixels.length / count;
      const layout = layoutFor(width, height);
      for (let i = 0; i < count; i++) {
        const box = gridBox(layout, i);
        const picture = pixels.subarray(i * length, (i + 1) * length);
        paintPicture(surface, picture, sideOf(length), look.palette.ink, WHOLE, box);
        const marked = i === hovered || i === chosen;
        context.strokeStyle = marked ? look.colours.accent : look.colours.line;
        context.lineWidth = marked ? 3 : 1;
        context.strokeRect(box.x + 0.5, box.y + 0.5, box.width - 1, box.height - 1);
      }
    },
    [samples, layoutFor, look, hovered, chosen],
  );
  const find = (event: PointerEvent<HTMLCanvasElement>): number | null => {
    if (samples === null) return null;
    const { x, y, width, height } = placeIn(event);
    return gridItemAt(layoutFor(width, height), samples.count, x, y);
  };
  const onKey = (event: KeyboardEvent<HTMLCanvasElement>) => {
    if (samples === null) return;
    const layout = layoutFor(size.width, size.height);
    const next = chosen === null ? (event.key === 'Enter' ? 0 : null) : itemByKey(layout, samples.count, chosen, event.key); // prettier-ignore
    if (next === null) return;
    event.preventDefault();
    event.stopPropagation();
    void actions.chooseSample(next);
  };
  const grid = useRef<HTMLDivElement>(null);
  return (
    <>
      {samples !== null && (
        <div className={styles.save}>
          <Save of={grid} what={words.canvas} more={() => samples.prior} />
        </div>
      )}
      <div ref={grid} className={styles.grid}>
        <PaintedCanvas
          role="application"
          aria-label={`${words.canvas}. ${words.keys}`}
          tabIndex={0}
          data-testid="samples"
          data-count={samples?.count ?? 0}
          paint={paint}
          onPointerMove={(event) => setHovered(find(event))}
          onPointerLeave={() => setHovered(null)}
          onPointerDown={(event) => {
            const item = find(event);
            if (item !== null) void actions.chooseSample(item === chosen ? null : item);
          }}
          onKeyDown={onKey}
        />
        {samples === null && <p className={classes(common.empty, styles.none)}>{words.empty}</p>}
      </div>
    </>
  );
}
