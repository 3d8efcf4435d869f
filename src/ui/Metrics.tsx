import { useCallback, useMemo } from 'react';
import { hiddenError } from '../store/occlusion.ts';
import { useApp, useAppState, useShown } from './context.ts';
import { fixed } from './format.ts';
import { LiveText } from './painting.tsx';
import { strings } from './strings.ts';
import { SurpriseGauge } from './SurpriseGauge.tsx';

const words = strings.metrics;

/** The numbers of the step on show. */
export function Metrics() {
  const { episode, store } = useApp();
  const mode = useAppState((s) => s.setUp.mode);
  const updates = useAppState((s) => s.training?.updates ?? 0);
  const masked = useShown(({ picture }) => picture !== null && picture.mask !== null);
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
    <section className="metrics" aria-label="Numbers">
      {mode === 'train' && (
        <div className="metric">
          <span className="metric-name">{words.discrepancy}</span>
          <span className="metric-value">
            <LiveText read={discrepancy} signals={signals} testId="metric-discrepancy" />
            <small>{words.heldOut}</small>
          </span>
        </div>
      )}
      {mode === 'train' && (
        <div className="metric">
          <span className="metric-name">{words.updates}</span>
          <span className="metric-value">
            {updates}
            <small>&nbsp;</small>
          </span>
        </div>
      )}
      {mode === 'complete' && (
        <SurpriseGauge>
          <div className="metric">
            <span className="metric-name">{strings.theatre.gauge.hiddenError}</span>
            <span className="metric-value">
              <LiveText read={mmse} signals={signals} testId="metric-mmse" />
              <small>
                {masked ? strings.theatre.gauge.squared : strings.theatre.gauge.nothingHidden}
              </small>
            </span>
          </div>
        </SurpriseGauge>
      )}
    </section>
  );
}
