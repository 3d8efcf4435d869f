import { useCallback, useRef, useSyncExternalStore } from 'react';
import type { ReactNode } from 'react';
import type { SurpriseReport, SurpriseSpread } from '../../protocol/surprise.ts';
import type { Signal } from '../../store/signal.ts';
import { surpriseOf } from '../../store/surprise.ts';
import { UNKNOWN_CSS } from '../../viz/colour.ts';
import { gaugeOf, psiOf } from '../../viz/gauge.ts';
import { formatNumber } from '../../viz/scales.ts';
import common from '../parts/common.module.css';
import { useApp, useAppState, useOnShow } from '../parts/context.ts';
import { fixed } from '../parts/format.ts';
import { useSignalsOfAll } from '../parts/frames.ts';
import { LiveText, useTransient } from '../parts/painting.tsx';
import { Metric } from './Metric.tsx';
import { useSurprise } from './useSurprise.ts';
import { gauge as words } from './words.ts';
import styles from './SurpriseGauge.module.css';

const percent = (share: number) => `${(100 * share).toFixed(2)}%`;
const whole = (value: number) => fixed(value, value < 10 ? 1 : 0);

/**
 * How unusual what is seen of the picture is for the network, against held-out images with the same part hidden; and the total
 * discrepancy. Children stand beside the numbers.
 */
export function SurpriseGauge({ children }: { children: ReactNode }) {
  const { episode } = useApp();
  const signals = useSignalsOfAll();
  const { surprise, word } = useSurprise();
  const psi = useCallback((): string => {
    const layout = episode.info?.layout;
    if (layout === undefined) return fixed(null);
    return fixed(psiOf(episode.read(layout.discrepancy), episode.read(layout.energy)));
  }, [episode]);
  const nats = useCallback(() => fixed(surprise()?.nats), [surprise]);
  const note = useCallback(
    () => (word() !== '' && episode.pictureAt()?.mask ? words.seen : ''),
    [word, episode],
  );
  return (
    <div role="group" aria-label={words.name} data-testid="surprise-gauge">
      <div className={styles.head}>
        <Metric name={words.surprise} unit={words.unit} small>
          <LiveText read={nats} signals={signals} testId="metric-surprise" />
        </Metric>
        <Metric name={words.heading} unit={words.unit} small>
          <LiveText read={psi} signals={signals} testId="metric-discrepancy" />
        </Metric>
        {children}
      </div>
      <p className={styles.word}>
        <LiveText read={word} signals={signals} testId="surprise-word" />
        <LiveText className={styles.note} read={note} signals={signals} />
      </p>
      <Band signals={signals} word={word} />
    </div>
  );
}

/** Where what is usual has not been measured: that it is on its way, or a button to have it measured. */
function Unmeasured() {
  const { actions, episode } = useApp();
  const background = useAppState((s) => s.background);
  const ready = useAppState((s) => s.model !== null && s.data !== null);
  const imagined = useSyncExternalStore(
    episode.changed.subscribe,
    () => (episode.info?.imagining ?? null) !== null,
  );
  const idle = useAppState((s) => s.activity === 'idle');
  if (imagined) return <p className={common.hint}>{words.imagined}</p>;
  if (background !== null || !ready || !idle)
    return (
      <p className={common.hint}>
        {ready ? words.measuring : words.noData}{' '}
        {background?.fraction != null && `${Math.round(100 * background.fraction)} %`}
      </p>
    );
  return (
    <button type="button" className={common.small} onClick={() => void actions.refreshSurprise()}>
      {words.measure}
    </button>
  );
}

interface BandProps {
  word(): string;
  signals: readonly Signal[];
}

/** The scale of the frame on show; null where none was measured. */
const useScale = (): SurpriseReport | null =>
  useOnShow((episode, state) => surpriseOf(state, episode)?.scale ?? null);

/** The spread of held-out images at the step on show as a band, and where the picture stands. */
function Band({ signals, word }: BandProps) {
  const { episode, store } = useApp();
  const scale = useScale();
  const band = useRef<HTMLDivElement>(null);
  const now = useCallback(() => surpriseOf(store.getState(), episode), [store, episode]);
  const show = useCallback(() => {
    const element = band.current;
    const surprise = now();
    if (element === null || surprise?.spread == null) return;
    const { nats, spread } = surprise;
    const gauge = gaugeOf(spread);
    const places = { ...spread, end: gauge.high, here: nats };
    for (const [name, value] of Object.entries(places))
      element.style.setProperty(`--${name}`, percent(gauge.at(value)));
    element.toggleAttribute('data-beyond', gauge.beyond(nats));
    element.toggleAttribute('data-broken', !Number.isFinite(nats));
    element.firstElementChild?.setAttribute('aria-label', words.value(formatNumber(nats), word()));
  }, [now, word]);
  useTransient(show, signals);
  const tick = (read: (spread: SurpriseSpread) => number) => () => {
    const spread = now()?.spread ?? null;
    return spread === null ? '' : whole(read(spread));
  };
  if (scale === null) return <Unmeasured />;
  return (
    <div ref={band} className={styles.gauge} style={{ ['--unknown' as string]: UNKNOWN_CSS }}>
      <div className={styles.band} role="img">
        <span className={styles.axis} />
        <span className={styles.most} />
        <span className={styles.middle} />
        <span className={styles.median} />
        <span className={styles.blank} />
        <span className={styles.marker} />
      </div>
      <div className={styles.ticks} aria-hidden="true">
        <LiveText className={styles.p5} read={tick(({ p5 }) => p5)} signals={signals} />
        <LiveText className={styles.p50} read={tick(({ p50 }) => p50)} signals={signals} />
        <LiveText className={styles.p95} read={tick(({ p95 }) => p95)} signals={signals} />
        <LiveText
          className={styles.end}
          read={tick((spread) => gaugeOf(spread).high)}
          signals={signals}
        />
      </div>
      <p className={styles.legend} title={words.sameWay(scale.images, scale.dataset)}>
        <span>
          <i className={styles.keyMost} /> {words.most}
        </span>{' '}
        <span>
          <i className={styles.keyMiddle} /> {words.middle}
        </span>{' '}
        {words.of(scale.images, words.nouns(scale.dataset))}{' '}
        <span>
          <i className={styles.keyBlank} /> {words.blank}
        </span>
      </p>
    </div>
  );
}
