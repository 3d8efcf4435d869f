import { useCallback, useMemo, useRef, useState, useSyncExternalStore } from 'react';
import type { PointerEvent } from 'react';
import type { SettingChange } from '../../../protocol/snapshot.ts';
import type { Signal } from '../../../store/signal.ts';
import type { PlotArea } from '../../../viz/axis.ts';
import type { Surface } from '../../../viz/canvas.ts';
import { LAYER_DASHES } from '../../../viz/colour.ts';
import type { Series } from '../../../viz/curves.ts';
import { isKnown, latestValue, marksOf, paintChart, pointAt } from '../../../viz/curves.ts';
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
  const cursor = hovered ?? kept;

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
    return [
      { title: words.bce, series: bce },
      { title: words.sparsity, series: sparsity },
      { title: words.discrepancy, series: discrepancy },
    ];
  }, [look, layers]);
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
  return (
    <div className={styles.panel}>
      {charts.map((chart) => (
        <Chart
          key={chart.title}
          {...chart}
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
  cursor: number | null;
  signals: readonly Signal[];
  onPoint(index: number | null): void;
  onKeep(index: number | null): void;
}

function Chart({ title, series, cursor, signals, onPoint, onKeep }: ChartProps) {
  const { curves, store } = useApp();
  const look = useLook();
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
      );
    },
    [curves, store, series, cursor, look],
  );
  const find = (event: PointerEvent<HTMLCanvasElement>) => {
    const { x, width, height } = placeIn(event);
    return pointAt(curves.points, x, areaOf(width, height));
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
        onPointerMove={(event) => onPoint(find(event))}
        onPointerLeave={() => onPoint(null)}
        onPointerDown={(event) => onKeep(find(event))}
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
