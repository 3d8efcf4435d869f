import type { ReactNode } from 'react';
import type { Box } from '../../viz/columns.ts';
import styles from './RowLabel.module.css';

interface RowLabelProps {
  box: Box;
  name: ReactNode;
  children: ReactNode;
}

/** What a row is: its name, and what there is to say about it. */
export function RowLabel({ box, name, children }: RowLabelProps) {
  const { x: left, y: top, width, height } = box;
  return (
    <div className={styles.label} style={{ left, top, width, height }}>
      <b className={styles.name}>{name}</b>
      {children}
    </div>
  );
}
