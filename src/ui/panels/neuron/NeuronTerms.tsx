import { useCallback, useMemo } from 'react';
import type { NeuronTerms as Terms } from '../../../protocol/frame.ts';
import type { EpisodeBuffer } from '../../../store/episode.ts';
import type { Pin } from '../../../store/state.ts';
import type { Surface } from '../../../viz/canvas.ts';
import { paintWaterfall, reach } from '../../../viz/waterfall.ts';
import common from '../../parts/common.module.css';
import flows from '../../parts/flows.module.css';
import panel from '../panel.module.css';
import sums from './sum.module.css';
import { classes } from '../../parts/classes.ts';
import { useApp, useAppState, useShown } from '../../parts/context.ts';
import { useEpisodeSignals } from '../../parts/frames.ts';
import { exact } from '../../parts/format.ts';
import { Explained, Formula, Term } from '../../parts/Formula.tsx';
import { LiveText, PaintedCanvas } from '../../parts/painting.tsx';
import { useLook } from '../../parts/theme.ts';
import { terms as words } from './words.ts';
import styles from './NeuronTerms.module.css';

/** The terms of d in the order in which they are added up. */
const KINDS = ['bottomUp', 'topDown', 'lateral', 'prior', 'leak'] as const;
type Kind = (typeof KINDS)[number];
/** Each in the colour that its kind of message has everywhere. */
const FLOWS = {
  bottomUp: 'up',
  topDown: 'down',
  lateral: 'side',
  prior: 'soft',
  leak: 'soft',
} as const;

const signed = (value: number) => (value > 0 ? `+${exact(value)}` : exact(value));

/** A term of d for a neuron of layer l (Eq. 15), `_` below the line. */
function termOf(kind: Kind, l: number, ownSynapses: boolean): string {
  switch (kind) {
    case 'bottomUp':
      return ownSynapses ? `e_${l - 1}·E_${l}` : `e_${l - 1}·W_${l}ᵀ⊙φ′`;
    case 'topDown':
      return `−e_${l}`;
    case 'lateral':
      return `−φ(z_${l})·V_${l}`;
    case 'prior':
      return `−λ sign z_${l}`;
    case 'leak':
      return `−γ z_${l}`;
    default:
      return kind satisfies never;
  }
}

/** The arithmetic of the next step of a neuron's state (Eq. 15), term by term, with the numbers of the step on show. */
export function NeuronTerms({ pin }: { pin: Pin }) {
  const { episode } = useApp();
  const look = useLook();
  const signals = useEpisodeSignals();
  const { layer, index } = pin;
  const config = useShown((shown) => shown.config);
  const silent = useShown(
    ({ lesions: { layers, units } }) =>
      layers.includes(layer) || units.some((one) => one.layer === layer && one.index === index),
  );
  // What this network or layer does not have stands there as nothing.
  const absent: Partial<Record<Kind, boolean>> = {
    topDown: layer === (config?.sizes.length ?? 0) - 1,
    lateral: config?.lateral === 'none',
    prior: config?.laplace === 0,
  };
  const ownSynapses = useAppState((s) => s.model?.definition.feedback === 'error-synapses');
  const limitsAt = useMemo(() => createLimits(episode, { layer, index }), [episode, layer, index]);
  const terms = useCallback(() => episode.terms({ layer, index }), [episode, layer, index]);

  const paint = useCallback(
    (surface: Surface) => {
      const held = terms();
      if (held === null) return;
      const rows = KINDS.map((kind) => ({ value: held[kind], colour: look.colours[FLOWS[kind]] }));
      // What they come to moves the state.
      const { state, line } = look.colours;
      paintWaterfall(surface, rows, limitsAt(episode.shown), { sum: state, line });
    },
    [terms, look, limitsAt, episode],
  );
  const text = (write: (held: Terms) => string) => () => {
    const held = terms();
    return held === null ? '—' : write(held);
  };
  const from = () => (episode.count > 0 ? words.from(episode.stepAt(episode.shown)) : '');
  return (
    <section aria-label={words.heading}>
      <h3>
        {words.heading}{' '}
        <Live className={classes(panel.aside, common.number)} read={from} testId="terms-step" />
        <small className={styles.equation}>{words.equation}</small>
      </h3>
      {silent && <p className={classes(common.hint, common.strong)}>{words.silent}</p>}
      <div className={styles.terms}>
        <div className={styles.bars}>
          <PaintedCanvas
            role="img"
            aria-label={words.canvas}
            data-testid="terms-waterfall"
            paint={paint}
            signals={signals}
          />
        </div>
        {KINDS.map((kind, i) => (
          <div key={kind} className={styles.term} style={{ gridRow: i + 1 }}>
            <Term
              formula={termOf(kind, layer, ownSynapses)}
              className={classes(styles.name, flows[absent[kind] ? 'soft' : FLOWS[kind]])}
            >
              {words[kind]}
            </Term>
            <Live
              className={common.number}
              read={text((held) => signed(held[kind]))}
              testId={`term-${kind}`}
            />
          </div>
        ))}
        <div className={classes(styles.term, styles.total)} style={{ gridRow: KINDS.length + 1 }}>
          <span className={styles.name}>
            {words.sum} <Formula>d</Formula>
          </span>
          <Live
            className={common.number}
            read={text((held) => signed(held.change))}
            testId="term-sum"
          />
        </div>
      </div>
      <p className={classes(sums.sum, common.number)}>
        <span className={sums.part}>
          <Live read={text((held) => exact(held.z))} testId="term-z" />
          <small>
            <Formula>{`z_${layer}`}</Formula>
          </small>
        </span>
        +
        <span className={sums.part}>
          <Live read={text((held) => String(+held.beta.toPrecision(4)))} testId="term-beta" />
          <small>
            <Formula>β</Formula>
          </small>
        </span>
        ·
        <span className={sums.part}>
          <Live read={text((held) => signed(held.change))} />
          <small>
            <Formula>d</Formula>
          </small>
        </span>
        =
        <span className={sums.part}>
          <Live read={text((held) => exact(held.next))} testId="term-next" />
          <small>
            <Explained>{words.next}</Explained>
          </small>
        </span>
      </p>
    </section>
  );
}

interface LiveProps {
  read(): string;
  className?: string | undefined;
  testId?: string;
}

/** Text that follows the frame on show. */
function Live(props: LiveProps) {
  return <LiveText {...props} signals={useEpisodeSignals()} />;
}

/** The scale follows the terms up at once, and down by this part at most in each step: no flicker. */
const FALL = 0.6;

/** How far the waterfall's scale reaches below and above zero at a frame. */
function createLimits(episode: EpisodeBuffer, neuron: Pin) {
  let of: number | null = null;
  let first = 0;
  let limits: (readonly [number, number])[] = [];
  return (frame: number): readonly [number, number] => {
    const { info, count } = episode;
    const start = count > 0 ? episode.stepAt(0) : 0;
    // A new episode, or one whose oldest frames were forgotten: frames have other numbers now.
    if (of !== (info?.id ?? null) || limits.length > count || first !== start) {
      of = info?.id ?? null;
      first = start;
      limits = [];
    }
    for (let i = limits.length; i < count; i++) {
      const terms = episode.terms(neuron, i);
      const [below, above] = terms === null ? [0, 0] : reach(KINDS.map((kind) => terms[kind]));
      const [low, high] = limits[i - 1] ?? [0, 0];
      limits.push([Math.max(below, low * FALL), Math.max(above, high * FALL)]);
    }
    return limits[frame] ?? [1, 1];
  };
}
