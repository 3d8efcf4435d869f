import { useCallback } from 'react';
import type { NeuronReport } from '../../../protocol/reports.ts';
import { grouped } from '../../../shared/grouped.ts';
import type { Needed } from '../../../store/locality.ts';
import { backpropNeeds, totalNeeded } from '../../../store/locality.ts';
import type { Pin } from '../../../store/state.ts';
import { sideOf } from '../../../viz/atlas.ts';
import { formatNumber } from '../../../viz/scales.ts';
import common from '../../parts/common.module.css';
import flows from '../../parts/flows.module.css';
import { classes } from '../../parts/classes.ts';
import { useApp, useAppState, useShown } from '../../parts/context.ts';
import { useEpisodeSignals } from '../../parts/frames.ts';
import { Explained, Formula } from '../../parts/Formula.tsx';
import { LiveText } from '../../parts/painting.tsx';
import { names } from '../words.ts';
import { NotLocal } from './NotLocal.tsx';
import { synapse as words } from './words.ts';
import styles from './SynapseCard.module.css';

interface SynapseProps {
  pin: Pin;
  /** The neuron or pixel below that the synapse reaches. */
  to: number;
  report: NeuronReport | null;
}

/** One synapse: the two numbers it learns from (Eq. 16), what is not local about it, and what backpropagation would need. */
export function SynapseCard({ pin, to, report }: SynapseProps) {
  const { actions } = useApp();
  const pixels = useAppState((s) => s.model?.config.sizes[0] ?? 784);
  const { layer, index } = pin;
  const side = sideOf(pixels);
  const end =
    layer === 1 ? names.pixel(Math.floor(to / side), to % side) : names.neuron(to, layer - 1);
  return (
    <section className={styles.synapse} aria-label={words.label} data-testid="synapse">
      <div className={styles.head}>
        <h3>{words.heading(names.neuron(index, layer), end)}</h3>
        <button type="button" onClick={() => actions.pinSynapse(null)}>
          {words.close}
        </button>
      </div>
      <Local pin={pin} to={to} report={report} />
      <Backprop layer={layer} />
    </section>
  );
}

/** Activity times error, both at the synapse; and what is not. */
function Local({ pin, to, report }: SynapseProps) {
  const { episode } = useApp();
  const signals = useEpisodeSignals();
  const errorRate = useShown(({ config }) => config?.errorRate ?? 1);
  const { layer, index } = pin;
  const pair = useCallback((): readonly [number, number] | null => {
    const layout = episode.info?.layout;
    const states = layout?.states[layer - 1];
    const errors = layout?.errors[layer - 1];
    const phi = states && episode.read(states)?.[index];
    const e = errors && episode.read(errors)?.[to];
    return phi === undefined || e === undefined ? null : [phi, e];
  }, [episode, layer, index, to]);
  const live = (testId: string, of: (phi: number, e: number) => number) => (
    <LiveText
      className={common.number}
      testId={testId}
      signals={signals}
      read={() => {
        const held = pair();
        return formatNumber(held && of(...held));
      }}
    />
  );
  const errorWeight = report?.errorSynapses?.[to];
  return (
    <div className={styles.local}>
      <h4 className={flows.learn}>{words.local}</h4>
      <div className={styles.product}>
        <div className={styles.factor}>
          {live('synapse-activity', (phi) => phi)}
          <Formula>{`φ(z_${layer})`}</Formula>
          <small>{words.pre}</small>
        </div>
        <span className={styles.times}>×</span>
        <div className={styles.factor}>
          {live('synapse-error', (_, e) => e)}
          <Formula>{`e_${layer - 1}`}</Formula>
          <small>{words.post}</small>
        </div>
        <span className={styles.times}>=</span>
        <div className={classes(styles.factor, styles.result)}>
          {live('synapse-change', (phi, e) => phi * e)}
          <Formula>{`ΔW_${layer}`}</Formula>
          <small>{words.change}</small>
        </div>
      </div>
      <dl className={styles.lines}>
        <dt>
          <Formula>{`W_${layer}`}</Formula>, {words.weight}
        </dt>
        <dd className={common.number} data-testid="synapse-weight">
          {formatNumber(report?.sends[to])}
        </dd>
        {errorWeight !== undefined && (
          <>
            <dt>
              <Formula>{`E_${layer}`}</Formula>, {words.errorWeight}
            </dt>
            <dd className={common.number}>{formatNumber(errorWeight)}</dd>
            <dt>
              <Formula>{`ΔE_${layer} = λ_E·ΔW_${layer}, λ_E`}</Formula> ={' '}
              {formatNumber(errorRate, 2)} (Eq. 18)
            </dt>
            <dd>{live('synapse-error-change', (phi, e) => errorRate * phi * e)}</dd>
          </>
        )}
      </dl>
      <p className={styles.moral}>{words.both}</p>
      <NotLocal layer={layer} />
    </div>
  );
}

function nameOf({ kind, layer, count }: Needed): string {
  const { kinds } = words;
  if (kind === 'errors') return count === 1 ? kinds.own : kinds.errors();
  if (kind === 'slopes') return count === 1 ? kinds.slope : kinds.slopes(layer);
  return kinds[kind](layer);
}

/** The chain from the loss at the pixels, as counts. */
function Backprop({ layer }: { layer: number }) {
  const sizes = useAppState((s) => s.model?.config.sizes);
  const auxiliary = useAppState((s) => s.model?.definition.auxiliary ?? false);
  if (sizes === undefined) return null;
  const needs = backpropNeeds(sizes, layer - 1, auxiliary);
  const local = layer === 1;
  return (
    <div className={styles.backprop}>
      <h4>{words.backprop}</h4>
      <ul>
        <li>
          <span>{words.pre}</span>
          <b className={common.number}>1</b>
        </li>
        {needs.map((need) => (
          <li key={`${need.kind}${need.layer}`}>
            <span>
              <Explained>{nameOf(need)}</Explained>
            </span>
            <b className={common.number}>{grouped(need.count)}</b>
          </li>
        ))}
      </ul>
      <p className={styles.moral} data-testid="synapse-backprop">
        {local ? words.totalLocal : words.total(grouped(totalNeeded(needs)))}
      </p>
    </div>
  );
}
