import { useCallback, useEffect, useMemo, useRef } from 'react';
import type { ReactNode } from 'react';
import type { SurpriseReport } from '../../protocol/reports.ts';
import { isBlank } from '../../store/drawing.ts';
import { scaleNow, scales } from '../../store/surprise.ts';
import { UNKNOWN_CSS } from '../../viz/colour.ts';
import { gaugeOf, gaugeTicks, psiOf, surpriseOf } from '../../viz/gauge.ts';
import type { Gauge } from '../../viz/gauge.ts';
import { formatNumber } from '../../viz/scales.ts';
import common from '../parts/common.module.css';
import { classes } from '../parts/classes.ts';
import { useApp, useAppState } from '../parts/context.ts';
import { fixed } from '../parts/format.ts';
import { LiveText, useTransient } from '../parts/painting.tsx';
import { Metric } from './Metric.tsx';
import { gauge as words } from './words.ts';
import styles from './SurpriseGauge.module.css';

const percent = (share: number) => `${(100 * share).toFixed(2)}%`;
const whole = (value: number) => fixed(value, 0).replace('-', '−');

/** How unusual the picture is for the network: its total discrepancy against that of the test images. Children stand beside the word. */
export function SurpriseGauge({ children }: { children: ReactNode }) {
  const { episode, store } = useApp();
  const current = useAppState(scaleNow);
  useScale(current === null);
  const signals = useMemo(
    () => [episode.changed, { emit: () => undefined, subscribe: store.subscribe }],
    [episode, store],
  );
  const psi = useCallback((): number | null => {
    const layout = episode.info?.layout;
    if (layout === undefined) return null;
    return psiOf(episode.read(layout.discrepancy), episode.read(layout.energy));
  }, [episode]);
  const number = useCallback(() => fixed(psi()), [psi]);
  /** ψ where it can be held against the scale: not of an earlier episode that settled otherwise. */
  const scaled = useCallback(
    () => (current !== null && scales(current, episode.info) ? psi() : null),
    [psi, current, episode],
  );
  const word = useCallback(() => {
    const value = scaled();
    if (value === null || current === null) return '';
    const picture = episode.pictureAt();
    const blank = picture !== null && isBlank(picture);
    return words.words[blank ? 'blank' : surpriseOf(value, current.quantiles)];
  }, [scaled, current, episode]);
  // What is imagined counts too: grey pixels are never quite expected.
  const note = useCallback(() => (episode.info?.masked ? words.hidden : ''), [episode]);
  return (
    <div role="group" aria-label={words.name} data-testid="surprise-gauge">
      <div className={styles.head}>
        <Metric name={words.heading} unit={words.unit} small>
          <LiveText read={number} signals={signals} testId="metric-discrepancy" />
        </Metric>
        <p className={styles.word}>
          <LiveText read={word} signals={signals} testId="surprise-word" />
          <LiveText className={styles.note} read={note} signals={signals} />
        </p>
        {children}
      </div>
      {current === null ? (
        <Unmeasured />
      ) : (
        <Band report={current} psi={scaled} signals={signals} word={word} />
      )}
    </div>
  );
}

/** Asks for the scale: at once where the network came with one, else when the user wants it measured. */
function useScale(missing: boolean): void {
  const { actions } = useApp();
  const ready = useAppState((s) => s.model !== null && s.data !== null && s.activity === 'idle');
  const given = useAppState(
    (s) => s.model?.weights === 'pretrained' && Object.keys(s.overrides).length === 0,
  );
  const version = useAppState((s) => s.weightsVersion);
  const config = useAppState((s) => s.model?.config);
  useEffect(() => {
    if (missing && ready && given) void actions.refreshSurprise();
  }, [actions, missing, ready, given, version, config]);
}

function Unmeasured() {
  const { actions } = useApp();
  const background = useAppState((s) => s.background);
  const ready = useAppState((s) => s.model !== null && s.data !== null);
  if (background !== null)
    return (
      <p className={common.hint}>
        {words.measuring}{' '}
        {background.fraction !== null && `${Math.round(100 * background.fraction)} %`}
      </p>
    );
  return (
    <button
      type="button"
      className={common.small}
      disabled={!ready}
      onClick={() => void actions.refreshSurprise()}
    >
      {words.measure}
    </button>
  );
}

interface BandProps {
  report: SurpriseReport;
  psi(): number | null;
  word(): string;
  signals: Parameters<typeof LiveText>[0]['signals'];
}

/** The spread of test images as a band, and where the picture stands. */
function Band({ report, psi, signals, word }: BandProps) {
  const { quantiles, blank, source } = report;
  const gauge = useMemo((): Gauge => gaugeOf(quantiles, blank), [quantiles, blank]);
  const marker = useRef<HTMLSpanElement>(null);
  const band = useRef<HTMLDivElement>(null);
  const show = useCallback(() => {
    const value = psi();
    if (marker.current === null || band.current === null) return;
    marker.current.hidden = value === null;
    if (value === null) return;
    marker.current.style.left = percent(gauge.at(value));
    marker.current.className = classes(styles.marker, gauge.beyond(value) && styles.beyond);
    marker.current.style.backgroundColor = Number.isFinite(value) ? '' : UNKNOWN_CSS;
    band.current.setAttribute('aria-label', words.value(formatNumber(value, 4), word()));
  }, [psi, gauge, word]);
  useTransient(show, signals);
  const range = (from: number, to: number) => ({
    left: percent(gauge.at(from)),
    width: percent(gauge.at(to) - gauge.at(from)),
  });
  const { p5, p25, p50, p75, p95 } = quantiles;
  return (
    <>
      <div className={styles.band} role="img" ref={band}>
        <span className={styles.axis} />
        <span className={styles.most} style={range(p5, p95)} />
        <span className={styles.middle} style={range(p25, p75)} />
        <span className={styles.median} style={{ left: percent(gauge.at(p50)) }} />
        <span className={styles.blank} style={{ left: percent(gauge.at(blank)) }} />
        <span className={styles.marker} ref={marker} hidden />
      </div>
      <div className={styles.ticks} aria-hidden="true">
        {gaugeTicks(gauge, quantiles).map((value, i) => (
          <span
            key={i}
            className={i === 0 ? styles.first : undefined}
            style={{ left: percent(gauge.at(value)) }}
          >
            {whole(value)}
          </span>
        ))}
      </div>
      <p className={styles.legend}>
        <span>
          <i className={styles.keyMost} /> {words.most}
        </span>{' '}
        <span>
          <i className={styles.keyMiddle} /> {words.middle}
        </span>{' '}
        {words.of(source)}{' '}
        <span>
          <i className={styles.keyBlank} /> {words.blank} {whole(blank)}
        </span>
      </p>
    </>
  );
}
