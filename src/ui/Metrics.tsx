import { useCallback, useMemo } from 'react';
import { hiddenError } from '../store/occlusion.ts';
import { formatNumber } from '../viz/scales.ts';
import { useApp, useAppState } from './context.ts';
import { LiveText } from './painting.tsx';
import { strings } from './strings.ts';

const words = strings.metrics;

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
  const discrepancy = useCallback(() => {
    // Frames of training carry none: there it is measured on held-out pictures now and then.
    const { setUp, training } = store.getState();
    if (setUp.mode === 'train') return fixed(training?.discrepancy);
    const section = episode.info?.layout.discrepancy;
    const shown = section && episode.read(section);
    return fixed(shown?.[0]);
  }, [episode, store]);
  const mmse = useCallback(() => {
    const { info } = episode;
    const x = info?.kind === 'input' ? episode.read(info.layout.input) : null;
    const { pixels, mask } = store.getState().drawing.present;
    return fixed(x === null ? null : hiddenError(x, pixels, mask));
  }, [episode, store]);
  return (
    <section className="metrics" aria-label="Numbers">
      <div className="metric">
        <span className="metric-name">{words.discrepancy}</span>
        <span className="metric-value">
          <LiveText read={discrepancy} signals={signals} testId="metric-discrepancy" />
          <small>{mode === 'train' ? words.heldOut : words.discrepancyUnit}</small>
        </span>
      </div>
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
        <div className="metric">
          <span className="metric-name">{words.mmse}</span>
          <span className="metric-value">
            <LiveText read={mmse} signals={signals} testId="metric-mmse" />
            <small>{masked ? words.mmseUnit : words.nothingHidden}</small>
          </span>
        </div>
      )}
    </section>
  );
}

/** One decimal, in characters that any program reads as a number; an em dash for none. */
export function fixed(value: number | null | undefined, digits = 1): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return formatNumber(null);
  return value.toFixed(digits);
}
