import { useCallback, useMemo, useRef, useState, useSyncExternalStore } from 'react';
import type { KeyboardEvent, PointerEvent } from 'react';
import type { SettingChange } from '../../../protocol/snapshot.ts';
import { matricesOf } from '../../../store/matrices.ts';
import type { Signal } from '../../../store/signal.ts';
import type { PlotArea } from '../../../viz/axis.ts';
import type { Surface } from '../../../viz/canvas.ts';
import { LAYER_DASHES } from '../../../viz/colour.ts';
import type { ChartView, Series } from '../../../viz/curves.ts';
import {
  isKnown,
  latestValue,
  marksOf,
  paintChart,
  pointAt,
  pointNear,
  rangeBetween,
  WHOLE_RUN,
} from '../../../viz/curves.ts';
import { formatNumber } from '../../../viz/scales.ts';
import common from '../../parts/common.module.css';
import { classes } from '../../parts/classes.ts';
import { useApp, useAppState } from '../../parts/context.ts';
import { LineSwatch } from '../../parts/LineSwatch.tsx';
import { Explained } from '../../parts/Formula.tsx';
import { LiveText, PaintedCanvas, placeIn } from '../../parts/painting.tsx';
import { plainText } from '../../parts/formulaParts.ts';
import { rem, smallType } from '../../parts/rem.ts';
import { useLook } from '../../parts/theme.ts';
import { Save } from '../../save/Save.tsx';
import { curves as words } from './words.ts';
import styles from './CurvesPanel.module.css';

const LEFT_REM = 3;
const FOOT_REM = 1.5;
/** A pointer that moved less (px) was not dragged. */
const DRAGGED = 6;

const areaOf = (width: number, height: number): PlotArea => ({
  left: LEFT_REM * rem(),
  right: width - 8,
  top: 6,
  bottom: height - FOOT_REM * rem(),
});

/** Curves of training; the pointer reads values off, a click keeps the place. */
export function CurvesPanel() {
  const { curves } = useApp();
  const look = useLook();
  const layers = useAppState((s) => (s.model?.config.sizes.length ?? 4) - 1);
  const training = useAppState((s) => s.setUp.mode === 'train');
  const signals = useMemo(() => [curves.changed], [curves]);
  const none = useSyncExternalStore(curves.changed.subscribe, () => curves.points.length === 0);
  const [hovered, setHovered] = useState<number | null>(null);
  const [kept, setKept] = useState<number | null>(null);
  const [view, setView] = useState(WHOLE_RUN);
  const moment = useAppState(({ moments, shownMoment }) => (shownMoment === null ? null : (moments?.past[shownMoment]?.imagesSeen ?? null))); // prettier-ignore
  const cursor = hovered ?? (moment === null ? kept : pointNear(curves.points, moment));
  const config = useAppState((s) => s.model?.config);
  const ended = useSyncExternalStore(curves.changed.subscribe, () => curves.have.run);
  const [of, setOf] = useState(ended);
  if (of !== ended) {
    // Another run: what was looked at is not in it.
    setOf(ended);
    setKept(null);
    setView(WHOLE_RUN);
  }

  const charts = useMemo(() => {
    const { colours } = look;
    const bce: Series[] = [
      { name: words.train, colour: colours.soft, dash: [], value: (p) => p.trainBce },
      { name: words.validation, colour: colours.ink, dash: [6, 3], value: (p) => p.validationBce },
    ];
    const sparsity = Array.from({ length: layers }, (_, i): Series => ({
      name: `ρ${i + 1}`,
      colour: look.layers.states[(i + 1) % look.layers.states.length]!,
      dash: LAYER_DASHES[(i + 1) % LAYER_DASHES.length]!,
      // Batch and held-out slice differ: one curve shows one of them.
      value: (p) => (p.trainBce === null ? null : p.sparsity[i]),
    }));
    const discrepancy: Series[] = [
      { name: words.heldOut, colour: colours.ink, dash: [], value: (p) => p.discrepancy },
    ];
    const mmse: Series[] = [
      { name: words.heldOut, colour: colours.ink, dash: [], value: (p) => p.mmse },
    ];
    const families: Record<string, string> = { W: colours.down, E: colours.up, M: colours.learn };
    const matrices = config === undefined ? [] : matricesOf(config);
    const changes = matrices.map(({ name, family, layer }, i): Series => ({
      name,
      colour: families[family] ?? colours.ink,
      dash: LAYER_DASHES[layer % LAYER_DASHES.length]!,
      value: (p) => p.weightChanges[i],
    }));
    return [
      { title: words.bce, series: bce },
      { title: words.mmse, series: mmse },
      { title: words.sparsity, series: sparsity },
      { title: words.discrepancy, series: discrepancy },
      { title: words.weightChanges, series: changes },
    ];
  }, [look, layers, config]);
  const place = useCallback(() => {
    const { points } = curves;
    const at = cursor === null ? undefined : points[cursor];
    if (points.length === 0) return '';
    return at === undefined ? words.latest : words.at(at.imagesSeen);
  }, [curves, cursor]);

  if (none)
    return (
      <p className={classes(common.hint, common.strong)}>{training ? words.none : words.goTrain}</p>
    );
  /** Looks closer around the middle, or from further away. */
  const zoomBy = (factor: number) => {
    const whole = Math.max(1, curves.points.at(-1)?.imagesSeen ?? 1);
    const [from, to] = view.range ?? [0, whole];
    const half = ((to - from) / 2) * factor;
    const range: [number, number] = [Math.max(0, (from + to) / 2 - half), Math.min(whole, (from + to) / 2 + half)]; // prettier-ignore
    const all = range[0] <= 0 && range[1] >= whole;
    if (
      all ||
      curves.points.filter((p) => p.imagesSeen >= range[0] && p.imagesSeen <= range[1]).length > 2
    )
      // prettier-ignore
      setView({ ...view, range: all ? null : range });
  };
  const onKey = (event: KeyboardEvent) => {
    const factor = { '+': 0.5, '=': 0.5, '-': 2 }[event.key];
    if (factor !== undefined) zoomBy(factor);
    else if (event.key === '0') setView({ ...view, range: null });
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div className={styles.panel} onKeyDown={onKey}>
      <div className={styles.views}>
        <label>
          <input
            type="checkbox"
            checked={view.log}
            onChange={({ target }) => setView({ ...view, log: target.checked })}
          />
          {words.log}
        </label>
        <button
          type="button"
          disabled={view.range === null}
          title={words.zoom}
          onClick={() => setView({ ...view, range: null })}
        >
          {words.whole}
        </button>
      </div>
      {charts.map((chart) => (
        <Chart
          key={chart.title}
          {...chart}
          view={view}
          onRange={(range) => setView({ ...view, range })}
          cursor={cursor}
          signals={signals}
          onPoint={setHovered}
          onKeep={(index) => setKept(index === kept ? null : index)}
        />
      ))}
      <p className={classes(common.hint, styles.foot)}>
        <LiveText read={place} signals={signals} />
        <span>{words.images} →</span>
      </p>
    </div>
  );
}

interface ChartProps {
  title: string;
  series: readonly Series[];
  view: ChartView;
  cursor: number | null;
  signals: readonly Signal[];
  /** Hears which part of the run is to be looked at. */
  onRange(range: readonly [number, number]): void;
  onPoint(index: number | null): void;
  onKeep(index: number | null): void;
}

function Chart({ title, series, view, cursor, signals, onRange, onPoint, onKeep }: ChartProps) {
  const { curves, store } = useApp();
  const look = useLook();
  // From where to where the pointer was dragged.
  const [drag, setDrag] = useState<readonly [number, number] | null>(null);
  const dragged = drag !== null && Math.abs(drag[1] - drag[0]) >= DRAGGED;
  const told = useSyncExternalStore(curves.changed.subscribe, () => isKnown(curves.points, series));
  const paint = useCallback(
    (surface: Surface) => {
      const area = areaOf(surface.width, surface.height);
      const settings = store.getState().report?.settings;
      const nameOf = ({ key, value }: SettingChange) =>
        words.changed(settings?.find((one) => one.key === key)?.label ?? key, String(value));
      const style = {
        ink: look.colours.ink,
        soft: look.colours.soft,
        line: look.colours.faint,
        panel: look.colours.panel,
        font: look.font,
        fontSize: smallType(),
      };
      paintChart(
        surface,
        area,
        curves.points,
        series,
        cursor,
        style,
        marksOf(curves.points, nameOf),
        view,
      );
      if (!dragged) return;
      const { context } = surface;
      const [from, to] = drag;
      context.globalAlpha = 0.12;
      context.fillStyle = look.colours.ink;
      context.fillRect(Math.min(from, to), area.top, Math.abs(to - from), area.bottom - area.top);
      context.globalAlpha = 1;
    },
    [curves, store, series, view, cursor, look, drag, dragged],
  );
  const find = (event: PointerEvent<HTMLCanvasElement>) => {
    const { x, width, height } = placeIn(event);
    return pointAt(curves.points, x, areaOf(width, height), view);
  };
  const endDrag = (event: PointerEvent<HTMLCanvasElement>) => {
    const { width, height } = placeIn(event);
    setDrag(null);
    if (!dragged) return onKeep(find(event));
    const range = rangeBetween(curves.points, drag, areaOf(width, height), view);
    if (range !== null) onRange(range);
  };
  const section = useRef<HTMLElement>(null);
  if (!told) return null;
  return (
    <section ref={section} className={styles.chart}>
      <div className={common.sectionHead}>
        <h3>
          <Explained>{title}</Explained>
        </h3>
        <Save of={section} what={plainText(title)} />
      </div>
      <div className={styles.legend}>
        {series.map((one) => (
          <LegendEntry key={one.name} series={one} cursor={cursor} signals={signals} />
        ))}
      </div>
      <PaintedCanvas
        role="img"
        aria-label={words.canvas(title)}
        paint={paint}
        signals={signals}
        tabIndex={0}
        onPointerMove={(event) => {
          const { x } = placeIn(event);
          setDrag((now) => now && [now[0], x]);
          onPoint(find(event));
        }}
        onPointerLeave={() => onPoint(null)}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          const { x } = placeIn(event);
          setDrag([x, x]);
        }}
        onPointerUp={endDrag}
        onPointerCancel={() => setDrag(null)}
      />
    </section>
  );
}

interface LegendEntryProps {
  series: Series;
  cursor: number | null;
  signals: readonly Signal[];
}

/** A series' name and its value at the cursor, or the latest; it stays live. */
function LegendEntry({ series, cursor, signals }: LegendEntryProps) {
  const { curves } = useApp();
  const read = useCallback(() => {
    const { points } = curves;
    const index = Math.min(cursor ?? points.length - 1, points.length - 1);
    return formatNumber(latestValue(points, index, series));
  }, [curves, cursor, series]);
  return (
    <span className={styles.entry}>
      <LineSwatch colour={series.colour} dash={series.dash} width={2.4} />
      {series.name} <LiveText className={common.number} read={read} signals={signals} />
    </span>
  );
}
