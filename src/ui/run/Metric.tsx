import type { ReactNode } from 'react';
import { classes } from '../parts/classes.ts';
import styles from './Metric.module.css';

interface MetricProps {
  name: string;
  unit: string;
  small?: boolean;
  children: ReactNode;
}

/** A number in large type, with its name above and its unit. */
export function Metric({ name, unit, small = false, children }: MetricProps) {
  return (
    <div className={classes(styles.metric, small && styles.small)}>
      <span className={styles.name}>{name}</span>
      <span className={styles.value}>
        {children}
        <small>{unit}</small>
      </span>
    </div>
  );
}
