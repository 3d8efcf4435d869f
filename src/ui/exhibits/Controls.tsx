import type { Control, Values } from '../../exhibits/exhibit.ts';
import { ControlField } from './ControlField.tsx';
import { hall as words } from './words.ts';
import styles from './Controls.module.css';

/** What decides how an exhibit goes: at most three in sight, the others in a drawer. */
export function Controls({ controls, values }: { controls: readonly Control[]; values: Values }) {
  const drawer = controls.filter(({ inDrawer }) => inDrawer === true);
  const inSight = controls.filter((control) => !drawer.includes(control));
  const fields = (some: readonly Control[]) =>
    some.map((control) => <ControlField key={control.key} control={control} value={values[control.key] ?? control.usual} />); // prettier-ignore
  return (
    <div className={styles.controls}>
      {inSight.length > 0 && <div className={styles.row}>{fields(inSight)}</div>}
      {drawer.length > 0 && (
        <details className={styles.drawer}>
          <summary>{words.moreControls}</summary>
          <div className={styles.row}>{fields(drawer)}</div>
        </details>
      )}
    </div>
  );
}
