import type { Signal } from '../../../store/signal.ts';
import common from '../../parts/common.module.css';
import { LiveText } from '../../parts/painting.tsx';
import styles from './LineKey.module.css';

interface LineKeyProps {
  name: string;
  colour: string;
  dash: readonly number[];
  width: number;
  read(): string;
  signals: readonly Signal[];
  testId?: string;
}

/** A line of a plot: how it looks, what it is, its value at the step on show. */
export function LineKey({ name, colour, dash, width, read, signals, testId }: LineKeyProps) {
  return (
    <span className={styles.key}>
      <svg width="18" height="6" aria-hidden="true">
        <line
          x1="0"
          x2="18"
          y1="3"
          y2="3"
          stroke={colour}
          strokeWidth={width}
          strokeDasharray={dash.join(' ')}
        />
      </svg>
      {name}{' '}
      <LiveText
        className={common.number}
        read={read}
        signals={signals}
        {...(testId === undefined ? {} : { testId })}
      />
    </span>
  );
}
