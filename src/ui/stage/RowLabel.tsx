import type { ReactNode } from 'react';
import type { Box } from '../../viz/columns.ts';
import { classes } from '../parts/classes.ts';
import { rem } from '../parts/rem.ts';
import styles from './RowLabel.module.css';

/** Below this height (rem) a label beside its row has no room for what never changes. */
const SHORT = 7.5;

interface RowLabelProps {
  box: Box;
  /** Above the row, in one line, instead of beside it. */
  compact: boolean;
  name: ReactNode;
  children: ReactNode;
}

/** What a row is: its name, and what there is to say about it. */
export function RowLabel({ box, compact, name, children }: RowLabelProps) {
  const short = !compact && box.height < SHORT * rem();
  return (
    <div
      className={classes(styles.label, compact && styles.compact, short && styles.short)}
      style={{
        left: box.x,
        top: box.y,
        width: box.width,
        height: box.height,
      }}
    >
      <b className={styles.name}>{name}</b>
      {children}
    </div>
  );
}
