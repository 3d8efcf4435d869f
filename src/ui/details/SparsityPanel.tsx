import { useCallback, useState } from 'react';
import { paperSparsity } from '../../store/paper.ts';
import { activeShare } from '../../store/sparsity.ts';
import type { Surface } from '../../viz/canvas.ts';
import { paintShares } from '../../viz/shares.ts';
import { formatNumber } from '../../viz/scales.ts';
import { useApp, useAppState } from '../context.ts';
import { Segments } from '../controls.tsx';
import { LiveText, PaintedCanvas } from '../painting.tsx';
import { strings } from '../strings.ts';
import { useLook } from '../theme.ts';
import { ActivityHistogram } from './ActivityHistogram.tsx';
import { useEpisodeSignals, useHasFrames } from './frames.ts';
import { NothingYet } from './NothingYet.tsx';

const words = strings.details.sparsity;
const share = (value: number | null | undefined) => formatNumber(value, 2);

/** How few neurons are active, layer by layer, and what competition has to do with it (Table 3). */
export function SparsityPanel() {
  const { actions } = useApp();
  const [layer, setLayer] = useState(1);
  const layers = useAppState((s) => (s.model?.config.sizes.length ?? 1) - 1);
  const known = useHasFrames();
  if (!known || layers === 0) return <NothingYet then={words.none} />;
  const shown = Math.min(layer, layers);
  return (
    <div className="sparsity">
      <Shares layers={layers} />
      <Compare />
      <div className="section-head">
        <h3>{words.histogram}</h3>
        <Segments
          name="sparsity-layer"
          label={words.layer}
          value={String(shown)}
          options={Array.from({ length: layers }, (_, i) => ({
            value: String(i + 1),
            label: `z${i + 1}`,
          }))}
          onChange={(value) => setLayer(Number(value))}
        />
      </div>
      <ActivityHistogram layer={shown} />
      <Table />
      <button type="button" className="link" onClick={() => actions.showPanel('curves')}>
        {words.training}
      </button>
    </div>
  );
}

/** The comparison, if it is of the present synapses. */
function useWithout() {
  return useAppState(({ withoutLateral, weightsVersion }) =>
    withoutLateral?.version === weightsVersion ? withoutLateral : null,
  );
}

/** What the paper measured for this model; null where it did not. */
function usePaper() {
  const variant = useAppState((s) => s.model?.config.variant);
  const dataset = useAppState((s) => s.data?.dataset ?? s.setUp.dataset);
  const paper = paperSparsity(dataset);
  const own = paper.rows.find(({ model }) => model === variant)?.shares ?? null;
  return { ...paper, own, variant, otherData: paper.dataset !== dataset };
}

/** ρ of each layer at the step on show. */
function Shares({ layers }: { layers: number }) {
  const { episode } = useApp();
  const look = useLook();
  const signals = useEpisodeSignals();
  const without = useWithout();
  const { own } = usePaper();
  const now = useCallback(
    (layer: number): number | null => {
      const section = episode.info?.layout.states[layer - 1];
      const states = section && episode.read(section);
      return states ? activeShare(states) : null;
    },
    [episode],
  );
  const paint = (surface: Surface) => {
    const rows = Array.from({ length: layers }, (_, i) => ({
      now: now(i + 1) ?? 0,
      without: without?.sparsity[i] ?? null,
      paper: own?.[i] ?? null,
      colour: look.layers[(i + 1) % look.layers.length]!,
    }));
    const { ink, line, panel } = look.colours;
    paintShares(surface, rows, { ink, line, panel });
  };
  const step = () => (episode.count > 0 ? words.at(episode.stepAt(episode.shown)) : '');
  return (
    <section aria-label={words.shares}>
      <h3 className="first">
        {words.shares} <LiveText className="soft number" read={step} signals={signals} />
      </h3>
      <div className="shares" style={{ ['--rows' as string]: layers }}>
        <div className="shares-bars">
          <PaintedCanvas
            role="img"
            aria-label={words.sharesName}
            data-testid="sparsity-shares"
            paint={paint}
            signals={signals}
          />
        </div>
        {Array.from({ length: layers }, (_, i) => (
          <div key={i} className="share-row" style={{ gridRow: i + 1 }}>
            <b>
              ρ<sub>{i + 1}</sub>
            </b>
            <span className="share-values number">
              <LiveText
                read={() => share(now(i + 1))}
                signals={signals}
                testId={`sparsity-now-${i + 1}`}
              />
              {without !== null && (
                <span className="soft" data-testid={`sparsity-without-${i + 1}`}>
                  {share(without.sparsity[i])}
                </span>
              )}
            </span>
          </div>
        ))}
      </div>
      <p className="shares-axis" aria-hidden="true">
        {[0, 0.25, 0.5, 0.75, 1].map((tick) => (
          <span key={tick}>{tick}</span>
        ))}
      </p>
      <p className="shares-legend">
        <span>
          <i className="swatch" /> {words.now}
        </span>
        {without !== null && (
          <span>
            <i className="swatch hollow" /> {words.without}
          </span>
        )}
        {own !== null && (
          <span>
            <i className="swatch mark" /> {words.paper}
          </span>
        )}
      </p>
    </section>
  );
}

/** Settles the same picture without competition. */
function Compare() {
  const { actions } = useApp();
  const [busy, setBusy] = useState(false);
  const complete = useAppState((s) => s.setUp.mode === 'complete');
  const lateral = useAppState((s) => s.model?.config.lateral !== 'none');
  const held = useAppState((s) => s.withoutLateral !== null);
  const without = useWithout();
  if (!lateral) return <p className="hint">{words.noLateral}</p>;
  if (!complete) return <p className="hint">{words.onlyComplete}</p>;
  const compare = async () => {
    setBusy(true);
    await actions.compareLateral();
    setBusy(false);
  };
  return (
    <div className="compare">
      <button type="button" disabled={busy} onClick={() => void compare()}>
        {busy ? words.comparing : words.compare}
      </button>
      {without === null && <p className="hint">{held ? words.stale : words.compareHint}</p>}
    </div>
  );
}

/** The paper's numbers, with their source. */
function Table() {
  const { rows, dataset, variant, otherData } = usePaper();
  const layers = [1, 2, 3];
  return (
    <table className="paper-table">
      <caption>
        <b>{words.table(strings.network.datasets[dataset])}</b>
      </caption>
      <thead>
        <tr>
          <th scope="col">
            <span className="visually-hidden">{strings.network.model}</span>
          </th>
          {layers.map((l) => (
            <th key={l} scope="col">
              ρ<sub>{l}</sub>
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ model, shares }) => (
          <tr key={model} className={model === variant ? 'own' : undefined}>
            <th scope="row">{words.models[model]}</th>
            {shares.map((value, i) => (
              <td key={layers[i]} className="number">
                {value.toFixed(2)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <td colSpan={4}>
            {words.source} {otherData && words.otherData}
          </td>
        </tr>
      </tfoot>
    </table>
  );
}
