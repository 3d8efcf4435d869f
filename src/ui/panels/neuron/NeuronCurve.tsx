import type { PointerEvent } from 'react';
import { useCallback, useMemo, useRef } from 'react';
import type { Section } from '../../../protocol/frame.ts';
import type { EpisodeBuffer } from '../../../store/episode.ts';
import type { Pin } from '../../../store/state.ts';
import type { PlotArea } from '../../../viz/axis.ts';
import type { Surface } from '../../../viz/canvas.ts';
import { formatNumber } from '../../../viz/scales.ts';
import { heldRange, stepUnder } from '../../../viz/steps.ts';
import { paintTraces } from '../../../viz/trace.ts';
import common from '../../parts/common.module.css';
import { useApp } from '../../parts/context.ts';
import { useEpisodeSignals } from '../../parts/frames.ts';
import { PaintedCanvas, placeIn } from '../../parts/painting.tsx';
import { rem, smallType } from '../../parts/rem.ts';
import { useLook } from '../../parts/theme.ts';
import { Save } from '../../save/Save.tsx';
import { stepText } from '../../timeline/stepText.ts';
import { LineKey } from './LineKey.tsx';
import { curve as words, neuron } from './words.ts';
import styles from './NeuronCurve.module.css';

/** A quantity of the pin over the steps, and how its line looks. */
interface Line {
  readonly kind: 'state' | 'activity' | 'prediction' | 'error' | 'input';
  readonly flow: 'ink' | 'state' | 'down' | 'up';
  readonly dash: readonly number[];
  readonly width: number;
}

const INPUT: Line = { kind: 'input', flow: 'ink', dash: [], width: 2 };
const LINES: readonly Line[] = [
  { kind: 'state', flow: 'state', dash: [1.5, 3], width: 1.6 },
  { kind: 'activity', flow: 'state', dash: [], width: 2.2 },
  { kind: 'prediction', flow: 'down', dash: [], width: 1.8 },
  { kind: 'error', flow: 'up', dash: [5, 3], width: 1.8 },
];
const { activity, prediction, error, input } = neuron;
const NAMES = { activity, prediction, error, input, state: words.state };

function sectionOf(episode: EpisodeBuffer, kind: Line['kind'], layer: number): Section | undefined {
  const layout = episode.info?.layout;
  switch (kind) {
    case 'input':
      return layout?.input;
    case 'state':
      return layout?.z[layer - 1];
    case 'activity':
      return layout?.states[layer - 1];
    case 'prediction':
      return layout?.predictions[layer];
    case 'error':
      return layout?.errors[layer];
    default:
      return kind satisfies never;
  }
}

const areaOf = (width: number, height: number): PlotArea => ({
  left: 2.7 * rem(),
  right: width - 6,
  top: 6,
  bottom: height - 1.35 * rem(),
});

/** The state, its activity, what is predicted of it and its error neuron over the episode; a click or a drag scrubs. */
export function NeuronCurve({ pin }: { pin: Pin }) {
  const { episode } = useApp();
  const look = useLook();
  const signals = useEpisodeSignals();
  const { layer, index } = pin;
  const section = useRef<HTMLElement>(null);
  const top = layer > 0 && episode.info !== null && layer === episode.info.layout.sizes.length - 1;
  const lines = useMemo(() => {
    const all = layer === 0 ? [INPUT, ...LINES.slice(2)] : LINES;
    // Nothing predicts the top layer.
    return top ? all.filter(({ kind }) => kind !== 'prediction' && kind !== 'error') : all;
  }, [layer, top]);

  const paint = useCallback(
    (surface: Surface) => {
      const { info, count } = episode;
      if (info === null || count === 0) return;
      const frames = Array.from({ length: count }, (_, i) => i);
      const traces = lines.map(({ kind, flow, dash, width }) => {
        const section = sectionOf(episode, kind, layer);
        const values = frames.map((i) => (section && episode.read(section, i)?.[index]) ?? NaN);
        return { values, colour: look.colours[flow], dash, width };
      });
      const area = areaOf(surface.width, surface.height);
      const steps = frames.map(episode.stepAt);
      paintTraces(surface, area, steps, heldRange(episode), episode.shown, traces, {
        line: look.colours.line,
        ink: look.colours.ink,
        soft: look.colours.soft,
        font: look.font,
        fontSize: smallType(),
      });
    },
    [episode, lines, layer, index, look],
  );
  const scrub = (event: PointerEvent<HTMLCanvasElement>) => {
    const { x, width, height } = placeIn(event);
    const step = stepUnder(x, areaOf(width, height), heldRange(episode));
    episode.show(episode.indexOfStep(step));
  };
  return (
    <section ref={section} className={styles.curve} aria-label={words.heading}>
      <div className={common.sectionHead}>
        <h3>{words.heading}</h3>
        <Save
          of={section}
          what={words.picture(layer, index)}
          more={() => stepText(episode).title}
        />
      </div>
      <PaintedCanvas
        role="img"
        aria-label={words.name}
        data-testid="neuron-curve"
        paint={paint}
        signals={signals}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          scrub(event);
        }}
        onPointerMove={(event) => event.buttons === 1 && scrub(event)}
      />
      <div className={styles.keys}>
        {lines.map((line) => (
          <CurveKey key={line.kind} line={line} pin={pin} />
        ))}
      </div>
    </section>
  );
}

function CurveKey({ line, pin }: { line: Line; pin: Pin }) {
  const { episode } = useApp();
  const look = useLook();
  const signals = useEpisodeSignals();
  const { kind, flow, dash, width } = line;
  const { layer, index } = pin;
  const read = useCallback(() => {
    const section = sectionOf(episode, kind, layer);
    return formatNumber(section && episode.read(section)?.[index]);
  }, [episode, kind, layer, index]);
  return (
    <LineKey
      name={NAMES[kind]}
      colour={look.colours[flow]}
      dash={dash}
      width={width}
      read={read}
      signals={signals}
      testId={`neuron-${kind}`}
    />
  );
}
