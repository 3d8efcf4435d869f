import type { KeyboardEvent, PointerEvent } from 'react';
import { useCallback, useMemo, useState } from 'react';
import type { LatentMapReport } from '../../../protocol/latents.ts';
import { drawingPlace, drawnCode, mapPicture } from '../../../store/latents.ts';
import type { Surface } from '../../../viz/canvas.ts';
import { figureLook } from '../../../viz/lab/look.ts';
import type { MapLook } from '../../../viz/latentMap.ts';
import {
  hueOf,
  mapClasses,
  mapFrame,
  paintMap,
  paintMarks,
  pointAt,
  pointByKey,
} from '../../../viz/latentMap.ts';
import common from '../../parts/common.module.css';
import { classes } from '../../parts/classes.ts';
import { useApp, useOnShow } from '../../parts/context.ts';
import { useEpisodeSignals } from '../../parts/frames.ts';
import { PaintedCanvas, placeIn } from '../../parts/painting.tsx';
import { Picture } from '../../parts/Picture.tsx';
import { rem } from '../../parts/rem.ts';
import { useLook } from '../../parts/theme.ts';
import { latents as words } from './words.ts';
import styles from './LatentsPanel.module.css';

/** From so far (CSS pixels) a pointer finds a dot. */
const REACH = 14;
/** More classes than this have no name on the map. */
const NAMED = 20;

function useMapLook(): MapLook {
  const look = useLook();
  return useMemo(() => {
    const { ink, soft, panel } = look.colours;
    const { hues } = figureLook(look.kind, look.colours, look.font);
    return { hues, ink, soft, ground: panel, font: look.font, fontSize: 1.1 * rem() };
  }, [look]);
}

interface LatentMapProps {
  map: LatentMapReport;
  /** Whether it is not of the present any more. */
  stale: boolean;
}

/** The map, the image that is looked at, and the classes. */
export function LatentMap({ map, stale }: LatentMapProps) {
  const { actions } = useApp();
  const [hovered, setHovered] = useState<number | null>(null);
  const [walked, setWalked] = useState<number | null>(null);
  const [lit, setLit] = useState<number | null>(null);
  const at = hovered ?? walked;
  const nameOf = (point: number) => {
    const label = map.labels?.[point];
    return label === undefined ? null : (map.classNames[label] ?? String(label));
  };
  const settle = (point: number) => {
    const origin = words.origin(map.indices[point]!, nameOf(point));
    void actions.usePicture(mapPicture(map, point), origin);
    actions.showPanel('latents');
  };
  const found = (event: PointerEvent<HTMLCanvasElement>) => {
    const { x, y, width, height } = placeIn(event);
    return pointAt(map.points, mapFrame(map.points, width, height), x, y, REACH);
  };
  const onKey = (event: KeyboardEvent<HTMLCanvasElement>) => {
    if (event.key === 'Enter' && at !== null) return settle(at);
    const next = pointByKey(map.points, at ?? 0, event.key);
    if (next === null) return;
    event.preventDefault();
    event.stopPropagation();
    setHovered(null);
    setWalked(next);
  };
  return (
    <>
      <div className={classes(styles.room, stale && styles.stale)}>
        <Dots
          map={map}
          lit={lit}
          onPointerMove={(event) => setHovered(found(event))}
          onPointerLeave={() => setHovered(null)}
          onPointerDown={(event) => {
            const point = found(event);
            setWalked(point);
            if (point !== null) settle(point);
          }}
          onKeyDown={onKey}
        />
        <Marks map={map} at={at} />
      </div>
      <Image map={map} at={at} name={at === null ? null : nameOf(at)} />
      <Classes map={map} lit={lit} onLight={setLit} />
    </>
  );
}

interface DotsProps {
  map: LatentMapReport;
  lit: number | null;
  onPointerMove(event: PointerEvent<HTMLCanvasElement>): void;
  onPointerLeave(): void;
  onPointerDown(event: PointerEvent<HTMLCanvasElement>): void;
  onKeyDown(event: KeyboardEvent<HTMLCanvasElement>): void;
}

/** A dot an image. */
function Dots({ map, lit, ...handlers }: DotsProps) {
  const look = useMapLook();
  const paint = useCallback(
    (surface: Surface) => {
      const { points, labels, classNames } = map;
      const groups = mapClasses(points, labels, classNames);
      const frame = mapFrame(points, surface.width, surface.height);
      paintMap(surface, map, groups, frame, look, { lit, named: groups.length <= NAMED });
    },
    [map, lit, look],
  );
  return (
    <PaintedCanvas
      className={styles.map}
      role="application"
      aria-label={words.map(map.dataset)}
      tabIndex={0}
      data-testid="latent-map"
      data-projection={map.placing.kind}
      data-points={map.indices.length}
      paint={paint}
      {...handlers}
    />
  );
}

/** What is looked at, and where the drawing lies at the step on show: at frame rate, over the dots. */
function Marks({ map, at }: { map: LatentMapReport; at: number | null }) {
  const { episode } = useApp();
  const look = useMapLook();
  const signals = useEpisodeSignals();
  const paint = useCallback(
    (surface: Surface) => {
      const { points } = map;
      const frame = mapFrame(points, surface.width, surface.height);
      const point = at === null ? null : ([points[2 * at]!, points[2 * at + 1]!] as const);
      const drawing = drawingPlace(map, episode);
      paintMarks(surface, frame, look, { at: point, drawing, name: words.drawing });
    },
    [map, at, episode, look],
  );
  return (
    <PaintedCanvas className={styles.marks} aria-hidden="true" paint={paint} signals={signals} />
  );
}

interface ImageProps {
  map: LatentMapReport;
  at: number | null;
  name: string | null;
}

/** The image of the dot that is looked at. */
function Image({ map, at, name }: ImageProps) {
  const placed = useOnShow((episode) => drawnCode(map, episode) !== null);
  return (
    <div className={styles.image}>
      <span className={styles.picture}>
        {at !== null && <Picture pixels={mapPicture(map, at)} />}
      </span>
      <p aria-live="polite" data-testid="latent-image">
        {at === null ? (
          <span className={common.soft}>
            {words.point} {!placed && words.nowhere}
          </span>
        ) : (
          <>
            <b>{words.image(map.indices[at]!, name)}</b>
            <br />
            <span className={classes(common.soft, common.small)}>{words.press}</span>
          </>
        )}
      </p>
    </div>
  );
}

interface ClassesProps {
  map: LatentMapReport;
  lit: number | null;
  onLight(label: number | null): void;
}

/** The classes by name; pressed, one stands out. */
function Classes({ map, lit, onLight }: ClassesProps) {
  const look = useMapLook();
  const groups = useMemo(() => mapClasses(map.points, map.labels, map.classNames), [map]);
  if (map.labels === null) return <p className={common.hint}>{words.unlabelled}</p>;
  if (groups.length > NAMED) return <p className={common.hint}>{words.many(groups.length)}</p>;
  return (
    <fieldset className={styles.legend} aria-label={words.classes}>
      {groups.map(({ label, name, count }) => (
        <button
          key={label}
          type="button"
          aria-pressed={lit === label}
          title={words.one(name, count)}
          onClick={() => onLight(lit === label ? null : label)}
        >
          <span className={styles.dot} style={{ background: hueOf(look, label) }} />
          {name}
        </button>
      ))}
    </fieldset>
  );
}
