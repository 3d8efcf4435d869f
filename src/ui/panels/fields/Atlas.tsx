import type { KeyboardEvent, MouseEvent } from 'react';
import { useCallback, useMemo, useRef, useState } from 'react';
import type { FieldsReport } from '../../../protocol/reports.ts';
import {
  atlasLayout,
  blockedLayout,
  gridBox,
  gridItemAt,
  itemByKey,
  orderBy,
  orderInGroups,
} from '../../../viz/atlas.ts';
import type { Surface } from '../../../viz/canvas.ts';
import {
  fieldLimits,
  paintActivityFrames,
  paintAtlas,
  sheetCanvas,
  sheetColours,
} from '../../../viz/fieldSheet.ts';
import { formatNumber, largest } from '../../../viz/scales.ts';
import common from '../../parts/common.module.css';
import scale from '../../parts/scale.module.css';
import { classes } from '../../parts/classes.ts';
import { useApp, useAppState } from '../../parts/context.ts';
import { useEpisodeSignals, useSlowFrames } from '../../parts/frames.ts';
import { Formula } from '../../parts/Formula.tsx';
import { LiveText, PaintedCanvas, placeIn } from '../../parts/painting.tsx';
import { rem } from '../../parts/rem.ts';
import { Save } from '../../save/Save.tsx';
import { SignedScale } from '../../parts/SignedScale.tsx';
import { useLook } from '../../parts/theme.ts';
import { useFields } from './useFields.ts';
import { fields as words } from './words.ts';
import styles from './Atlas.module.css';

/** A field is drawn about this wide (rem). */
const WANTED = 3;
/** Between fields, and the frame of activity inside that room. */
const GAP = 6;
const FRAME = 2.5;
const BLOCK_GAP = 5;
/** While the episode moves, the order by activity follows no faster than this (ms). */
const REORDER = 400;

interface AtlasProps {
  fields: FieldsReport;
  layer: number;
  layers: number;
  /** Neurons that compete; 0 where nobody does. */
  group: number;
}

/** All fields of a layer on one canvas; a second one above it frames those whose neurons are active now. */
export function Atlas({ fields, layer, layers, group }: AtlasProps) {
  const { actions } = useApp();
  const look = useLook();
  const signals = useEpisodeSignals();
  const pinned = useAppState(({ pin }) => (pin?.layer === layer ? pin.index : null));
  const room = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(300);
  const order = useOrder(fields, layer, group);
  const { sheet, limit } = useSheet(fields, layer, layers);
  const { read, limits } = useActivity(layer, fields);
  const byChange = useAppState((s) => s.fieldsOrder === 'change');
  const unchanged = byChange && largest(fields.change) === 0;
  const blocks = useAppState((s) => s.fieldsOrder === 'group') && group > 1;

  const layout = useMemo(
    () =>
      blocks
        ? blockedLayout(fields.neurons, group, width - 2 * FRAME, GAP, BLOCK_GAP)
        : atlasLayout(fields.neurons, width - 2 * FRAME, WANTED * rem(), GAP),
    [blocks, group, fields.neurons, width],
  );
  // Frames of the outermost fields need room too.
  const inset = useCallback(({ context }: Surface) => context.translate(FRAME + 1, FRAME + 1), []);
  const paint = useCallback(
    (surface: Surface) => {
      setWidth(surface.width - 2);
      inset(surface);
      paintAtlas(surface, layout, order, sheet, fields);
    },
    [layout, order, sheet, fields, inset],
  );
  const paintFrames = useCallback(
    (surface: Surface) => {
      inset(surface);
      paintActivityFrames(surface, layout, order, read(), limits(), pinned, {
        map: look.palette.activity,
        pinned: look.colours.ink,
        line: FRAME,
      });
    },
    [layout, order, read, limits, pinned, look, inset],
  );
  const find = (event: MouseEvent<HTMLElement>): number | null => {
    const { x, y } = placeIn(event);
    const place = gridItemAt(layout, order.length, x - FRAME - 1, y - FRAME - 1);
    return place === null ? null : (order[place] ?? null);
  };
  const onKey = (event: KeyboardEvent<HTMLElement>) => {
    if (event.key === 'Enter' && pinned !== null) return actions.showPanel('neuron');
    const place = pinned === null ? -1 : order.indexOf(pinned);
    const next = place < 0 ? 0 : itemByKey(layout, order.length, place, event.key);
    const index = next === null ? undefined : order[next];
    if (index === undefined || !/^(Arrow|Home|End)/.test(event.key)) return;
    event.preventDefault();
    actions.mark({ layer, index });
    revealPlace(room.current, gridBox(layout, next ?? 0).y);
  };
  return (
    <>
      <p className={common.hint}>{layer === 1 ? words.about : words.aboutHigher}</p>
      {unchanged && <p className={classes(common.hint, common.strong)}>{words.unchanged}</p>}
      <div className={styles.legend}>
        {limit === null ? (
          <span className={scale.caption}>
            <span className={classes(scale.ramp, scale.signed)} /> {words.unitLegend}
          </span>
        ) : (
          <SignedScale limit={formatNumber(limit, 2)} />
        )}
        <span className={scale.caption}>
          {words.frames} 0 <span className={classes(scale.ramp, scale.activity)} />{' '}
          <LiveText read={() => formatNumber(limits(), 2)} signals={signals} />
        </span>
        <Save
          of={room}
          what={words.picture(layer)}
          more={() => (limit === null ? words.unitLegend : words.limits(formatNumber(limit, 2)))}
        />
      </div>
      <Chosen fields={fields} layer={layer} pinned={pinned} read={read} />
      <div className={styles.room}>
        <div
          ref={room}
          className={styles.atlas}
          role="application"
          aria-label={words.atlas}
          tabIndex={0}
          onKeyDown={onKey}
          onClick={(event) => {
            const index = find(event);
            if (index !== null) actions.mark({ layer, index });
          }}
          style={{ height: layout.height + 2 * FRAME + 4 }}
        >
          <PaintedCanvas
            role="img"
            aria-label={words.canvas}
            data-testid="fields-atlas"
            paint={paint}
          />
          <PaintedCanvas aria-hidden="true" paint={paintFrames} signals={signals} />
        </div>
      </div>
    </>
  );
}

/** Scrolls the panel so that a row of the atlas can be seen. */
function revealPlace(atlas: HTMLElement | null, y: number): void {
  const scrolls = ({ scrollHeight, clientHeight }: HTMLElement) => scrollHeight > clientHeight + 1;
  const around = [`.${styles.room}`, '#details-panel'].map((one) =>
    atlas?.closest<HTMLElement>(one),
  );
  const panel = around.find((one) => one && scrolls(one));
  if (!atlas || !panel) return;
  const at = atlas.getBoundingClientRect().top + y;
  const { top, bottom } = panel.getBoundingClientRect();
  if (at < top + 60) panel.scrollTop += at - top - 60;
  else if (at > bottom - 60) panel.scrollTop += at - bottom + 60;
}

/** The pinned neuron of the layer in a line, and the way to all about it. */
function Chosen({
  fields,
  layer,
  pinned,
  read,
}: {
  fields: FieldsReport;
  layer: number;
  pinned: number | null;
  read(): ArrayLike<number> | null;
}) {
  const { actions } = useApp();
  const signals = useEpisodeSignals();
  if (pinned === null)
    return <p className={classes(styles.chosen, common.hint, common.strong)}>{words.hint}</p>;
  const values = () =>
    words.values(formatNumber(read()?.[pinned]), formatNumber(fields.change[pinned]));
  return (
    <div className={styles.chosen}>
      <span>
        <b data-testid="atlas-chosen">{words.chosen(pinned)}</b>{' '}
        <Formula>{`φ(z_${layer})`}</Formula>{' '}
        <LiveText className={classes(common.soft, common.number)} read={values} signals={signals} />
      </span>
      <button type="button" onClick={() => actions.pin({ layer, index: pinned })}>
        {words.open}
      </button>
    </div>
  );
}

/** Activity of the layer: at the step on show, or where pictures come in batches their mean. */
function useActivity(layer: number, fields: FieldsReport) {
  const { episode } = useApp();
  return useMemo(() => {
    const read = (): ArrayLike<number> | null => {
      const section = episode.info?.layout.states[layer - 1];
      const states = section ? episode.read(section) : null;
      return states?.length === fields.neurons ? states : fields.activity;
    };
    return { read, limits: () => largest(read() ?? []) };
  }, [episode, layer, fields]);
}

/** The order of the fields; by activity it follows the episode, at a pace one can look at. */
function useOrder(fields: FieldsReport, layer: number, group: number): readonly number[] {
  const order = useAppState((s) => s.fieldsOrder);
  const { read } = useActivity(layer, fields);
  const live = order === 'activity' || order === 'group';
  const frames = useSlowFrames(REORDER);
  const tick = live ? frames : 0;
  const keep = useMemo(() => createKeeper(), []);
  return useMemo(() => {
    const { neurons, change } = fields;
    if (order === 'change') return keep(orderBy(change, neurons));
    if (order === 'activity') return keep(orderBy(read(), neurons));
    const grouped = order === 'group' && group > 1;
    return keep(grouped ? orderInGroups(read() ?? [], neurons, group) : orderBy(null, neurons));
    // oxlint-disable-next-line react/exhaustive-deps -- `tick` tells that activity is another one
  }, [order, fields, group, read, keep, tick]);
}

/** Gives the last list again where the next one is the same: nothing is painted anew then. */
function createKeeper() {
  let last: readonly number[] = [];
  return (next: readonly number[]): readonly number[] => {
    if (next.length !== last.length || next.some((value, i) => value !== last[i])) last = next;
    return last;
  };
}

/** The sheet of coloured fields, made once for each state of the weights, scale and theme; and the scale's limit if fields share one. */
function useSheet(fields: FieldsReport, layer: number, layers: number) {
  const look = useLook();
  const scale = useAppState((s) => s.fieldsScale);
  const held = useAppState((s) => s.fields);
  // Layers are asked for one after the other, until all are there.
  const missing = Array.from({ length: layers }, (_, i) => i + 1).find((l) => !held.has(l));
  useFields(scale === 'all' ? (missing ?? null) : null);
  const own = useMemo(() => fieldLimits(fields), [fields]);
  const limit = useMemo(() => {
    if (scale === 'unit') return null;
    if (scale === 'layer') return largest(own);
    const others = [...held].filter(([l]) => l !== layer);
    return Math.max(largest(own), ...others.map(([, one]) => largest(one.values)));
  }, [scale, own, held, layer]);
  const sheet = useMemo(
    () => sheetCanvas(sheetColours(fields, look.palette.signed, (n) => limit ?? own[n] ?? 0)),
    [fields, look, limit, own],
  );
  return { sheet, limit };
}
