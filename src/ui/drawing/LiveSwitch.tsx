import common from '../parts/common.module.css';
import { useApp, useAppState } from '../parts/context.ts';
import { live as words, drawing } from './words.ts';
import styles from './LiveSwitch.module.css';

/** Whether the network watches while one draws; beside it, what the tool in hand does. */
export function LiveSwitch() {
  const { actions } = useApp();
  const live = useAppState((s) => s.live);
  const tool = useAppState((s) => s.tool);
  const hint = tool === 'draw' ? (live ? words.on : words.off) : drawing.hints[tool];
  return (
    <div className={styles.row}>
      <label className={styles.switch}>
        <input
          type="checkbox"
          role="switch"
          checked={live}
          onChange={(event) => actions.setLive(event.target.checked)}
        />
        <span>{words.label}</span>
      </label>
      <p className={common.hint}>{hint}</p>
    </div>
  );
}
