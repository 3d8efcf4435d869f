import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { FrameScales } from '../../viz/frameScales.ts';
import { createFrameScales } from '../../viz/frameScales.ts';
import type { HierarchyLayout } from '../../viz/hierarchy.ts';
import { hierarchyLayout } from '../../viz/hierarchy.ts';
import flows from '../parts/flows.module.css';
import { classes } from '../parts/classes.ts';
import { useApp, useAppState } from '../parts/context.ts';
import { useStacked } from '../parts/theme.ts';
import { Arrows } from './Arrows.tsx';
import { LayerRow } from './LayerRow.tsx';
import { PixelRow } from './PixelRow.tsx';
import { usePhase } from './usePhase.ts';
import { headings } from './words.ts';
import styles from './Hierarchy.module.css';

const DEFAULT_SIZES: readonly number[] = [784, 360, 360, 360];
const DEFAULT_GROUPS: readonly number[] = [12, 12, 18];

/** The network in the middle of the page: every neuron of every layer, the top layer above. */
export function Hierarchy() {
  const { episode } = useApp();
  const config = useAppState((state) => state.model?.config);
  const auxiliary = useAppState(({ model }) => model === null || model.definition.auxiliary);
  const room = useRef<HTMLDivElement>(null);
  const [size, setSize] = useState<{ width: number; height: number } | null>(null);
  const stacked = useStacked();
  useEffect(() => {
    const element = room.current;
    if (element === null) return;
    const observer = new ResizeObserver(() =>
      setSize({ width: element.clientWidth, height: element.clientHeight }),
    );
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  const layout = useMemo((): HierarchyLayout | null => {
    if (size === null || size.width < 50) return null;
    const competes = config === undefined || config.lateral === 'groups';
    const sizes = config?.sizes ?? DEFAULT_SIZES;
    const groups = competes ? (config?.groups ?? DEFAULT_GROUPS) : sizes.slice(1).map(() => 0);
    return hierarchyLayout({
      width: size.width,
      height: stacked ? null : size.height,
      sizes,
      groups,
      auxiliary,
    });
  }, [size, config, auxiliary, stacked]);

  const scales = useFrameScales();
  const signals = useMemo(() => [episode.changed], [episode]);
  const phase = usePhase();
  return (
    <div
      className={styles.hierarchy}
      data-phase={phase ?? undefined}
      ref={room}
      style={stacked && layout !== null ? { height: layout.height } : undefined}
    >
      {layout !== null && (
        <>
          <Headings layout={layout} />
          <Arrows layout={layout} />
          {layout.rows.map((row) =>
            row.layer === 0 ? (
              <PixelRow
                key={0}
                row={row}
                compact={layout.compact}
                scales={scales}
                signals={signals}
              />
            ) : (
              <LayerRow
                key={row.layer}
                row={row}
                top={row.layer === layout.rows.length - 1}
                compact={layout.compact}
                scales={scales}
                signals={signals}
              />
            ),
          )}
        </>
      )}
    </div>
  );
}

/** Scales that all heatmaps share; whoever paints first brings them up to date. */
function useFrameScales(): FrameScales {
  const { episode } = useApp();
  const [scales] = useState(createFrameScales);
  const update = useCallback(() => scales.update(episode), [scales, episode]);
  return useMemo(
    () => ({
      ...scales,
      activity(layer: number) {
        update();
        return scales.activity(layer);
      },
      error(layer: number) {
        update();
        return scales.error(layer);
      },
      signed(layer: number) {
        update();
        return scales.signed(layer);
      },
    }),
    [scales, update],
  );
}

function Headings({ layout }: { layout: HierarchyLayout }) {
  const { prediction, state, error } = layout.width < 480 ? headings.short : headings.usual;
  const names = [prediction, state, error];
  const colours = [flows.down, undefined, flows.up];
  return (
    <>
      {layout.headings.map(({ x, y, width, height }, i) => (
        <div
          key={names[i]}
          className={classes(styles.heading, colours[i])}
          style={{ left: x, top: y, width: layout.compact ? width : width + 12, height }}
        >
          {names[i]}
        </div>
      ))}
    </>
  );
}
