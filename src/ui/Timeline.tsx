import type { CSSProperties } from 'react';
import { useCallback, useMemo, useRef } from 'react';
import { LAYER_DASHES } from '../viz/colour.ts';
import type { Surface } from '../viz/canvas.ts';
import type { PlotArea } from '../viz/timeline.ts';
import { paintTimeline } from '../viz/timeline.ts';
import { useApp } from './context.ts';
import { LiveText, PaintedCanvas, useTransient } from './painting.tsx';
import { strings } from './strings.ts';
import { useLook } from './theme.ts';

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

  // The slider follows the frames past React: its range first, or the value would be clamped to the old one.
  const follow = useCallback(() => {
    const element = slider.current;
    if (element === null) return;
    const steps = episode.info?.steps ?? 0;
    const step = episode.shown < 0 ? 0 : episode.stepAt(episode.shown);
    element.max = String(steps);
    element.value = String(step);
    element.disabled = episode.shown < 0;
    element.setAttribute('aria-valuetext', strings.timeline.step(step, steps));
  }, [episode]);
  useTransient(follow, signals);

  const paint = useCallback(
    (surface: Surface) => {
      const rem = parseFloat(getComputedStyle(document.documentElement).fontSize);
      const { info, count } = episode;
      if (info === null || count === 0) return;
      const area: PlotArea = {
        left: LEFT,
        right: surface.width - LABELS_REM * rem,
        top: 8,
        bottom: surface.height - 1.6 * rem,
      };
      const layers = info.layout.energy.length;
      const energies = Array.from({ length: layers }, (_, layer) =>
        Array.from(
          { length: count },
          (_, i) => episode.read(info.layout.energy, i)?.[layer] ?? NaN,
        ),
      );
      paintTimeline(
        surface,
        area,
        {
          steps: Array.from({ length: count }, (_, i) => episode.stepAt(i)),
          energies,
          lastStep: info.steps,
          shown: episode.shown,
        },
        {
          colours: look.layers,
          dashes: LAYER_DASHES,
          names: energies.map((_, l) => (l === 0 ? strings.timeline.pixels : `layer ${l}`)),
          ink: look.colours.ink,
          soft: look.colours.soft,
          line: look.colours.faint,
          font: look.font,
          fontSize: 0.85 * rem,
        },
      );
    },
    [episode, look],
  );
  const position = useCallback(() => {
    const { info, shown, count } = episode;
    if (info === null || shown < 0) return strings.timeline.none;
    const single = count === 1 && info.kind === 'training' && info.steps > 0;
    if (single) return strings.timeline.single;
    return strings.timeline.step(episode.stepAt(shown), info.steps);
  }, [episode]);

  return (
    <section
      className="timeline"
      aria-label={strings.timeline.heading}
      style={
        {
          '--timeline-left': `${LEFT - THUMB}px`,
          '--timeline-right': `calc(${LABELS_REM}rem - ${THUMB}px)`,
        } as CSSProperties
      }
    >
      <div className="timeline-head">
        <h2>
          {strings.timeline.heading} <small>{strings.timeline.scale}</small>
        </h2>
        <LiveText className="timeline-step" read={position} signals={signals} />
      </div>
      <div className="timeline-plot">
        <PaintedCanvas aria-hidden="true" paint={paint} signals={signals} />
        <input
          ref={slider}
          type="range"
          aria-label={strings.timeline.name}
          min={0}
          step={1}
          defaultValue={0}
          onInput={(event) => episode.show(episode.indexOfStep(Number(event.currentTarget.value)))}
        />
      </div>
    </section>
  );
}
