import { updatesByUser } from '../../store/weights.ts';
import buttons from '../parts/buttons.module.css';
import { useApp, useAppState } from '../parts/context.ts';
import { network as words } from './words.ts';
import styles from './TakeBack.module.css';

/** The way back from weight updates: one step, or all of them; `named` says how many there were. Nothing where there are none. */
export function TakeBack({ named = false }: { named?: boolean }) {
  const { actions } = useApp();
  const restorable = useAppState((s) => s.model?.restorable ?? false);
  const updates = useAppState((s) => (s.model === null ? 0 : updatesByUser(s.model)));
  const undoable = useAppState((s) => s.model?.undoable ?? 0);
  if (!restorable) return null;
  return (
    <div className={named ? styles.row : buttons.row}>
      {named && updates > 0 && <span className={styles.named}>{words.byYou(updates)}</span>}
      <button
        type="button"
        className={named ? undefined : buttons.wide}
        disabled={undoable === 0}
        title={words.undoTitle(undoable)}
        onClick={() => void actions.undoUpdates(false)}
      >
        {words.undoUpdate}
      </button>
      <button
        type="button"
        className={named ? undefined : buttons.wide}
        onClick={() => void actions.undoUpdates(true)}
      >
        {words.asItWas}
      </button>
    </div>
  );
}
