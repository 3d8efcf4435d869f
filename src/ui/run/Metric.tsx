import type { ReactNode } from 'react';
import { classes } from '../parts/classes.ts';
import { Explained } from '../parts/Formula.tsx';
import styles from './Metric.module.css';

/** Symbols in name and unit stand between backticks. */
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
      <span className={styles.name}>
        <Explained>{name}</Explained>
      </span>
      <span className={styles.value}>
        {children}
        <small>
          <Explained>{unit}</Explained>
        </small>
      </span>
    </div>
  );
}
