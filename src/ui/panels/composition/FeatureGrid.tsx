import type { KeyboardEvent, MouseEvent } from 'react';
import { useCallback, useMemo, useState } from 'react';
import type { Composition } from '../../../store/composition.ts';
import { atlasLayout, gridItemAt, itemByKey } from '../../../viz/atlas.ts';
import type { Surface } from '../../../viz/canvas.ts';
import { featureLayout, paintFeatures } from '../../../viz/features.ts';
import { useEpisodeSignals } from '../../parts/frames.ts';
import { PaintedCanvas, placeIn } from '../../parts/painting.tsx';
import { rem, smallType } from '../../parts/rem.ts';
import { useLook } from '../../parts/theme.ts';
import { composition as words } from './words.ts';
import styles from './FeatureGrid.module.css';

/** A feature is drawn about this wide (rem). */
const WANTED = 3.5;
const GAP = 5;

interface FeatureGridProps {
  read(): Composition | null;
  most: number;
  /** Features beyond this one are not added up yet. */
  stage: number;
  selected: number;
  onSelect(index: number): void;
}

/** The strongest features of layer 1, each with its neuron's activity; a click or the arrow keys choose one. */
export function FeatureGrid({ read, most, stage, selected, onSelect }: FeatureGridProps) {
  const look = useLook();
  const signals = useEpisodeSignals();
  const [width, setWidth] = useState(300);
  const layout = useMemo(
    () => featureLayout(atlasLayout(most, width, WANTED * rem(), GAP), 0.95 * rem()),
    [most, width],
  );
  const paint = useCallback(
    (surface: Surface) => {
      setWidth(surface.width);
      const parts = read()?.parts ?? [];
      const { ink, soft, panel } = look.colours;
      paintFeatures(surface, layout, parts, { stage, selected }, look.palette.signed, {
        ...{ ink, soft, panel },
        font: look.font,
        fontSize: smallType(),
      });
    },
    [read, layout, look, stage, selected],
  );
  const choose = (place: number | null) => {
    const part = place === null ? undefined : read()?.parts[place];
    if (part !== undefined) onSelect(part.index);
  };
  const onClick = (event: MouseEvent<HTMLCanvasElement>) => {
    const { x, y } = placeIn(event);
    choose(gridItemAt(layout, most, x, y));
  };
  const onKey = (event: KeyboardEvent<HTMLCanvasElement>) => {
    const parts = read()?.parts ?? [];
    const place = parts.findIndex(({ index }) => index === selected);
    const next = itemByKey(layout, parts.length, Math.max(0, place), event.key);
    if (next === null) return;
    event.preventDefault();
    choose(next);
  };
  return (
    <PaintedCanvas
      className={styles.grid}
      role="application"
      aria-label={words.grid}
      tabIndex={0}
      data-testid="composition-features"
      style={{ height: layout.height }}
      paint={paint}
      signals={signals}
      onClick={onClick}
      onKeyDown={onKey}
    />
  );
}
