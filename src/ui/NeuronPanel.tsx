import { useCallback, useMemo } from 'react';
import type { Section } from '../protocol/frame.ts';
import type { Pin } from '../store/state.ts';
import { sideOf } from '../viz/atlas.ts';
import type { Surface } from '../viz/canvas.ts';
import { paintPicture } from '../viz/picture.ts';
import { formatNumber, largest } from '../viz/scales.ts';
import { paintContestBars, paintTraces } from '../viz/trace.ts';
import { useApp, useAppState } from './context.ts';
import { LiveText, PaintedCanvas } from './painting.tsx';
import { strings } from './strings.ts';
import { useLook } from './theme.ts';
import { useFields } from './useFields.ts';

const words = strings.neuron;

/** One neuron or pixel that the user pinned. */
export function NeuronPanel() {
  const { actions, episode } = useApp();
  const pin = useAppState((s) => s.pin);
  const pinStrongest = () => {
    const section = episode.info?.layout.states[0];
    const states = section && episode.read(section);
    if (!states) return;
    let index = 0;
    states.forEach((value, i) => {
      if (value > states[index]!) index = i;
    });
    actions.pin({ layer: 1, index });
  };
  if (pin === null)
    return (
      <div className="neuron-none">
        <p>{words.none}</p>
        <button type="button" onClick={pinStrongest}>
          {words.strongest}
        </button>
      </div>
    );
  return <Pinned pin={pin} />;
}

/** The traces of a pin: which sections of a frame they are and how they are drawn. */
interface Line {
  readonly kind: 'activity' | 'prediction' | 'error' | 'input';
  readonly meaning: string;
  readonly section: Section | undefined;
  readonly flow: 'ink' | 'down' | 'up';
}

function Pinned({ pin }: { pin: Pin }) {
  const { actions, episode } = useApp();
  const look = useLook();
  const { layer, index } = pin;
  const config = useAppState((s) => s.model?.config);
  const fields = useFields(layer);
  const signals = useMemo(() => [episode.changed], [episode]);
  const group = config?.lateral === 'groups' && layer > 0 ? (config.groups[layer - 1] ?? 0) : 0;
  const size = config?.sizes[layer] ?? 0;
  const column = group > 1 ? Math.floor(index / group) : null;

  const weighted = layer > 0 && config?.precision !== 'none';
  const lines = useCallback((): readonly Line[] => {
    const layout = episode.info?.layout;
    const state: Line =
      layer === 0
        ? { kind: 'input', meaning: '', section: layout?.input, flow: 'ink' }
        : {
            kind: 'activity',
            meaning: words.meaning.state,
            section: layout?.states[layer - 1],
            flow: 'ink',
          };
    return [
      state,
      {
        kind: 'prediction',
        meaning: words.meaning.prediction,
        section: layout?.predictions[layer],
        flow: 'down',
      },
      {
        kind: 'error',
        meaning: weighted ? words.meaning.weighted : words.meaning.error,
        section: layout?.errors[layer],
        flow: 'up',
      },
    ];
  }, [episode, layer, weighted]);

  const trace = useCallback(
    (surface: Surface) => {
      const { info, count } = episode;
      if (info === null || count === 0) return;
      const frames = Array.from({ length: count }, (_, i) => i);
      const traces = lines()
        .filter(({ section }) => section !== undefined)
        .map(({ section, flow, kind }) => ({
          values: frames.map((i) => (section && episode.read(section, i)?.[index]) ?? 0),
          colour: look.colours[flow],
          dash: kind === 'error' ? [5, 3] : [],
        }));
      const area = { left: 5, right: surface.width - 5, top: 5, bottom: surface.height - 5 };
      const style = { line: look.colours.line, ink: look.colours.ink };
      const steps = frames.map((i) => episode.stepAt(i));
      paintTraces(surface, area, steps, info.steps, episode.shown, traces, style);
    },
    [episode, lines, index, look],
  );
  const field = useCallback(
    (surface: Surface) => {
      if (fields === null) return;
      const values = fields.values.subarray(index * fields.pixels, (index + 1) * fields.pixels);
      const limit = largest(values);
      const all = { x: 0, y: 0, width: surface.width, height: surface.height };
      paintPicture(
        surface,
        values,
        sideOf(fields.pixels),
        look.palette.signed,
        { low: -limit, high: limit },
        all,
      );
    },
    [fields, index, look],
  );
  const limit =
    fields === null
      ? null
      : largest(fields.values.subarray(index * fields.pixels, (index + 1) * fields.pixels));
  const side = sideOf(config?.sizes[0] ?? 784);
  return (
    <div className="neuron-panel">
      <div className="neuron-head">
        <div>
          <h2>
            {layer === 0
              ? words.pixel(Math.floor(index / side), index % side)
              : words.title(index, layer)}
          </h2>
          {column !== null && (
            <p className="soft">{words.column(column + 1, Math.ceil(size / group))}</p>
          )}
        </div>
        <button type="button" onClick={() => actions.pin(null)}>
          {words.unpin}
        </button>
      </div>
      <div className="neuron-top">
        {layer > 0 && (
          <figure className="neuron-field">
            <PaintedCanvas role="img" aria-label={words.field} paint={field} />
            <figcaption>
              {fields === null ? words.fieldNone : words.field}
              {limit !== null && (
                <span className="caption">
                  −{formatNumber(limit)} <span className="ramp ramp-signed" /> {formatNumber(limit)}
                </span>
              )}
            </figcaption>
          </figure>
        )}
        <figure className="neuron-trace">
          <PaintedCanvas role="img" aria-label={words.trace} paint={trace} signals={signals} />
          <figcaption>{words.trace}</figcaption>
        </figure>
      </div>
      <h3>{words.values}</h3>
      <dl className="neuron-values">
        {lines().map((line) => (
          <Value key={line.kind} kind={line.kind} line={lines} index={index} />
        ))}
      </dl>
      {column !== null && <Mates layer={layer} index={index} group={group} size={size} />}
    </div>
  );
}

interface ValueProps {
  kind: Line['kind'];
  line(): readonly Line[];
  index: number;
}

function Value({ kind, line, index }: ValueProps) {
  const { episode } = useApp();
  const signals = useMemo(() => [episode.changed], [episode]);
  const find = useCallback(() => line().find((one) => one.kind === kind), [line, kind]);
  const read = useCallback(() => {
    const section = find()?.section;
    return formatNumber(section && episode.read(section)?.[index]);
  }, [episode, find, index]);
  const change = useCallback(() => {
    const section = find()?.section;
    const now = section && episode.read(section)?.[index];
    const before = section && episode.read(section, episode.shown - 1)?.[index];
    if (now === undefined || before === undefined) return '';
    const by = now - before;
    return `${by >= 0 ? '+' : ''}${formatNumber(by)}`;
  }, [episode, find, index]);
  const { flow, meaning } = find() ?? { flow: 'ink', meaning: '' };
  return (
    <div>
      <dt className={`flow-${flow}`}>
        {words[kind]}
        <small>{meaning}</small>
      </dt>
      <dd>
        <LiveText className="number" read={read} signals={signals} />
        <LiveText className="number soft" read={change} signals={signals} />
      </dd>
    </div>
  );
}

interface MatesProps {
  layer: number;
  index: number;
  group: number;
  size: number;
}

/** The activity of the neurons that share the pinned one's column. */
function Mates({ layer, index, group, size }: MatesProps) {
  const { episode } = useApp();
  const look = useLook();
  const signals = useMemo(() => [episode.changed], [episode]);
  const first = Math.floor(index / group) * group;
  const count = Math.min(group, size - first);
  const paint = useCallback(
    (surface: Surface) => {
      const section = episode.info?.layout.states[layer - 1];
      const states = section && episode.read(section);
      if (!states) return;
      const names = Array.from({ length: count }, (_, i) => String(first + i));
      const rem = parseFloat(getComputedStyle(document.documentElement).fontSize);
      paintContestBars(surface, [...states.subarray(first, first + count)], index - first, names, {
        side: look.colours.side,
        soft: look.colours.soft,
        line: look.colours.line,
        font: look.font,
        fontSize: 0.78 * rem,
      });
    },
    [episode, layer, first, count, index, look],
  );
  return (
    <>
      <h3 className="flow-side">{words.mates}</h3>
      <div className="mates">
        <PaintedCanvas role="img" aria-label={words.mates} paint={paint} signals={signals} />
      </div>
    </>
  );
}
