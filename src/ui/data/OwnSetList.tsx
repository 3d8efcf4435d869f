import type { OwnSet } from '../../protocol/data.ts';
import { classes } from '../parts/classes.ts';
import common from '../parts/common.module.css';
import { useApp, useAppState } from '../parts/context.ts';
import { bytes, moment } from '../parts/format.ts';
import { Undone } from './Undone.tsx';
import { own as words } from './words.ts';
import styles from './DataDialog.module.css';

/** Images of one's own that this browser keeps: to use, to delete, to have back. */
export function OwnSetList({ sets }: { sets: readonly OwnSet[] }) {
  const { actions } = useApp();
  const removed = useAppState((s) => s.removedSet);
  return (
    <>
      {removed !== null && (
        <Undone says={words.removed(removed)} onUndo={() => void actions.restoreOwnSet()} />
      )}
      <ul className={styles.list} data-testid="own-sets">
        {sets.map((set) => (
          <li key={set.id} className={styles.entry}>
            <div className={styles.about}>
              <h4 title={set.title}>{set.title}</h4>
              <p className={classes(common.hint, common.number)}>
                {words.about1(set)} · {bytes(set.bytes)} · {words.kept(moment(set.saved))}
              </p>
            </div>
            <div className={styles.does}>
              <button
                type="button"
                aria-label={words.useOf(set.title)}
                onClick={() => void actions.openOwnSet(set.id)}
              >
                {words.use}
              </button>
              <button
                type="button"
                aria-label={words.removeOf(set.title)}
                onClick={() => void actions.removeOwnSet(set.id)}
              >
                {words.remove}
              </button>
            </div>
          </li>
        ))}
      </ul>
    </>
  );
}
