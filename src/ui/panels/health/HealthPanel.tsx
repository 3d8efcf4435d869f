import type { CSSProperties } from 'react';
import type { HealthReport } from '../../../protocol/learning.ts';
import common from '../../parts/common.module.css';
import { classes } from '../../parts/classes.ts';
import { useApp, useAppState } from '../../parts/context.ts';
import { useLooking } from '../../parts/useLooking.ts';
import { health as words } from './words.ts';
import styles from './HealthPanel.module.css';

/** How often it is looked whether what is on show is stale (ms). */
const INTERVAL = 500;

/** How the network fares: who never fires or wins, which synapses can grow no more, how near covariances are to having no inverse. */
export function HealthPanel() {
  const { actions } = useApp();
  const report = useAppState((s) => s.health);
  const data = useAppState((s) => s.data !== null);
  useLooking(actions.refreshHealth, INTERVAL);
  if (report === null)
    return (
      <p className={classes(common.hint, common.strong)}>{data ? words.wait : words.noData}</p>
    );
  return (
    <div className={styles.panel}>
      <p className={common.hint}>{words.at(report.imagesSeen)}</p>
      <Layers report={report} />
      <Synapses report={report} />
      {report.covariances.length > 0 && <Covariances report={report} />}
    </div>
  );
}

interface PartProps {
  report: HealthReport;
}

function Layers({ report: { layers, images } }: PartProps) {
  const competes = layers.some(({ neverWin }) => neverWin !== null);
  return (
    <section>
      <h3>{words.layers}</h3>
      <p className={common.hint}>{words.layersAbout(images)}</p>
      <table>
        <thead>
          <tr>
            <th scope="col">{words.layer}</th>
            <th scope="col">{words.neurons}</th>
            <th scope="col">{words.neverActive}</th>
            {competes && <th scope="col">{words.neverWin}</th>}
          </tr>
        </thead>
        <tbody>
          {layers.toReversed().map(({ layer, neurons, neverActive, neverWin }) => (
            <tr key={layer}>
              <th scope="row">{layer}</th>
              <td>{neurons}</td>
              <td>
                <Share part={neverActive} whole={neurons} />
              </td>
              {competes && (
                <td>{neverWin === null ? '—' : <Share part={neverWin} whole={neurons} />}</td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
      {!competes && <p className={common.hint}>{words.none}</p>}
    </section>
  );
}

function Synapses({ report: { matrices } }: PartProps) {
  return (
    <section>
      <h3>{words.synapses}</h3>
      <p className={common.hint}>{words.synapsesAbout}</p>
      <table>
        <thead>
          <tr>
            <th scope="col">{words.matrix}</th>
            <th scope="col">{words.atLimit}</th>
            <th scope="col">{words.largest}</th>
          </tr>
        </thead>
        <tbody>
          {matrices.map(({ name, vectors, atLimit, limit, largest }) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td>
                <Share part={atLimit} whole={vectors} />
              </td>
              <td>
                {largest.toPrecision(3)} <small>{words.limit(limit)}</small>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Covariances({ report: { covariances } }: PartProps) {
  return (
    <section>
      <h3>{words.covariances}</h3>
      <p className={common.hint}>{words.covariancesAbout}</p>
      <table>
        <thead>
          <tr>
            <th scope="col">{words.matrix}</th>
            <th scope="col">{words.condition}</th>
          </tr>
        </thead>
        <tbody>
          {covariances.map(({ name, condition }) => (
            <tr key={name}>
              <th scope="row">{name.replace('Sigma', 'Σ')}</th>
              <td>{Number.isFinite(condition) ? condition.toPrecision(3) : words.singular}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** A part of a whole: as a bar, and in numbers. */
function Share({ part, whole }: { part: number; whole: number }) {
  return (
    <span className={styles.share}>
      <i aria-hidden="true" style={{ '--share': part / whole } as CSSProperties} />
      {words.of(part, whole)}
    </span>
  );
}
