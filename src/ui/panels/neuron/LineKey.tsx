import type { Signal } from '../../../store/signal.ts';
import common from '../../parts/common.module.css';
import { Explained } from '../../parts/Formula.tsx';
import { LineSwatch } from '../../parts/LineSwatch.tsx';
import { LiveText } from '../../parts/painting.tsx';
import styles from './LineKey.module.css';

interface LineKeyProps {
  /** Symbols in it stand between backticks. */
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
      <LineSwatch colour={colour} dash={dash} width={width} />
      <i>
        <Explained>{name}</Explained>
      </i>{' '}
      <LiveText
        className={common.number}
        read={read}
        signals={signals}
        {...(testId === undefined ? {} : { testId })}
      />
    </span>
  );
}
