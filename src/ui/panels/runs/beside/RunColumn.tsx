import { useCallback } from 'react';
import type { ComparedRun, RunCard } from '../../../../protocol/runs.ts';
import type { RunSettled } from '../../../../protocol/runsBeside.ts';
import type { Drawing } from '../../../../store/drawing.ts';
import { PIXELS, SIDE } from '../../../../store/occlusion.ts';
import type { ActivityRange, RunAt } from '../../../../store/runsBeside.ts';
import { runAt } from '../../../../store/runsBeside.ts';
import type { Surface } from '../../../../viz/canvas.ts';
import { columnLayout } from '../../../../viz/columns.ts';
import { paintCompletion } from '../../../../viz/completion.ts';
import { paintHeatmap } from '../../../../viz/heatmap.ts';
import { formatNumber } from '../../../../viz/scales.ts';
import { paintBoundary } from '../../../../viz/picture.ts';
import { classes } from '../../../parts/classes.ts';
import { fixed } from '../../../parts/format.ts';
import { PaintedCanvas } from '../../../parts/painting.tsx';
import scale from '../../../parts/scale.module.css';
import { useLook } from '../../../parts/theme.ts';
import { beside as words } from './words.ts';
import styles from './RunColumn.module.css';

interface RunColumnProps {
  card: RunCard;
  config: ComparedRun['config'];
  /** What it has that others have not. */
  differences: readonly string[];
  /** Rows for layers: as many as the deepest of the networks has. */
  layers: number;
  picture: Drawing | null;
  /** Null: it has not settled yet, or could not; then `say` says so. */
  run: RunSettled | null;
  /** Of layer l at index l − 1. */
  ranges: readonly ActivityRange[];
  step: number;
  say: string;
}

/** One run: what makes it different, its layers with the top one above, its picture, its numbers. */
export function RunColumn(props: RunColumnProps) {
  const { card, config, differences, layers, picture, run, ranges, step, say } = props;
  const at = run && runAt(run, step);
  const own = config.sizes.length - 1;
  return (
    <section className={styles.column} aria-label={card.name} data-testid="run-beside">
      <header>
        {differences.map((line) => (
          <h3 key={line}>{line}</h3>
        ))}
        <p className={differences.length === 0 ? styles.name : styles.soft}>{card.name}</p>
        <p className={styles.soft}>
          {words.images(card.imagesSeen)}
          {at !== null && at.step < step && ` · ${words.ended(at.step)}`}
        </p>
      </header>
      {Array.from({ length: layers }, (_, i) => layers - i).map((layer) => (
        <div key={layer} className={styles.layer}>
          {at !== null && layer <= own && (
            <Layer
              {...{ config, layer, at }}
              name={card.name}
              range={ranges[layer - 1] ?? { high: 0, signed: false }}
            />
          )}
        </div>
      ))}
      <div className={styles.picture}>
        {at !== null && picture !== null ? (
          <Completion name={card.name} at={at} picture={picture} />
        ) : (
          <p className={styles.soft}>{say}</p>
        )}
      </div>
      <Numbers at={at} masked={(picture?.mask ?? null) !== null} />
    </section>
  );
}

interface LayerProps {
  config: ComparedRun['config'];
  layer: number;
  at: RunAt;
  name: string;
  range: ActivityRange;
}

function Layer({ config, layer, at, name, range: { high, signed } }: LayerProps) {
  const look = useLook();
  const values = at.activity[layer - 1]!;
  const group = config.lateral === 'groups' ? (config.groups[layer - 1] ?? 0) : 0;
  const paint = useCallback(
    (surface: Surface) => {
      const { context, width, height } = surface;
      const layout = columnLayout(values.length, group, width - 4, height - 4);
      context.save();
      context.translate((width - layout.width) / 2, (height - layout.height) / 2);
      paintHeatmap(surface, layout, values, {
        map: signed ? look.palette.signed : look.palette.activity,
        scale: { low: signed ? -(high || 1) : 0, high: high || 1 },
        ...{ grid: look.palette.grid, ground: look.palette.ground },
        ...{ pinned: null, hovered: null, contest: null },
        ...{ ink: look.colours.ink, side: look.colours.side },
      });
      context.restore();
    },
    [values, group, high, signed, look],
  );
  const percent = `${(100 * (at.active[layer - 1] ?? 0)).toFixed(0)} %`;
  return (
    <>
      <div className={styles.label}>
        <b>{words.layer(layer)}</b>
        <span>{words.active(percent)}</span>
        <span className={scale.caption}>
          {signed ? `−${formatNumber(high)}` : '0'}
          <span className={classes(scale.ramp, signed ? scale.signed : scale.activity)} />
          {formatNumber(high)}
        </span>
      </div>
      <PaintedCanvas
        role="img"
        aria-label={words.states(name, layer, at.step)}
        data-testid={`beside-layer-${layer}`}
        paint={paint}
      />
    </>
  );
}

/** Where nothing is hidden, all of what is shown is predicted. */
const NOTHING_SEEN = new Uint8Array(PIXELS);

function Completion({ name, at, picture }: { name: string; at: RunAt; picture: Drawing }) {
  const look = useLook();
  const { mask } = picture;
  const made = at.picture;
  const paint = useCallback(
    (surface: Surface) => {
      const { context, width, height } = surface;
      const { ink, imagined } = look.palette;
      context.fillStyle = ink.stops[0]!;
      context.fillRect(0, 0, width, height);
      const completion = { pixels: made, mask: mask ?? NOTHING_SEEN, imagined: made };
      const style = { ink, imagined, hatch: 'transparent', hatchGround: look.colours.hatchbg };
      paintCompletion(surface, completion, SIDE, style, { x: 0, y: 0, width, height });
      if (mask !== null) paintBoundary(surface, mask, SIDE, look.colours.down);
    },
    [made, mask, look],
  );
  return (
    <figure>
      <PaintedCanvas
        role="img"
        aria-label={words.picture(name, at.step)}
        data-testid="beside-picture"
        paint={paint}
      />
      <figcaption>{mask === null ? words.reconstruction : words.completion}</figcaption>
    </figure>
  );
}

function Numbers({ at, masked }: { at: RunAt | null; masked: boolean }) {
  const rows: readonly (readonly [string, number | undefined | null, string])[] = [
    [masked ? words.seenBce : words.bce, at?.seenBce, 'seen'],
    ...(masked ? [[words.hiddenBce, at?.hiddenBce, 'hidden'] as const] : []),
    [words.discrepancy, at?.discrepancy, 'discrepancy'],
  ];
  return (
    <dl className={styles.numbers}>
      {rows.map(([what, value, id]) => (
        <div key={what}>
          <dt>{what}</dt>
          <dd data-testid={`beside-${id}`}>
            {fixed(value).replace('-', '−')} <small>{words.nats}</small>
          </dd>
        </div>
      ))}
    </dl>
  );
}
