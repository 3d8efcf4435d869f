import buttons from '../parts/buttons.module.css';
import common from '../parts/common.module.css';
import { classes } from '../parts/classes.ts';
import { data as words } from './words.ts';
import styles from './DataDialog.module.css';

/** What was deleted, and the way to have it back. */
export function Undone({ says, onUndo }: { says: string; onUndo(): void }) {
  return (
    <p role="status" className={classes(common.small, styles.undone)}>
      {says}{' '}
      <button type="button" className={buttons.link} onClick={onUndo}>
        {words.undo}
      </button>
    </p>
  );
}
