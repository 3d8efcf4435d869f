import type { KeyboardEvent, MouseEvent, ReactNode, RefObject } from 'react';
import { useCallback, useState } from 'react';
import type { NeuronReport } from '../../../protocol/reports.ts';
import type { Pin } from '../../../store/state.ts';
import { sideOf } from '../../../viz/atlas.ts';
import type { Surface } from '../../../viz/canvas.ts';
import type { ColumnLayout } from '../../../viz/columns.ts';
import { columnLayout, neuronAt, neuronByKey } from '../../../viz/columns.ts';
import { paintHeatmap } from '../../../viz/heatmap.ts';
import { outlinePixel, paintPicture, pixelAt, pixelByKey } from '../../../viz/picture.ts';
import { formatNumber, largest } from '../../../viz/scales.ts';
import common from '../../parts/common.module.css';
import scale from '../../parts/scale.module.css';
import { classes } from '../../parts/classes.ts';
import { useApp, useAppState } from '../../parts/context.ts';
import { PaintedCanvas, placeIn } from '../../parts/painting.tsx';
import { SignedScale } from '../../parts/SignedScale.tsx';
import { useLook } from '../../parts/theme.ts';
import { figures as words, neuron } from './words.ts';
import styles from './NeuronFigures.module.css';

interface FiguresProps {
  pin: Pin;
  report: NeuronReport | null;
  /** The neuron or pixel below whose synapse is pinned. */
  synapse: number | null;
  /** Is where they stand. */
  picture: RefObject<HTMLDivElement | null>;
}

/**
 * What a neuron draws, and the synapses it acts by: in layer 1 those are the picture itself, and beside it stand the error synapses it
 * listens by; above, whom it excites and suppresses in the layer below (the paper's Fig. 6b).
 */
export function NeuronFigures({ pin, report, synapse, picture }: FiguresProps) {
  const below = pin.layer - 1;
  const own = below === 0;
  const given = { pin, synapse };
  const sends = report?.sends ?? null;
  const listens = report?.errorSynapses ?? null;
  return (
    <div ref={picture} className={classes(styles.figures, own && styles.pixels)}>
      {own ? (
        <Figure text={words.draws} values={sends}>
          <Synapses {...given} values={sends} name={words.rowNamePixels} />
        </Figure>
      ) : (
        <Figure text={words.drawsThrough} values={report?.field ?? null}>
          <FieldPicture values={report?.field ?? null} name={words.drawsThrough} />
        </Figure>
      )}
      {!own && (
        <Figure text={words.row(below)} values={sends} wide>
          <Synapses {...given} values={sends} name={words.rowName(below)} />
        </Figure>
      )}
      {own && listens !== null && (
        <Figure text={words.listens} values={listens}>
          <Synapses {...given} values={listens} name={words.listensName} testId="neuron-listens" />
        </Figure>
      )}
      {own && report !== null && listens === null && <p className={common.hint}>{words.sameWay}</p>}
      {synapse === null && report !== null && (
        <p className={classes(common.hint, styles.pick)} data-unsaved>
          {own ? words.pickPixel : words.pick}
        </p>
      )}
    </div>
  );
}

interface FigureProps {
  text: string;
  values: Float32Array | null;
  wide?: boolean;
  children: ReactNode;
}

/** A picture with what it shows and its scale. */
function Figure({ text, values, wide = false, children }: FigureProps) {
  return (
    <figure className={wide ? styles.wide : undefined}>
      {children}
      <figcaption>
        {values !== null && <SignedScale limit={formatNumber(largest(values), 2)} />}
        <span>{values === null ? neuron.fieldNone : text}</span>
      </figcaption>
    </figure>
  );
}

/** A field as a picture, on a scale of its own. */
function FieldPicture({ values, name }: { values: Float32Array | null; name: string }) {
  const look = useLook();
  const paint = useCallback(
    (surface: Surface) => {
      if (values === null) return;
      const limit = largest(values);
      const all = { x: 0, y: 0, width: surface.width, height: surface.height };
      const scale = { low: -limit, high: limit };
      paintPicture(surface, values, sideOf(values.length), look.palette.signed, scale, all);
    },
    [values, look],
  );
  return (
    <PaintedCanvas
      role="img"
      aria-label={name}
      data-testid="neuron-field"
      className={styles.field}
      paint={paint}
    />
  );
}

/** Where the cells of the layer below lie: pixels as a picture, neurons in their groups. */
function useGrid(below: number) {
  const config = useAppState((s) => s.model?.config);
  const size = config?.sizes[below] ?? 0;
  const group = config?.lateral === 'groups' ? (config.groups[below - 1] ?? 0) : 0;
  return useCallback(
    (width: number, height: number): ColumnLayout =>
      below === 0 ? columnLayout(size, 0, width, height) : columnLayout(size, group, width, height),
    [below, size, group],
  );
}

interface SynapsesProps {
  pin: Pin;
  /** The neuron's synapse with each neuron or pixel below. */
  values: Float32Array | null;
  synapse: number | null;
  name: string;
  testId?: string;
}

/** The synapses of a neuron, in the grid of the layer below; a click pins that synapse, arrow keys move it. */
function Synapses({ pin, values, synapse, name, testId = 'neuron-synapses' }: SynapsesProps) {
  const { actions } = useApp();
  const look = useLook();
  const [hovered, setHovered] = useState<number | null>(null);
  const below = pin.layer - 1;
  const grid = useGrid(below);
  const side = sideOf(values?.length ?? 784);

  const paint = useCallback(
    (surface: Surface) => {
      if (values === null) return;
      const limit = largest(values) || 1;
      const scale = { low: -limit, high: limit };
      const { width, height } = surface;
      if (below === 0) {
        const all = { x: 0, y: 0, width, height };
        paintPicture(surface, values, side, look.palette.signed, scale, all);
        for (const [cell, line] of [
          [hovered, 1],
          [synapse, 2],
        ] as const)
          if (cell !== null) outlinePixel(surface, cell, side, look.colours.ink, line);
        return;
      }
      paintHeatmap(surface, grid(width, height), values, {
        map: look.palette.signed,
        scale,
        grid: look.palette.grid,
        ground: look.palette.ground,
        pinned: synapse,
        hovered,
        ink: look.colours.ink,
        side: look.colours.side,
        contest: null,
      });
    },
    [values, below, side, grid, look, hovered, synapse],
  );
  const find = (event: MouseEvent<HTMLCanvasElement>): number | null => {
    const { x, y, width, height } = placeIn(event);
    return below === 0 ? pixelAt(x, y, width, side) : neuronAt(grid(width, height), x, y);
  };
  const choose = (to: number | null) =>
    actions.pinSynapse(to === null || to === synapse ? null : { from: pin, to });
  const onKey = (event: KeyboardEvent<HTMLCanvasElement>) => {
    if (values === null) return;
    if (event.key === 'Escape' && synapse !== null) return choose(null);
    const { width, height } = event.currentTarget.getBoundingClientRect();
    const next =
      below === 0
        ? pixelByKey(side, synapse, event.key)
        : neuronByKey(grid(width, height), synapse, event.key);
    if (next === null || next >= values.length) return;
    event.preventDefault();
    actions.pinSynapse({ from: pin, to: next });
  };
  const label = `${name}. ${words.keys}`;
  const text = hovered === null || values === null ? null : formatNumber(values[hovered]);
  return (
    <div className={styles.synapses}>
      <PaintedCanvas
        role="application"
        aria-label={label}
        tabIndex={0}
        data-testid={testId}
        paint={paint}
        onPointerMove={(event) => setHovered(find(event))}
        onPointerLeave={() => setHovered(null)}
        onClick={(event) => choose(find(event))}
        onKeyDown={onKey}
      />
      {hovered !== null && text !== null && (
        <span className={classes(scale.hovered, common.number)}>
          {below === 0 ? `${Math.floor(hovered / side)},${hovered % side}` : hovered}: {text}
        </span>
      )}
    </div>
  );
}
