import buttons from '../parts/buttons.module.css';
import { useApp, useAppState } from '../parts/context.ts';
import { network as words } from './words.ts';

/** The way back from weight updates: one step, or all of them. Nothing where there are none. */
export function TakeBack() {
  const { actions } = useApp();
  const restorable = useAppState((s) => s.model?.restorable ?? false);
  const undoable = useAppState((s) => s.model?.undoable ?? 0);
  if (!restorable) return null;
  return (
    <div className={buttons.row}>
      <button
        type="button"
        className={buttons.wide}
        disabled={undoable === 0}
        title={words.undoTitle(undoable)}
        onClick={() => void actions.undoUpdates(false)}
      >
        {words.undoUpdate}
      </button>
      <button type="button" className={buttons.wide} onClick={() => void actions.undoUpdates(true)}>
        {words.asItWas}
      </button>
    </div>
  );
}
