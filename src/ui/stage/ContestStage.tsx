import { useCallback, useMemo, useRef } from 'react';
import type { PointerEvent } from 'react';
import type { Surface } from '../../viz/canvas.ts';
import type { Contest } from '../../viz/contestStage.ts';
import { contestAt, contestBoxes, contests, paintContests } from '../../viz/contestStage.ts';
import common from '../parts/common.module.css';
import { classes } from '../parts/classes.ts';
import { useApp, useAppState } from '../parts/context.ts';
import { subscript } from '../parts/format.ts';
import { LiveText, PaintedCanvas, placeIn } from '../parts/painting.tsx';
import { rem, smallType } from '../parts/rem.ts';
import { Segments } from '../parts/Segments.tsx';
import { useLook } from '../parts/theme.ts';
import { LateralControls } from './LateralControls.tsx';
import { contests as words } from './words.ts';
import styles from './ContestStage.module.css';

/** Frames a chart shows: of a live episode only the last. */
const MOST_FRAMES = 80;

/** A layer's columns as small contests: who wins, who is held down; and the synapses that decide it. */
export function ContestStage() {
  const { actions } = useApp();
  const config = useAppState((s) => s.model?.config);
  const wanted = useAppState((s) => s.contestLayer);
  if (config === undefined) return null;
  const layers = config.sizes.length - 1;
  const layer = Math.min(wanted, layers);
  const group = config.groups[layer - 1] ?? 0;
  if (config.lateral !== 'groups' || group < 2)
    return <p className={classes(common.empty, styles.none)}>{words.none}</p>;
  const options = Array.from({ length: layers }, (_, i) => String(layers - i));
  return (
    <div className={styles.contests}>
      <div className={styles.side}>
        <Segments
          name="contest-layer"
          label={words.layer}
          value={String(layer)}
          options={options.map((value) => ({
            value,
            label: `z${subscript(Number(value))}`,
          }))}
          onChange={(value) => actions.showContests(Number(value))}
        />
        <LateralControls group={group} />
      </div>
      <ContestCharts layer={layer} group={group} />
    </div>
  );
}

interface Shown {
  readonly activity: Float32Array[];
  readonly steps: number[];
  readonly shown: number;
  readonly contests: Contest[];
}

function ContestCharts({ layer, group }: { layer: number; group: number }) {
  const { episode, actions } = useApp();
  const look = useLook();
  const pin = useAppState((s) => s.pin);
  const size = useAppState((s) => s.model?.config.sizes[layer] ?? 0);
  const pinned = pin?.layer === layer ? pin.index : null;
  const signals = useMemo(() => [episode.changed], [episode]);
  const last = useRef<Shown | null>(null);

  const read = useCallback((): Shown | null => {
    const { info, count, shown } = episode;
    const states = info?.layout.states[layer - 1];
    const lateral = info?.layout.lateral[layer - 1];
    if (states === undefined || lateral === undefined || shown < 0) return null;
    const from = Math.max(0, Math.min(count - MOST_FRAMES, shown));
    const frames = Array.from({ length: Math.min(MOST_FRAMES, count - from) }, (_, i) => from + i);
    const activity = frames.flatMap((i) => episode.read(states, i) ?? []);
    const taken = episode.read(lateral);
    if (activity.length !== frames.length || taken === null) return null;
    return {
      activity,
      steps: frames.map((i) => episode.stepAt(i)),
      shown: shown - from,
      contests: contests(activity, taken, shown - from, group),
    };
  }, [episode, layer, group]);

  const paint = useCallback(
    (surface: Surface) => {
      const data = read();
      last.current = data;
      const { side, soft, line, ink, raised } = look.colours;
      const { context, width, height } = surface;
      if (data === null) {
        context.fillStyle = soft;
        context.font = `${rem()}px ${look.font}`;
        context.textAlign = 'center';
        context.fillText(words.waiting, width / 2, height / 2);
        return;
      }
      paintContests(
        surface,
        { ...data, pinned },
        { side, soft, line, ink, raised, font: look.font, fontSize: smallType() },
      );
    },
    [read, look, pinned],
  );
  const summary = useCallback(() => {
    const data = read();
    if (data === null) return '';
    const active = data.contests.reduce(
      (sum, { winner, rivals }) => sum + rivals.length + (winner === null ? 0 : 1),
      0,
    );
    const winners = data.contests.filter(({ winner }) => winner !== null).length;
    return words.summary(winners, `${((100 * active) / size).toFixed(0)} %`);
  }, [read, size]);
  const choose = (event: PointerEvent<HTMLElement>) => {
    const { x, y, width, height } = placeIn(event);
    const data = last.current;
    if (data === null) return;
    const at = contestAt(x, y, contestBoxes(data.contests.length, width, height));
    const winner = at === null ? null : (data.contests[at]?.winner ?? null);
    if (winner !== null) actions.pin({ layer, index: winner });
  };
  return (
    <div className={styles.charts}>
      <div className={common.sectionHead}>
        <h2>{words.heading(layer)}</h2>
        <LiveText
          className={common.number}
          read={summary}
          signals={signals}
          testId="contest-summary"
        />
      </div>
      <p className={classes(common.hint, styles.about)}>{words.about}</p>
      <div className={styles.canvas}>
        <PaintedCanvas
          role="img"
          aria-label={words.canvas(layer, Math.ceil(size / group))}
          data-testid="contests"
          paint={paint}
          signals={signals}
          onPointerDown={choose}
        />
      </div>
      <p className={styles.legend}>
        <span className={styles.winner}>{words.winner}</span>
        <span>{words.rival}</span>
        <span className={styles.held}>{words.held}</span>
      </p>
    </div>
  );
}
