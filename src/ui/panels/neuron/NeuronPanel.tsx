import type { Pin } from '../../../store/state.ts';
import { useRef } from 'react';
import { strongest } from '../../../store/strongest.ts';
import { sideOf } from '../../../viz/atlas.ts';
import common from '../../parts/common.module.css';
import panel from '../panel.module.css';
import { useApp, useAppState } from '../../parts/context.ts';
import { useHasFrames } from '../../parts/frames.ts';
import { Save } from '../../save/Save.tsx';
import { NothingYet } from '../NothingYet.tsx';
import { SynapsesSince } from '../SynapsesSince.tsx';
import { ColumnContest } from './ColumnContest.tsx';
import { NeuronCurve } from './NeuronCurve.tsx';
import { NeuronFigures } from './NeuronFigures.tsx';
import { NeuronTerms } from './NeuronTerms.tsx';
import { PixelTerms } from './PixelTerms.tsx';
import { SynapseCard } from './SynapseCard.tsx';
import { useNeuron } from './useNeuron.ts';
import { neuron as words, curve } from './words.ts';
import styles from './NeuronPanel.module.css';

/** One neuron or pixel that the user pinned. */
export function NeuronPanel() {
  const { actions, episode } = useApp();
  const pin = useAppState((s) => s.pin);
  const known = useHasFrames();
  const pinStrongest = () => {
    const section = episode.info?.layout.states[0];
    const states = section && episode.read(section);
    const index = strongest(states ?? []);
    if (index !== null) actions.pin({ layer: 1, index });
  };
  if (pin === null)
    return (
      <div className={styles.none}>
        <p>{words.none}</p>
        {known && (
          <button type="button" onClick={pinStrongest}>
            {words.strongest}
          </button>
        )}
      </div>
    );
  return <Pinned pin={pin} />;
}

function Pinned({ pin }: { pin: Pin }) {
  const { actions } = useApp();
  const { layer, index } = pin;
  const picture = useRef<HTMLDivElement>(null);
  const config = useAppState((s) => s.model?.config);
  const synapse = useAppState(({ synapse: held }) =>
    held !== null && held.from.layer === layer && held.from.index === index ? held.to : null,
  );
  const report = useNeuron(pin);
  const known = useHasFrames();
  const group = config?.lateral === 'groups' && layer > 0 ? (config.groups[layer - 1] ?? 0) : 0;
  const size = config?.sizes[layer] ?? 0;
  const side = sideOf(config?.sizes[0] ?? 784);
  return (
    <div className={panel.panel}>
      <div className={styles.head}>
        <div className={styles.name}>
          <h2>
            {layer === 0
              ? words.pixel(Math.floor(index / side), index % side)
              : words.title(index, layer)}
          </h2>
          {group > 1 && (
            <p className={common.soft}>
              {words.column(Math.floor(index / group) + 1, Math.ceil(size / group))}
            </p>
          )}
        </div>
        {layer > 0 && <Save of={picture} what={words.picture(layer, index)} />}
        <button type="button" onClick={() => actions.pin(null)}>
          {words.unpin}
        </button>
      </div>
      {layer > 0 && <SynapsesSince />}
      {layer > 0 && <NeuronFigures {...{ pin, report, synapse, picture }} />}
      {layer > 0 && synapse !== null && <SynapseCard pin={pin} to={synapse} report={report} />}
      {known ? (
        <>
          <NeuronCurve pin={pin} />
          {layer > 0 ? <NeuronTerms pin={pin} /> : <PixelTerms index={index} />}
          {layer > 0 && <ColumnContest pin={pin} report={report} />}
        </>
      ) : (
        <NothingYet then={curve.none} />
      )}
    </div>
  );
}
