import { useApp, useAppState } from '../parts/context.ts';
import { live as words } from './words.ts';
import styles from './LiveSwitch.module.css';

/** Whether the network watches while one draws. */
export function LiveSwitch() {
  const { actions } = useApp();
  const live = useAppState((s) => s.live);
  return (
    <label className={styles.switch} title={live ? words.on : words.off}>
      <input
        type="checkbox"
        role="switch"
        checked={live}
        onChange={(event) => actions.setLive(event.target.checked)}
      />
      <span>{words.label}</span>
    </label>
  );
}
