import type { CSSProperties } from 'react';
import { useCallback, useMemo, useRef } from 'react';
import type { PlotArea } from '../../viz/axis.ts';
import type { Surface } from '../../viz/canvas.ts';
import { LAYER_DASHES } from '../../viz/colour.ts';
import { timelineRange } from '../../viz/steps.ts';
import { paintTimeline } from '../../viz/timeline.ts';
import { useApp } from '../parts/context.ts';
import { LiveText, PaintedCanvas, useTransient } from '../parts/painting.tsx';
import { rem, smallType } from '../parts/rem.ts';
import { useLook } from '../parts/theme.ts';
import { PastEpisodes, Transport, useReplay, useReplayKeys } from './Transport.tsx';
import { timeline as words } from './words.ts';
import styles from './Timeline.module.css';

/** Room for the labels at the ends of the curves (rem), and half the slider's thumb (px). */
const LABELS_REM = 7.2;
const THUMB = 8;
const LEFT = 14;
/** Every step of the last settling episode; dragging it shows any of them, at no cost. */
export function Timeline() {
  const { episode } = useApp();
  const look = useLook();
  const signals = useMemo(() => [episode.changed], [episode]);
  const slider = useRef<HTMLInputElement>(null);
  const replay = useReplay();
  useReplayKeys(replay);

  // The slider follows the frames past React: its range first, or the value would be clamped to the old one.
  const follow = useCallback(() => {
    const element = slider.current;
    if (element === null) return;
    const [first, last] = timelineRange(episode);
    const step = episode.shown < 0 ? 0 : episode.stepAt(episode.shown);
    element.min = String(first);
    element.max = String(last);
    element.value = String(step);
    element.disabled = episode.shown < 0;
    const live = episode.info?.live ?? false;
    const text = live ? words.liveStep(step) : words.step(step, last);
    element.setAttribute('aria-valuetext', text);
  }, [episode]);
  useTransient(follow, signals);

  const paint = useCallback(
    (surface: Surface) => {
      const { info, count } = episode;
      if (info === null || count === 0) return;
      const area: PlotArea = {
        left: LEFT,
        right: surface.width - LABELS_REM * rem(),
        top: 8,
        bottom: surface.height - 1.6 * rem(),
      };
      const [firstStep, lastStep] = timelineRange(episode);
      // Of a live episode, only what the window shows.
      const from = Math.max(0, episode.indexOfStep(firstStep));
      const frames = Array.from({ length: count - from }, (_, i) => from + i);
      const energies = Array.from({ length: info.layout.energy.length }, (_, layer) =>
        frames.map((i) => episode.read(info.layout.energy, i)?.[layer] ?? NaN),
      );
      paintTimeline(
        surface,
        area,
        {
          steps: frames.map((i) => episode.stepAt(i)),
          energies,
          discrepancy: frames.map((i) => episode.read(info.layout.discrepancy, i)?.[0] ?? NaN),
          firstStep,
          lastStep,
          shown: episode.shown - from,
        },
        {
          colours: look.layers.errors,
          dashes: LAYER_DASHES,
          names: energies.map((_, l) => (l === 0 ? words.pixels : words.layer(l))),
          discrepancy: words.discrepancy,
          scale: words.scale,
          ink: look.colours.ink,
          soft: look.colours.soft,
          line: look.colours.faint,
          font: look.font,
          fontSize: smallType(),
        },
      );
    },
    [episode, look],
  );
  const position = useCallback(() => {
    const { info, shown, count } = episode;
    if (info === null || shown < 0) return words.none;
    const single = count === 1 && info.kind === 'training' && info.steps > 0;
    if (single) return words.single;
    if (info.live) return words.liveStep(episode.stepAt(shown));
    return words.step(episode.stepAt(shown), info.steps);
  }, [episode]);

  return (
    <section
      className={styles.timeline}
      aria-label={words.heading}
      style={
        {
          '--timeline-left': `${LEFT - THUMB}px`,
          '--timeline-right': `calc(${LABELS_REM}rem - ${THUMB}px)`,
        } as CSSProperties
      }
    >
      <div className={styles.head}>
        <h2>{words.heading}</h2>
        <Transport replay={replay} />
        <PastEpisodes />
        <LiveText className={styles.step} read={position} signals={signals} />
      </div>
      <div className={styles.plot}>
        <PaintedCanvas aria-hidden="true" paint={paint} signals={signals} />
        <input
          ref={slider}
          type="range"
          aria-label={words.name}
          min={0}
          step={1}
          defaultValue={0}
          onInput={(event) => episode.show(episode.indexOfStep(Number(event.currentTarget.value)))}
        />
      </div>
    </section>
  );
}
