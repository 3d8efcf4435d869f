import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { causesOf } from '../../../store/composition.ts';
import { sideOf } from '../../../viz/atlas.ts';
import type { Surface } from '../../../viz/canvas.ts';
import { UNKNOWN_CSS } from '../../../viz/colour.ts';
import type { PathNode } from '../../../viz/paths.ts';
import { keyOf, pathDiagram } from '../../../viz/paths.ts';
import { paintPicture } from '../../../viz/picture.ts';
import { formatNumber, largest } from '../../../viz/scales.ts';
import common from '../../parts/common.module.css';
import scale from '../../parts/scale.module.css';
import { useApp, useAppState } from '../../parts/context.ts';
import { useSlowFrames } from '../../parts/frames.ts';
import { PaintedCanvas } from '../../parts/painting.tsx';
import { rem } from '../../parts/rem.ts';
import { useLook } from '../../parts/theme.ts';
import { useFields } from '../fields/useFields.ts';
import { names } from '../words.ts';
import { useActivityReader } from './useComposition.ts';
import { composition as words } from './words.ts';
import styles from './CompositionPaths.module.css';

/** So many neurons of the layers above are named for each neuron. */
const CAUSES = 3;
/** Of those, the strongest ones of their own. */
const CAUSES_ABOVE = 2;
const NODE_REM = 3.2;
const NAME_REM = 1.15;
const ROW_REM = 6.8;
const PACE = 120;

/** Who in the layers above switches a feature on or off, as a diagram: the wider a line, the more it adds. */
export function CompositionPaths({ index }: { index: number }) {
  const { actions } = useApp();
  const room = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(300);
  useEffect(() => {
    const element = room.current;
    if (element === null) return;
    const observer = new ResizeObserver(() => setWidth(element.clientWidth));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  const layers = useAppState((s) => (s.model?.config.sizes.length ?? 2) - 1);
  useFields(1);
  useFields(layers >= 2 ? 2 : null);
  useFields(layers >= 3 ? 3 : null);
  const activity = useActivityReader();
  const synapses = useAppState((s) => s.synapses);
  const tick = useSlowFrames(PACE);
  const phi = activity();
  const node = NODE_REM * rem();
  const active = phi?.[0]?.[index] ?? 0;
  const diagram = useMemo(() => {
    const now = activity();
    if (now === null) return null;
    const causes = causesOf(now, synapses, 1, index, CAUSES).map((cause) => ({
      ...cause,
      causes: cause.causes.slice(0, CAUSES_ABOVE),
    }));
    const sizes = { node, name: NAME_REM * rem(), row: ROW_REM * rem() };
    return pathDiagram({ layer: 1, index, causes }, width, sizes);
    // oxlint-disable-next-line react/exhaustive-deps -- `tick` tells that the frame is another one
  }, [activity, synapses, index, width, node, tick]);
  if (diagram === null) return null;
  const pin = ({ layer, index: of }: PathNode) => actions.pin({ layer, index: of });
  return (
    <section aria-label={words.pathsName}>
      <h3>{words.paths(index)}</h3>
      {active === 0 && <p className={common.hint}>{words.pathsOff(index)}</p>}
      {diagram.links.length === 0 && <p className={common.hint}>{words.pathsNone}</p>}
      <p className={styles.legend}>
        <span className={scale.caption}>
          <svg width="22" height="8" aria-hidden="true">
            <line x2="22" y1="4" y2="4" className={styles.on} strokeWidth="4" />
          </svg>
          {words.on}
        </span>
        <span className={scale.caption}>
          <svg width="22" height="8" aria-hidden="true">
            <line x2="22" y1="4" y2="4" className={styles.off} strokeWidth="4" />
          </svg>
          {words.off}
        </span>
      </p>
      <div className={styles.room} ref={room} style={{ height: diagram.height }}>
        <svg width={width} height={diagram.height} aria-hidden="true">
          {diagram.links.map((link) => (
            <path
              key={`${link.from}-${link.to}`}
              d={link.path}
              className={link.strength > 0 ? styles.on : styles.off}
              style={Number.isFinite(link.strength) ? undefined : { stroke: UNKNOWN_CSS }}
              strokeWidth={link.width}
            >
              <title>{`${link.through}: ${formatNumber(link.strength)}`}</title>
            </path>
          ))}
        </svg>
        {diagram.nodes.map((one) => (
          <PathThumbnail
            key={keyOf(one)}
            node={one}
            activity={phi?.[one.layer - 1]?.[one.index]}
            onPin={pin}
          />
        ))}
      </div>
      <p className={common.hint}>{words.pathsFoot}</p>
    </section>
  );
}

interface ThumbnailProps {
  node: PathNode;
  activity: number | undefined;
  onPin(node: PathNode): void;
}

/** A neuron of the diagram as its field; pressing it pins it. */
function PathThumbnail({ node, activity, onPin }: ThumbnailProps) {
  const look = useLook();
  const { layer, index, x, y, size } = node;
  const fields = useAppState((s) => s.fields.get(layer) ?? null);
  const paint = useCallback(
    (surface: Surface) => {
      if (fields === null) return;
      const { values, pixels } = fields;
      const field = values.subarray(index * pixels, (index + 1) * pixels);
      const limit = largest(field);
      const all = { x: 0, y: 0, width: surface.width, height: surface.height };
      const scale = { low: -limit, high: limit };
      paintPicture(surface, field, sideOf(pixels), look.palette.signed, scale, all);
    },
    [fields, index, look],
  );
  const name = names.neuron(index, layer);
  return (
    <button
      type="button"
      className={styles.node}
      data-pictured
      aria-label={`${name}, φ ${formatNumber(activity, 2)}`}
      title={name}
      style={{ left: x - size / 2, top: y, width: size, height: size }}
      onClick={() => onPin(node)}
    >
      <PaintedCanvas aria-hidden="true" paint={paint} />
      <span className={styles.name}>
        z<sub>{layer}</sub> {index}
      </span>
    </button>
  );
}
