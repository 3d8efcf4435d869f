import { useMemo } from 'react';
import type { Imagining, ImaginingsReport } from '../../protocol/imaginings.ts';
import { isBlank } from '../../store/drawing.ts';
import { imaginingsAreCurrent, takenImagining } from '../../store/imaginings.ts';
import common from '../parts/common.module.css';
import { classes } from '../parts/classes.ts';
import { useApp, useAppState, useOnShow } from '../parts/context.ts';
import { fixed } from '../parts/format.ts';
import { CompletionThumbnail, SpreadThumbnail } from './Thumbnail.tsx';
import type { BatchReplay } from './useReplay.ts';
import { useBatchReplay } from './useReplay.ts';
import { imaginings as words } from './words.ts';
import styles from './ImaginingsPanel.module.css';

/** Other wholes that fit what is seen, the best fitting first, and what they have in common. */
export function ImaginingsPanel() {
  const { actions } = useApp();
  const report = useAppState((s) => s.imaginings?.report ?? null);
  const mask = useAppState((s) => s.imaginings?.of.mask ?? null);
  const current = useAppState(imaginingsAreCurrent);
  const replay = useBatchReplay(report, report?.steps ?? 0);
  const onStage = useOnStage();
  return (
    <section className={styles.panel} aria-label={words.heading(report?.kept.length ?? 8)}>
      <h2 className={styles.heading}>{words.heading(report?.kept.length ?? 8)}</h2>
      <Note />
      {report !== null && mask !== null && (
        <div className={classes(styles.strip, !current && styles.stale)} data-testid="imaginings">
          {report.kept.map((imagining, i) => (
            <Way
              key={i}
              place={i}
              imagining={imagining}
              best={report.kept[0]?.seenNats ?? NaN}
              mask={mask}
              replay={replay}
              pressed={onStage === i}
              disabled={!current}
              onPress={() => void actions.takeImagining(onStage === i ? null : i)}
            />
          ))}
          <Summary report={report} mask={mask} replay={replay} />
        </div>
      )}
    </section>
  );
}

/** Which of the strip the episode on show began from; null: none. */
const useOnStage = () => useOnShow(({ info }, state) => takenImagining(state, info));

/** What there is to say of the strip: how it is ordered, or why there is none. */
function Note() {
  const { actions } = useApp();
  const away = useOnShow(({ info }) => info !== null && info.imagining !== null);
  const text = useAppState((state) => {
    const { drawing, imaginings, imagining, activity } = state;
    // Where there is no prior yet, one is fitted first.
    if (imagining !== null || activity === 'sampling') return words.busy;
    if (isBlank(drawing.present)) return words.blank;
    if (drawing.present.mask === null) return words.none;
    if (imaginings !== null) return imaginingsAreCurrent(state) ? words.how : words.stale;
    return words.ready;
  });
  return (
    <p className={classes(common.soft, styles.note)}>
      {!away ? (
        text
      ) : (
        <button
          type="button"
          className={styles.back}
          onClick={() => void actions.takeImagining(null)}
        >
          {words.back}
        </button>
      )}
    </p>
  );
}

interface WayProps {
  place: number;
  imagining: Imagining;
  /** log p(x_seen | mu_0) of the best, nats. */
  best: number;
  mask: Uint8Array;
  replay: BatchReplay;
  pressed: boolean;
  disabled: boolean;
  onPress(): void;
}

/** One way to go on; pressed, it takes the stage with its states. Under it how well it fits, against the best. */
function Way({ place, imagining, best, mask, replay, pressed, disabled, onPress }: WayProps) {
  const { seenNats, pictures } = imagining;
  const nats = fixed(-seenNats, 0);
  const fit = Number.isFinite(seenNats) && seenNats < 0 ? Math.min(1, best / seenNats) : 1;
  return (
    <button
      type="button"
      className={styles.way}
      aria-pressed={pressed}
      disabled={disabled}
      aria-label={words.one(place + 1, nats)}
      title={words.one(place + 1, nats)}
      onClick={onPress}
    >
      <span className={styles.cell}>
        <span className={styles.frame}>
          <CompletionThumbnail mask={mask} pictures={pictures} replay={replay} />
        </span>
      </span>
      <span className={styles.fit} aria-hidden="true">
        <span style={{ width: `${(100 * fit).toFixed(1)}%` }} />
      </span>
    </button>
  );
}

interface SummaryProps {
  report: ImaginingsReport;
  mask: Uint8Array;
  replay: BatchReplay;
}

/** The mean of all that were drawn, and where they differ. */
function Summary({ report, mask, replay }: SummaryProps) {
  const { mean, spread, drawn } = report;
  const still = useMemo(() => mean.slice(), [mean]);
  return (
    <>
      <figure className={styles.sum} title={words.meanTitle(drawn)}>
        <span className={styles.cell}>
          <span className={styles.frame}>
            <CompletionThumbnail mask={mask} pictures={still} replay={replay} />
          </span>
        </span>
        <figcaption>{words.mean}</figcaption>
      </figure>
      <figure className={styles.sum} title={words.spreadTitle(drawn)}>
        <span className={styles.cell}>
          <span className={styles.frame}>
            <SpreadThumbnail spread={spread} />
          </span>
        </span>
        <figcaption>{words.spread}</figcaption>
      </figure>
    </>
  );
}
