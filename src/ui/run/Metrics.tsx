import { useCallback, useMemo } from 'react';
import { hiddenError } from '../../store/occlusion.ts';
import { useApp, useAppState } from '../parts/context.ts';
import { fixed } from '../parts/format.ts';
import { LiveText } from '../parts/painting.tsx';
import { Metric } from './Metric.tsx';
import { SurpriseGauge } from './SurpriseGauge.tsx';
import { metrics as words } from './words.ts';
import styles from './Metrics.module.css';

/** The numbers of the step on show. */
export function Metrics() {
  const { episode, store } = useApp();
  const mode = useAppState((s) => s.setUp.mode);
  const updates = useAppState((s) => s.training?.updates ?? 0);
  const masked = useAppState((s) => s.drawing.present.mask !== null);
  const signals = useMemo(
    () => [
      episode.changed,
      {
        emit: () => undefined,
        subscribe: (listener: () => void) =>
          store.subscribe((now, before) => {
            const changed =
              now.training !== before.training ||
              now.drawing !== before.drawing ||
              now.setUp !== before.setUp;
            if (changed) listener();
          }),
      },
    ],
    [episode, store],
  );
  // Frames of training carry none: there it is measured on held-out pictures now and then.
  const discrepancy = useCallback(() => fixed(store.getState().training?.discrepancy), [store]);
  const mmse = useCallback(() => {
    const { info } = episode;
    const x = info?.kind === 'input' ? episode.read(info.layout.input) : null;
    const { pixels, mask } = store.getState().drawing.present;
    return fixed(x === null ? null : hiddenError(x, pixels, mask));
  }, [episode, store]);
  return (
    <section className={styles.metrics} aria-label={words.label}>
      {mode === 'train' && (
        <>
          <Metric name={words.discrepancy} unit={words.heldOut}>
            <LiveText read={discrepancy} signals={signals} testId="metric-discrepancy" />
          </Metric>
          <Metric name={words.updates} unit={'\u00a0'}>
            {updates}
          </Metric>
        </>
      )}
      {mode === 'complete' && (
        <SurpriseGauge>
          <Metric
            name={words.hiddenError}
            unit={masked ? words.squared : words.nothingHidden}
            small
          >
            <LiveText read={mmse} signals={signals} testId="metric-mmse" />
          </Metric>
        </SurpriseGauge>
      )}
    </section>
  );
}
