import { useEffect, useMemo, useRef, useState } from 'react';
import type { Box } from '../../viz/columns.ts';
import type { HierarchyLayout } from '../../viz/hierarchy.ts';
import { hierarchyLayout } from '../../viz/hierarchy.ts';
import flows from '../parts/flows.module.css';
import { classes } from '../parts/classes.ts';
import { useAppState } from '../parts/context.ts';
import { Explained } from '../parts/Formula.tsx';
import { useEpisodeSignals } from '../parts/frames.ts';
import { smallType } from '../parts/rem.ts';
import { useStacked } from '../parts/theme.ts';
import { Arrows } from './Arrows.tsx';
import { LayerRow } from './LayerRow.tsx';
import { PixelRow } from './PixelRow.tsx';
import { usePhase } from './usePhase.ts';
import { headings } from './words.ts';
import styles from './Hierarchy.module.css';

const DEFAULT_SIZES: readonly number[] = [784, 360, 360, 360];
const DEFAULT_GROUPS: readonly number[] = [12, 12, 18];
/** The height of a line of type, in its size. */
const LINE = 1.25;

/** The size of an element, and of the page's type in it. */
function useRoom() {
  const room = useRef<HTMLDivElement>(null);
  const [size, setSize] = useState<{ width: number; height: number; line: number } | null>(null);
  const presenting = useAppState((s) => s.presenting);
  useEffect(() => {
    const element = room.current;
    if (element === null) return;
    const measure = () =>
      setSize({
        width: element.clientWidth,
        height: element.clientHeight,
        line: Math.ceil(LINE * smallType()),
      });
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [presenting]);
  return { room, size };
}

/** The network in the middle of the page: every neuron of every layer, the top layer above. */
export function Hierarchy() {
  const config = useAppState((state) => state.model?.config);
  const auxiliary = useAppState(({ model }) => model === null || model.definition.auxiliary);
  const density = useAppState((s) => s.setUp.density);
  const stacked = useStacked();
  const { room, size } = useRoom();
  const layout = useMemo((): HierarchyLayout | null => {
    if (size === null || size.width < 50) return null;
    const competes = config === undefined || config.lateral === 'groups';
    const sizes = config?.sizes ?? DEFAULT_SIZES;
    const groups = competes ? (config?.groups ?? DEFAULT_GROUPS) : sizes.slice(1).map(() => 0);
    const { width, line } = size;
    const height = stacked ? null : size.height;
    return hierarchyLayout({ width, height, sizes, groups, auxiliary, density, line });
  }, [size, config, auxiliary, density, stacked]);

  const signals = useEpisodeSignals();
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
          <Headings layout={layout} story={density === 'story'} />
          <Arrows layout={layout} />
          {layout.rows.map((row) =>
            row.layer === 0 ? (
              <PixelRow
                key={0}
                row={row}
                story={density === 'story'}
                terse={layout.terse}
                above={layout.above}
                signals={signals}
              />
            ) : (
              <LayerRow
                key={row.layer}
                row={row}
                lane={layout.lane}
                terse={layout.terse}
                above={layout.above}
                top={row.layer === layout.rows.length - 1}
                signals={signals}
              />
            ),
          )}
        </>
      )}
    </div>
  );
}

function Headings({ layout, story }: { layout: HierarchyLayout; story: boolean }) {
  const [belief, ...tiles] = layout.headings;
  const words = story ? headings.story : headings.numbers;
  return (
    <>
      {belief !== undefined && belief.width > 0 && !story && (
        <Heading box={belief} colour={flows.down} text={headings.belief} />
      )}
      {words.map(({ text, about, flow }, i) => {
        const box = tiles[i];
        if (box === undefined) return null;
        return (
          <Heading
            key={text}
            box={box}
            colour={flows[flow]}
            text={text}
            {...(about === undefined || layout.terse ? {} : { about })}
          />
        );
      })}
    </>
  );
}

interface HeadingProps {
  box: Box;
  colour: string | undefined;
  text: string;
  about?: string;
}

function Heading({ box, colour, text, about }: HeadingProps) {
  const { x: left, y: top, width, height } = box;
  return (
    <div className={classes(styles.heading, colour)} style={{ left, top, width, height }}>
      <Explained>{text}</Explained>{' '}
      {about !== undefined && <span className={styles.about}>{about}</span>}
    </div>
  );
}
