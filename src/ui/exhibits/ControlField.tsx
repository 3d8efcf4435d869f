import type { Control, RangeControl } from '../../exhibits/exhibit.ts';
import { useApp } from '../parts/context.ts';
import { placeOf, places, valueOf } from './rangePlaces.ts';
import styles from './Controls.module.css';

/** One control of an exhibit: its name, what it does when one asks, and how it stands. */
export function ControlField({ control, value }: { control: Control; value: unknown }) {
  const { actions } = useApp();
  const { key, title, hint } = control;
  const set = (next: number | string | boolean) => actions.changeExhibit({ [key]: next });
  switch (control.kind) {
    case 'range':
      return <Range control={control} value={Number(value)} onSet={set} />;
    case 'choice':
      return (
        <label className={styles.field} title={hint}>
          <span className={styles.name}>
            <span>{title}</span>
          </span>
          <select value={String(value)} onChange={({ target }) => set(target.value)}>
            {control.choices.map((choice) => (
              <option key={choice.value} value={choice.value}>
                {choice.title}
              </option>
            ))}
          </select>
        </label>
      );
    case 'toggle':
      return (
        <label className={styles.toggle} title={hint}>
          <input
            type="checkbox"
            checked={value === true}
            onChange={({ target }) => set(target.checked)}
          />
          <span>{title}</span>
        </label>
      );
    default:
      return control satisfies never;
  }
}

interface RangeProps {
  control: RangeControl;
  value: number;
  onSet(value: number): void;
}

function Range({ control, value, onSet }: RangeProps) {
  const { title, hint, unit } = control;
  const text = `${String(value).replace('-', '−')}${unit === undefined ? '' : ` ${unit}`}`;
  return (
    <label className={styles.field} title={hint}>
      <span className={styles.name}>
        <span>{title}</span>
        <b>{text}</b>
      </span>
      <input
        type="range"
        aria-label={title}
        aria-valuetext={text}
        min={0}
        max={places(control)}
        step={1}
        value={placeOf(control, value)}
        onChange={({ target }) => onSet(valueOf(control, Number(target.value)))}
      />
    </label>
  );
}
