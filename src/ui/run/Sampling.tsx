import { useCallback, useRef, useState } from 'react';
import type { PointerEvent } from 'react';
import type { GridLayout } from '../../viz/atlas.ts';
import { gridBox, gridItemAt, gridLayout, sideOf } from '../../viz/atlas.ts';
import type { Surface } from '../../viz/canvas.ts';
import { paintPicture } from '../../viz/picture.ts';
import common from '../parts/common.module.css';
import { classes } from '../parts/classes.ts';
import { useApp, useAppState } from '../parts/context.ts';
import { Field } from '../parts/Field.tsx';
import { PaintedCanvas, placeIn } from '../parts/painting.tsx';
import { useLook } from '../parts/theme.ts';
import { Save } from '../save/Save.tsx';
import { sampling as words } from './words.ts';
import styles from './Sampling.module.css';

const COUNTS = [16, 36, 64, 100];
const WHOLE = { low: 0, high: 1 };

/** What sampling is, and how many to draw. */
export function SamplePanel() {
  const { actions } = useApp();
  const count = useAppState((s) => s.sampleCount);
  const samples = useAppState((s) => s.samples);
  const untrained = useAppState((s) => s.model?.imagesSeen === 0);
  return (
    <section className={styles.panel} aria-label={words.heading}>
      <div className={common.sectionHead}>
        <h2>{words.heading}</h2>
      </div>
      <p className={styles.about}>{words.about}</p>
      <Field label={words.count}>
        <select
          value={count}
          onChange={(event) => actions.setSampleCount(Number(event.target.value))}
        >
          {COUNTS.map((n) => (
            <option key={n} value={n}>
              {n}
            </option>
          ))}
        </select>
      </Field>
      {untrained && <p className={classes(common.hint, common.strong)}>{words.untrained}</p>}
      {samples !== null && (
        <p className={common.hint}>
          <b>{words.prior}:</b> {samples.prior}.
        </p>
      )}
    </section>
  );
}

/** The grid of samples, in the middle of the page. */
export function SampleStage() {
  const { actions } = useApp();
  const samples = useAppState((s) => s.samples);
  const look = useLook();
  const [hovered, setHovered] = useState<number | null>(null);
  const grid = useRef<HTMLDivElement>(null);
  const layoutFor = useCallback(
    (width: number, height: number): GridLayout => gridLayout(samples?.count ?? 1, width, height),
    [samples],
  );
  const paint = useCallback(
    (surface: Surface) => {
      if (samples === null) return;
      const { count, pixels } = samples;
      const size = pixels.length / count;
      const layout = layoutFor(surface.width, surface.height);
      for (let i = 0; i < count; i++) {
        const box = gridBox(layout, i);
        const picture = pixels.subarray(i * size, (i + 1) * size);
        paintPicture(surface, picture, sideOf(size), look.palette.ink, WHOLE, box);
        surface.context.strokeStyle = i === hovered ? look.colours.accent : look.colours.line;
        surface.context.lineWidth = i === hovered ? 3 : 1;
        surface.context.strokeRect(box.x + 0.5, box.y + 0.5, box.width - 1, box.height - 1);
      }
    },
    [samples, layoutFor, look, hovered],
  );
  const find = (event: PointerEvent<HTMLCanvasElement>): number | null => {
    if (samples === null) return null;
    const { x, y, width, height } = placeIn(event);
    return gridItemAt(layoutFor(width, height), samples.count, x, y);
  };
  const use = (event: PointerEvent<HTMLCanvasElement>) => {
    const item = find(event);
    if (item === null || samples === null) return;
    const size = samples.pixels.length / samples.count;
    void actions.useSample(samples.pixels.slice(item * size, (item + 1) * size));
  };
  return (
    <div className={styles.stage}>
      <div className={common.sectionHead}>
        <h2>{words.canvas}</h2>
        {samples !== null && (
          <>
            <span className={classes(common.soft, common.small)}>{words.use}</span>
            <Save of={grid} what={words.canvas} more={() => samples.prior} />
          </>
        )}
      </div>
      <div ref={grid} className={styles.grid}>
        <PaintedCanvas
          role="img"
          aria-label={words.canvas}
          data-testid="samples"
          data-count={samples?.count ?? 0}
          paint={paint}
          onPointerMove={(event) => setHovered(find(event))}
          onPointerLeave={() => setHovered(null)}
          onPointerDown={use}
        />
        {samples === null && <p className={classes(common.empty, styles.none)}>{words.empty}</p>}
      </div>
    </div>
  );
}
