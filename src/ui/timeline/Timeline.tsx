import type { CSSProperties } from 'react';
import { useCallback, useRef, useSyncExternalStore } from 'react';
import type { PlotArea } from '../../viz/axis.ts';
import type { Surface } from '../../viz/canvas.ts';
import { LAYER_DASHES } from '../../viz/colour.ts';
import { paintTimeline, timelinePlots } from '../../viz/timeline.ts';
import { useApp, useAppState } from '../parts/context.ts';
import { useEpisodeSignals } from '../parts/frames.ts';
import { LiveText, PaintedCanvas, useTransient } from '../parts/painting.tsx';
import { rem, smallType } from '../parts/rem.ts';
import { Save } from '../save/Save.tsx';
import { Symbol } from '../parts/Symbol.tsx';
import { useLook } from '../parts/theme.ts';
import { ChangeMarks } from './ChangeMarks.tsx';
import { PastEpisodes } from './PastEpisodes.tsx';
import { stepText } from './stepText.ts';
import { Transport, useReplay, useReplayKeys } from './Transport.tsx';
import { useChanges } from './useChanges.ts';
import { useTimelineRange } from './useTimelineRange.ts';
import { timeline as words } from './words.ts';
import styles from './Timeline.module.css';

/** Room left and right of the plots and below them (rem), by density: what is written there changes, its room does not. */
const ROOM = {
  story: { left: 1.2, right: 5.6, axis: 1.75 },
  numbers: { left: 4, right: 8.8, axis: 1.75 },
} as const;
/** Half the slider's thumb (px). */
const THUMB = 8;

/** Every step of the last settling episode; dragging it shows any of them, at no cost. */
export function Timeline() {
  const { episode } = useApp();
  const density = useAppState((s) => s.setUp.density);
  const signals = useEpisodeSignals();
  const section = useRef<HTMLElement>(null);
  const slider = useRef<HTMLInputElement>(null);
  const replay = useReplay();
  useReplayKeys(replay);
  const range = useTimelineRange();
  const changes = useChanges(range);
  const kind = useSyncExternalStore(episode.changed.subscribe, () => episode.info?.kind ?? null);
  const numbers = density === 'numbers';
  const room = ROOM[density];

  // The slider follows the frames past React: its range first, or the value would be clamped to the old one.
  const follow = useCallback(() => {
    const element = slider.current;
    if (element === null || section.current === null) return;
    const [first, last] = range();
    element.min = String(first);
    element.max = String(last);
    element.value = String(episode.shown < 0 ? 0 : episode.stepAt(episode.shown));
    element.disabled = episode.shown < 0;
    element.setAttribute('aria-valuetext', stepText(episode).title);
    section.current.style.setProperty('--first', String(first));
    section.current.style.setProperty('--span', String(Math.max(1, last - first)));
  }, [episode, range]);
  useTransient(follow, signals);

  const look = useLook();
  const paint = useCallback(
    (surface: Surface) => {
      const { info, count } = episode;
      if (info === null || count === 0) return;
      const fontSize = smallType();
      const area: PlotArea = {
        left: room.left * rem(),
        right: surface.width - room.right * rem(),
        top: 6,
        bottom: surface.height - room.axis * rem(),
      };
      const [firstStep, lastStep] = range();
      // Of a live episode, only what the window shows.
      const from = Math.max(0, episode.indexOfStep(firstStep));
      const to = episode.indexOfStep(lastStep);
      const frames = Array.from({ length: to - from + 1 }, (_, i) => from + i);
      const energies = Array.from({ length: info.layout.energy.length }, (_, layer) =>
        frames.map((i) => episode.read(info.layout.energy, i)?.[layer] ?? NaN),
      );
      // In episodes of training nobody measures it.
      const discrepancy =
        numbers && info.kind === 'input'
          ? frames.map((i) => episode.read(info.layout.discrepancy, i)?.[0] ?? NaN)
          : null;
      paintTimeline(
        surface,
        timelinePlots(area, fontSize * 1.15, discrepancy !== null),
        {
          ...{ energies, discrepancy, firstStep, lastStep },
          steps: frames.map((i) => episode.stepAt(i)),
          marks: changes.map(({ change, label }) => ({ step: change.step, label })),
          shown: episode.shown - from,
        },
        {
          colours: look.layers.errors,
          dashes: LAYER_DASHES,
          names: energies.map((_, l) => (l === 0 ? words.pixels : words.layer(l))),
          discrepancy: words.discrepancy,
          better: words.better,
          nats: words.nats,
          step: (step) => words.tick(step, step === firstStep),
          numbers,
          ink: look.colours.ink,
          soft: look.colours.soft,
          line: look.colours.faint,
          font: look.font,
          fontSize,
        },
      );
    },
    [episode, look, numbers, room, changes, range],
  );

  return (
    <section
      ref={section}
      className={styles.timeline}
      aria-label={words.label}
      style={
        {
          '--plot-left': `${room.left}rem`,
          '--plot-right': `${room.right}rem`,
          '--axis-height': `${room.axis}rem`,
          '--thumb': `${THUMB}px`,
        } as CSSProperties
      }
    >
      <div className={styles.head}>
        {kind !== null && (
          <>
            {numbers ? <Heading withFit={kind === 'input'} /> : <h2>{words.story}</h2>}
            <Transport replay={replay} />
          </>
        )}
        <PastEpisodes />
        <LiveText className={styles.step} read={() => stepText(episode).text} signals={signals} />
        {kind !== null && <Save of={section} what={words.picture} />}
      </div>
      <div className={styles.plot}>
        {kind === null && <p className={styles.none}>{words.none}</p>}
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
        <ChangeMarks changes={changes} />
      </div>
    </section>
  );
}

/** What the curves are, with the symbols they are labelled by. */
function Heading({ withFit }: { withFit: boolean }) {
  return (
    <h2>
      <span title={words.energiesTitle}>{words.energies}</span> <Symbol of="energy" /> {words.axis}
      {withFit && (
        <>
          <span title={words.fitTitle}>{words.fit}</span> <Symbol of="discrepancy" />
        </>
      )}
    </h2>
  );
}
