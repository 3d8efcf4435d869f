import { useCallback, useEffect, useMemo } from 'react';
import type { FieldsReport } from '../../protocol/reports.ts';
import type { Driven } from '../../store/slices/latents.ts';
import { sideOf } from '../../viz/atlas.ts';
import type { Surface } from '../../viz/canvas.ts';
import { paintPicture } from '../../viz/picture.ts';
import buttons from '../parts/buttons.module.css';
import common from '../parts/common.module.css';
import { classes } from '../parts/classes.ts';
import { useApp, useAppState } from '../parts/context.ts';
import { fixed } from '../parts/format.ts';
import { PaintedCanvas } from '../parts/painting.tsx';
import { Picture } from '../parts/Picture.tsx';
import { useLook } from '../parts/theme.ts';
import { hand as words } from './words.ts';
import styles from './ByHand.module.css';

/** So many neurons have a slider. */
const DRIVEN = 12;
/** A slider has so many places. */
const PLACES = 100;

/** The picture a neuron sends to the pixels, nonlinearities aside; null while it is not known. */
function fieldOf(fields: FieldsReport | null, index: number): Float32Array | null {
  return fields && fields.values.subarray(index * fields.pixels, (index + 1) * fields.pixels);
}

/** The top layer's strongest neurons, driven by hand. */
export function ByHand() {
  const { actions } = useApp();
  const driven = useAppState((s) => s.driven);
  const ready = useAppState((s) => s.engine === 'ready' && s.model !== null && s.data !== null);
  const blank = useAppState((s) => !s.drawing.present.pixels.some((value) => value > 0.5));
  const since = useAppState(
    (s) => s.driven !== null && s.driven.start.version !== s.weightsVersion,
  );
  const missing = driven === null;
  useEffect(() => {
    if (ready && missing) void actions.driveFrom(blank ? 'test' : 'drawing');
  }, [ready, missing, blank, actions]);
  return (
    <div className={styles.hand} data-testid="by-hand">
      <div className={styles.left}>
        <span className={styles.large}>
          {driven !== null && <Picture pixels={driven.picture} label={words.picture} />}
        </span>
        <div className={styles.before}>
          <span className={styles.small}>
            {driven !== null && <Picture pixels={driven.start.picture} />}
          </span>
          <span className={classes(common.small, common.soft)}>
            {driven !== null && words.before(driven.given.origin)}
          </span>
        </div>
        <div className={buttons.row}>
          <button type="button" onClick={() => void actions.driveFrom('drawing')}>
            {words.drawing}
          </button>
          <button type="button" onClick={() => void actions.driveFrom('test')}>
            {words.test}
          </button>
        </div>
        {since && <p className={classes(common.hint, common.strong)}>{words.since}</p>}
      </div>
      {driven !== null && <Sliders driven={driven} />}
    </div>
  );
}

function Sliders({ driven }: { driven: Driven }) {
  const { actions } = useApp();
  const { start, values } = driven;
  const layer = useAppState((s) => (s.model?.config.sizes.length ?? 1) - 1);
  const fields = useAppState((s) => s.fields.get(layer) ?? null);
  const version = useAppState((s) => s.weightsVersion);
  useEffect(() => void actions.refreshFields(layer), [layer, version, actions]);
  const strongest = useMemo(
    () =>
      [...start.values.keys()]
        .sort((a, b) => Math.abs(start.values[b]!) - Math.abs(start.values[a]!) || a - b)
        .slice(0, DRIVEN),
    [start],
  );
  const changed = values.some((value, i) => value !== start.values[i]);
  return (
    <section
      className={styles.sliders}
      aria-label={words.strongest(strongest.length, values.length, layer)}
    >
      <div className={styles.head}>
        <p className={common.hint}>{words.strongest(strongest.length, values.length, layer)}</p>
        <button type="button" disabled={!changed} onClick={() => void actions.resetDriven()}>
          {words.reset}
        </button>
      </div>
      {strongest.map((index) => (
        <label key={index} className={styles.neuron}>
          <Field values={fieldOf(fields, index)} />
          <span className={common.number}>{words.neuron(index)}</span>
          <input
            type="range"
            min={start.low}
            max={start.high}
            step={(start.high - start.low) / PLACES}
            value={values[index]}
            onChange={(event) => void actions.driveNeuron(index, Number(event.target.value))}
          />
          <span className={common.number}>{fixed(values[index], 2)}</span>
        </label>
      ))}
    </section>
  );
}

/** The field of a neuron, on a scale of its own. */
function Field({ values }: { values: Float32Array | null }) {
  const look = useLook();
  const paint = useCallback(
    (surface: Surface) => {
      if (values === null) return;
      const most = values.reduce((all, value) => Math.max(all, Math.abs(value)), 0) || 1;
      const { width, height } = surface;
      paintPicture(surface, values, sideOf(values.length), look.palette.signed, { low: -most, high: most }, { x: 0, y: 0, width, height }); // prettier-ignore
    },
    [values, look],
  );
  return <PaintedCanvas className={styles.field} aria-hidden="true" paint={paint} />;
}
