import type { FieldsOrder, FieldsScale } from '../../../store/state.ts';
import common from '../../parts/common.module.css';
import panel from '../panel.module.css';
import { classes } from '../../parts/classes.ts';
import { useApp, useAppState } from '../../parts/context.ts';
import { Field } from '../../parts/Field.tsx';
import { SynapsesSince } from '../SynapsesSince.tsx';
import { Atlas } from './Atlas.tsx';
import { useFields } from './useFields.ts';
import { fields as words } from './words.ts';
import styles from './FieldsPanel.module.css';

const SCALES: readonly FieldsScale[] = ['unit', 'layer', 'all'];

/** The receptive fields of a layer, all at once. */
export function FieldsPanel() {
  const { actions } = useApp();
  const layer = useAppState((s) => s.fieldsLayer);
  const order = useAppState((s) => s.fieldsOrder);
  const scale = useAppState((s) => s.fieldsScale);
  const layers = useAppState((s) => (s.model?.config.sizes.length ?? 4) - 1);
  const group = useAppState(({ model }) =>
    model?.config.lateral === 'groups' ? (model.config.groups[layer - 1] ?? 0) : 0,
  );
  const fields = useFields(layer);
  const orders = (Object.keys(words.orders) as FieldsOrder[]).filter(
    (o) => o !== 'group' || group > 1,
  );
  return (
    <div className={panel.panel}>
      <SynapsesSince />
      <div className={styles.controls}>
        <Field label={words.layer} stacked>
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
        <Field label={words.order} stacked>
          <select
            value={orders.includes(order) ? order : 'index'}
            onChange={(event) => actions.setFieldsOrder(event.target.value as FieldsOrder)}
          >
            {orders.map((one) => (
              <option key={one} value={one}>
                {words.orders[one]}
              </option>
            ))}
          </select>
        </Field>
        <Field label={words.scale} stacked>
          <select
            value={scale}
            onChange={(event) => actions.setFieldsScale(event.target.value as FieldsScale)}
          >
            {SCALES.map((one) => (
              <option key={one} value={one}>
                {words.scales[one]}
              </option>
            ))}
          </select>
        </Field>
      </div>
      {fields === null ? (
        <p className={classes(common.hint, common.strong)}>{words.none}</p>
      ) : (
        <Atlas fields={fields} layer={layer} group={group} layers={layers} />
      )}
    </div>
  );
}
