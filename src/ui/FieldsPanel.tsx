import { useCallback, useMemo, useState } from 'react';
import type { PointerEvent } from 'react';
import type { FieldsOrder } from '../store/state.ts';
import { atlasLayout, gridItemAt, orderBy, paintAtlas } from '../viz/atlas.ts';
import type { Surface } from '../viz/canvas.ts';
import { formatNumber } from '../viz/scales.ts';
import { useApp, useAppState } from './context.ts';
import { Field } from './controls.tsx';
import { PaintedCanvas, placeIn } from './painting.tsx';
import { strings } from './strings.ts';
import { useLook } from './theme.ts';
import { useFields } from './useFields.ts';

const words = strings.fields;
const ORDERS: readonly FieldsOrder[] = ['index', 'activity', 'change'];
/** A field is drawn about this wide (rem). */
const WANTED = 3;
const GAP = 3;

/** The receptive fields of a layer, all at once. */
export function FieldsPanel() {
  const { actions } = useApp();
  const layer = useAppState((s) => s.fieldsLayer);
  const order = useAppState((s) => s.fieldsOrder);
  const layers = useAppState((s) => (s.model?.config.sizes.length ?? 4) - 1);
  const pinned = useAppState(({ pin }) => (pin?.layer === layer ? pin.index : null));
  const fields = useFields(layer);
  const look = useLook();
  const [hovered, setHovered] = useState<number | null>(null);
  const [width, setWidth] = useState(300);

  const rem = parseFloat(getComputedStyle(document.documentElement).fontSize);
  const layout = useMemo(
    () => atlasLayout(fields?.neurons ?? 1, width, WANTED * rem, GAP),
    [fields?.neurons, width, rem],
  );
  const sorted = useMemo(() => {
    if (fields === null) return [];
    const by = { index: null, activity: fields.activity, change: fields.change }[order];
    return orderBy(by, fields.neurons);
  }, [fields, order]);
  const paint = useCallback(
    (surface: Surface) => {
      setWidth(surface.width);
      if (fields === null) return;
      const { values, pixels } = fields;
      paintAtlas(surface, layout, sorted, values, pixels, look.palette, pinned, look.colours.side);
    },
    [fields, layout, sorted, look, pinned],
  );
  const find = (event: PointerEvent<HTMLCanvasElement>): number | null => {
    const { x, y } = placeIn(event);
    const place = gridItemAt(layout, sorted.length, x, y);
    return place === null ? null : (sorted[place] ?? null);
  };
  const text =
    fields === null
      ? words.none
      : hovered === null
        ? words.hint
        : words.hover(
            hovered,
            formatNumber(fields.activity[hovered]),
            formatNumber(fields.change[hovered]),
          );
  return (
    <div className="fields-panel">
      <div className="field-row">
        <Field label={words.layer}>
          <select
            value={layer}
            onChange={(event) => actions.setFieldsLayer(Number(event.target.value))}
          >
            {Array.from({ length: layers }, (_, i) => (
              <option key={i} value={i + 1}>
                {i + 1}
              </option>
            ))}
          </select>
        </Field>
        <Field label={words.order}>
          <select
            value={order}
            onChange={(event) => actions.setFieldsOrder(event.target.value as FieldsOrder)}
          >
            {ORDERS.map((one) => (
              <option key={one} value={one}>
                {words.orders[one]}
              </option>
            ))}
          </select>
        </Field>
      </div>
      <p className="hint">{layer === 1 ? words.about : words.aboutHigher}</p>
      <p className="hint strong">{text}</p>
      <div className="atlas">
        <PaintedCanvas
          role="img"
          aria-label={words.canvas}
          data-testid="fields-atlas"
          style={{ height: fields === null ? 200 : layout.height }}
          paint={paint}
          onPointerMove={(event) => setHovered(find(event))}
          onPointerLeave={() => setHovered(null)}
          onClick={(event) => {
            const index = find(event as PointerEvent<HTMLCanvasElement>);
            if (index !== null) actions.pin({ layer, index });
          }}
        />
      </div>
    </div>
  );
}
