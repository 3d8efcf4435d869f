import type { ReactNode } from 'react';
import common from './common.module.css';
import { classes } from './classes.ts';
import styles from './Field.module.css';

interface FieldProps {
  label: string;
  /** The label above the control, where that needs the whole width. */
  stacked?: boolean;
  /** The label is for screen readers only: the control needs the whole width, and speaks for itself. */
  unlabelled?: boolean;
  children: ReactNode;
}

/** A control with its label, to the left or above. */
export function Field({ label, stacked = false, unlabelled = false, children }: FieldProps) {
  return (
    <label
      className={classes(styles.field, unlabelled ? styles.unlabelled : stacked && styles.stacked)}
    >
      <span className={unlabelled ? common.visuallyHidden : undefined}>{label}</span>
      {children}
    </label>
  );
}
