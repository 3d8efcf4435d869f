import { useCallback, useMemo } from 'react';
import { hiddenError, hiddenInk } from '../../store/occlusion.ts';
import { useApp, useAppState, useShown } from '../parts/context.ts';
import { fixed } from '../parts/format.ts';
import { LiveText } from '../parts/painting.tsx';
import { Metric } from './Metric.tsx';
import { SurpriseGauge } from './SurpriseGauge.tsx';
import { metrics as words } from './words.ts';
import styles from './Metrics.module.css';

/** What the error of the hidden part is held against. */
function hiddenUnit(ink: number | null): string {
  if (ink === null) return words.nothingHidden;
  return ink === 0 ? words.nothingThere : words.blankGuess(ink);
}

/** The numbers of the step on show. */
export function Metrics() {
  const { episode, store } = useApp();
  const mode = useAppState((s) => s.setUp.mode);
  const testedAt = useAppState((s) => s.training?.measured?.at ?? null);
  const updates = useAppState((s) => s.training?.updates ?? 0);
  // A blank guess is white everywhere: each hidden pixel of ink is an error of 1.
  const ink = useShown(({ picture }) => picture && hiddenInk(picture.pixels, picture.mask));
  const signals = useMemo(
    () => [
      episode.changed,
      {
        emit: () => undefined,
        subscribe: (listener: () => void) =>
          store.subscribe((now, before) => {
            if (now.training !== before.training) listener();
          }),
      },
    ],
    [episode, store],
  );
  // Frames of training carry none: there it is measured on held-out pictures now and then.
  const discrepancy = useCallback(() => fixed(store.getState().training?.discrepancy), [store]);
  const mmse = useCallback(() => {
    const { info } = episode;
    const x = info === null ? null : episode.read(info.layout.input);
    const picture = episode.pictureAt();
    return fixed(x && picture && hiddenError(x, picture.pixels, picture.mask));
  }, [episode]);
  return (
    <section className={styles.metrics} aria-label={words.label}>
      {mode === 'train' && (
        <>
          <Metric
            name={words.discrepancy}
            unit={testedAt === null ? words.heldOut : words.heldOutAt(testedAt)}
          >
            <LiveText read={discrepancy} signals={signals} testId="metric-discrepancy" />
          </Metric>
          <Metric name={words.updates} unit={'\u00a0'}>
            {updates}
          </Metric>
        </>
      )}
      {mode === 'complete' && (
        <SurpriseGauge>
          <Metric name={words.hiddenError} unit={hiddenUnit(ink)} small>
            <LiveText read={mmse} signals={signals} testId="metric-mmse" />
          </Metric>
        </SurpriseGauge>
      )}
    </section>
  );
}
