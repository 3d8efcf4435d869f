import { useCallback } from 'react';
import type { Exhibit } from '../../exhibits/exhibit.ts';
import type { ExhibitId } from '../../exhibits/shown.ts';
import common from '../parts/common.module.css';
import { classes } from '../parts/classes.ts';
import { LiveText } from '../parts/painting.tsx';
import { useShown } from './useShown.ts';
import { hall as words } from './words.ts';
import styles from './ExhibitMetric.module.css';

/** The main number of an exhibit, and at which step it is. */
export function ExhibitMetric({ exhibit }: { exhibit: Exhibit<ExhibitId> }) {
  const { id, metric, pace } = exhibit;
  const { read: frame, signals } = useShown(id);
  const value = useCallback(
    () => numberText(frame()?.metric ?? null, metric.digits),
    [frame, metric.digits],
  );
  const step = useCallback(
    () => (pace === 'by hand' ? '' : words.stepNumber(frame()?.step ?? 0, pace.step)),
    [frame, pace],
  );
  return (
    <div className={styles.metric}>
      {
        pace !== 'by hand' &&
        <LiveText read={step} signals={signals} className={classes(common.soft, common.number)} testId="exhibit-step" /> // prettier-ignore
      }
      <span className={common.soft}>{metric.name}</span>
      <span className={styles.value}>
        <b>
          <LiveText
            read={value}
            signals={signals}
            className={common.number}
            testId="exhibit-metric"
          />
        </b>
        {metric.unit !== '' && <span className={common.soft}>{metric.unit}</span>}
      </span>
    </div>
  );
}

/** A number of so many digits; beyond what those can say, as a power of ten. */
function numberText(value: number | null, digits: number): string {
  if (value === null) return words.none;
  const size = Math.abs(value);
  const fits = size === 0 || (size >= 0.5 * 10 ** -digits && size < 1e6);
  return (fits ? value.toFixed(digits) : value.toExponential(2)).replace('-', '−');
}
