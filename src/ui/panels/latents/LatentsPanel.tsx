import { useEffect, useRef } from 'react';
import type { ProjectionName } from '../../../protocol/latents.ts';
import { mapSince } from '../../../store/latents.ts';
import common from '../../parts/common.module.css';
import panel from '../panel.module.css';
import { classes } from '../../parts/classes.ts';
import { useApp, useAppState } from '../../parts/context.ts';
import { Field } from '../../parts/Field.tsx';
import { percent } from '../../parts/format.ts';
import { Explained } from '../../parts/Formula.tsx';
import { ProgressBar } from '../../parts/ProgressBar.tsx';
import { Save } from '../../save/Save.tsx';
import { LatentMap } from './LatentMap.tsx';
import { latents as words } from './words.ts';
import styles from './LatentsPanel.module.css';

const PROJECTIONS = Object.keys(words.projections) as ProjectionName[];

/** Where the top layer puts the images of the test set (the paper's Fig. 6a), and the drawing among them. */
export function LatentsPanel() {
  const { actions } = useApp();
  const picture = useRef<HTMLDivElement>(null);
  const projection = useAppState((s) => s.projection);
  const map = useAppState((s) => s.latentMap);
  const since = useAppState(mapSince);
  const making = useAppState((s) => s.mapState === 'making');
  const stopped = useAppState((s) => s.mapState === 'stopped');
  const learning = useAppState((s) => s.activity === 'training');
  // The first map is made by itself.
  const wanted = useAppState(
    (s) =>
      s.latentMap === null &&
      s.mapState === 'none' &&
      s.engine === 'ready' &&
      s.model !== null &&
      s.data !== null &&
      s.activity !== 'training',
  );
  useEffect(() => {
    if (wanted) void actions.makeMap();
  }, [wanted, actions]);
  return (
    <div className={panel.panel}>
      <div className={styles.bar}>
        <Field label={words.projection}>
          <select
            value={projection}
            disabled={learning}
            onChange={(event) => void actions.setProjection(event.target.value as ProjectionName)}
          >
            {PROJECTIONS.map((one) => (
              <option key={one} value={one}>
                {words.projections[one]}
              </option>
            ))}
          </select>
        </Field>
        {map !== null && <Save of={picture} what={words.map(map.dataset)} />}
      </div>
      {making && <Making />}
      {!making && map === null && <None learning={learning} />}
      {!making && since !== null && (
        <p className={classes(common.hint, common.strong)} data-testid="map-since">
          {words.since[since]} {learning ? words.training : <Again />}
        </p>
      )}
      {stopped && since === null && map !== null && (
        <p className={common.hint}>
          {words.given} <Again />
        </p>
      )}
      {map !== null && (
        <>
          <div ref={picture}>
            <LatentMap map={map} stale={since !== null} />
          </div>
          <About />
        </>
      )}
    </div>
  );
}

function Again() {
  const { actions } = useApp();
  return (
    <button type="button" onClick={() => void actions.makeMap()}>
      {words.again}
    </button>
  );
}

/** How far the map is. */
function Making() {
  const { actions } = useApp();
  const progress = useAppState((s) => s.mapping);
  return (
    <div className={styles.making}>
      <div className={styles.bar}>
        <span className={common.soft}>{progress?.label}</span>
        <button type="button" onClick={() => void actions.cancelMap()}>
          {words.stop}
        </button>
      </div>
      <ProgressBar label={words.making} fraction={progress?.fraction ?? null} />
    </div>
  );
}

/** Why there is no map. */
function None({ learning }: { learning: boolean }) {
  const { actions } = useApp();
  const stopped = useAppState((s) => s.mapState === 'stopped');
  if (learning) return <p className={classes(common.hint, common.strong)}>{words.training}</p>;
  if (!stopped) return null;
  return (
    <div className={styles.bar}>
      <span className={common.soft}>{words.stopped}</span>
      <button type="button" onClick={() => void actions.makeMap()}>
        {words.make}
      </button>
    </div>
  );
}

/** What the map is of, and how it was made. */
function About() {
  const map = useAppState((s) => s.latentMap);
  const layers = useAppState((s) => (s.model?.config.sizes.length ?? 4) - 1);
  if (map === null) return null;
  const { placing, indices, testImages, dataset, network, imagesSeen } = map;
  return (
    <div className={common.hint}>
      <p>
        <Explained>{words.about(layers, indices.length, testImages, dataset)}</Explained>{' '}
        {placing.kind === 'pca'
          ? words.how.pca(percent(placing.shares[0] ?? 0), percent(placing.shares[1] ?? 0))
          : words.how.umap(placing.neighbours)}
      </p>
      <p>{words.made(network, imagesSeen)}</p>
    </div>
  );
}
