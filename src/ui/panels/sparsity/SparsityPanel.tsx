import type { ReactNode } from 'react';
import { useCallback, useRef, useState } from 'react';
import { paperSparsity } from '../../../store/paper.ts';
import { activeAt } from '../../../store/beside.ts';
import { activeShare } from '../../../store/sparsity.ts';
import type { Surface } from '../../../viz/canvas.ts';
import { formatNumber } from '../../../viz/scales.ts';
import { paintShares } from '../../../viz/shares.ts';
import buttons from '../../parts/buttons.module.css';
import common from '../../parts/common.module.css';
import panel from '../panel.module.css';
import swatches from './swatch.module.css';
import { network } from '../../network/words.ts';
import { classes } from '../../parts/classes.ts';
import { useApp, useAppState } from '../../parts/context.ts';
import { subscript } from '../../parts/format.ts';
import { useEpisodeSignals, useHasFrames } from '../../parts/frames.ts';
import { Explained, Formula } from '../../parts/Formula.tsx';
import { plainText } from '../../parts/formulaParts.ts';
import { LiveText, PaintedCanvas } from '../../parts/painting.tsx';
import { Segments } from '../../parts/Segments.tsx';
import { useLook } from '../../parts/theme.ts';
import { Save } from '../../save/Save.tsx';
import { stepText } from '../../timeline/stepText.ts';
import { NothingYet } from '../NothingYet.tsx';
import { ActivityHistogram } from './ActivityHistogram.tsx';
import { useWithout } from './useWithout.ts';
import { sparsity as words } from './words.ts';
import styles from './SparsityPanel.module.css';

const share = (value: number | null | undefined) => formatNumber(value, 2);

/** How few neurons are active, layer by layer, and what competition has to do with it (Table 3). */
export function SparsityPanel() {
  const { actions, episode } = useApp();
  const picture = useRef<HTMLDivElement>(null);
  const [layer, setLayer] = useState(1);
  const layers = useAppState((s) => (s.model?.config.sizes.length ?? 1) - 1);
  const known = useHasFrames();
  if (!known || layers === 0) return <NothingYet then={words.none} />;
  const shown = Math.min(layer, layers);
  return (
    <div className={panel.panel}>
      <Compare />
      <div ref={picture} className={panel.panel}>
        <Shares
          layers={layers}
          save={<Save of={picture} what={words.picture} more={() => stepText(episode).title} />}
        />
        <div className={classes(common.sectionHead, styles.head)}>
          <h3>{words.histogram}</h3>
          <Segments
            name="sparsity-layer"
            label={words.layer}
            value={String(shown)}
            options={Array.from({ length: layers }, (_, i) => ({
              value: String(i + 1),
              label: `z${subscript(i + 1)}`,
            }))}
            onChange={(value) => setLayer(Number(value))}
          />
        </div>
        <ActivityHistogram layer={shown} />
        <Table />
      </div>
      <button type="button" className={buttons.link} onClick={() => actions.showPanel('curves')}>
        {words.training}
      </button>
    </div>
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
function Shares({ layers, save }: { layers: number; save: ReactNode }) {
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
  const other = (layer: number): number | null =>
    without && (activeAt(without, episode.stepAt(episode.shown))?.[layer - 1] ?? null);
  const paint = (surface: Surface) => {
    const rows = Array.from({ length: layers }, (_, i) => ({
      now: now(i + 1) ?? 0,
      without: other(i + 1),
      paper: own?.[i] ?? null,
      colour: look.layers.states[(i + 1) % look.layers.states.length]!,
    }));
    const { ink, line, panel } = look.colours;
    paintShares(surface, rows, { ink, line, panel });
  };
  const step = () => (episode.count > 0 ? words.at(episode.stepAt(episode.shown)) : '');
  return (
    <section aria-label={plainText(words.shares)}>
      <div className={common.sectionHead}>
        <h3 className={styles.first}>
          <Explained>{words.shares}</Explained>{' '}
          <LiveText className={classes(panel.aside, common.number)} read={step} signals={signals} />
        </h3>
        {save}
      </div>
      <div className={styles.shares} style={{ ['--rows' as string]: layers }}>
        <div className={styles.bars}>
          <PaintedCanvas
            role="img"
            aria-label={words.sharesName}
            data-testid="sparsity-shares"
            paint={paint}
            signals={signals}
          />
        </div>
        {Array.from({ length: layers }, (_, i) => (
          <div key={i} className={styles.row} style={{ gridRow: i + 1 }}>
            <b>
              <Formula>{`ρ_${i + 1}`}</Formula>
            </b>
            <span className={classes(styles.values, common.number)}>
              <LiveText
                read={() => share(now(i + 1))}
                signals={signals}
                testId={`sparsity-now-${i + 1}`}
              />
              {without !== null && (
                <LiveText
                  className={common.soft}
                  read={() => share(other(i + 1))}
                  signals={signals}
                  testId={`sparsity-without-${i + 1}`}
                />
              )}
            </span>
          </div>
        ))}
      </div>
      <p className={styles.axis} aria-hidden="true">
        {[0, 0.25, 0.5, 0.75, 1].map((tick) => (
          <span key={tick}>{tick}</span>
        ))}
      </p>
      <p className={styles.legend}>
        <span>
          <i className={swatches.swatch} /> {words.now}
        </span>
        {without !== null && (
          <span>
            <i className={classes(swatches.swatch, swatches.hollow)} /> {words.without}
          </span>
        )}
        {own !== null && (
          <span>
            <i className={classes(swatches.swatch, swatches.mark)} /> {words.paper}
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
  if (!lateral) return <p className={common.hint}>{words.noLateral}</p>;
  if (!complete) return <p className={common.hint}>{words.onlyComplete}</p>;
  const compare = async () => {
    setBusy(true);
    await actions.compareLateral();
    setBusy(false);
  };
  return (
    <div className={styles.compare}>
      <button type="button" disabled={busy} onClick={() => void compare()}>
        {busy ? words.comparing : words.compare}
      </button>
      {without === null && <p className={common.hint}>{held ? words.stale : words.compareHint}</p>}
    </div>
  );
}

/** The paper's numbers, with their source. */
function Table() {
  const { rows, dataset, variant, otherData } = usePaper();
  const layers = [1, 2, 3];
  return (
    <table className={styles.table}>
      <caption>
        <b>{words.table(network.datasets[dataset])}</b>
      </caption>
      <thead>
        <tr>
          <th scope="col">
            <span className={common.visuallyHidden}>{network.model}</span>
          </th>
          {layers.map((l) => (
            <th key={l} scope="col">
              <Formula>{`ρ_${l}`}</Formula>
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ model, shares }) => (
          <tr key={model} className={model === variant ? styles.own : undefined}>
            <th scope="row">{words.models[model]}</th>
            {shares.map((value, i) => (
              <td key={layers[i]} className={common.number}>
                {value.toFixed(2)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <td colSpan={4}>
            <Explained>{words.source}</Explained> {otherData && words.otherData}
          </td>
        </tr>
      </tfoot>
    </table>
  );
}
