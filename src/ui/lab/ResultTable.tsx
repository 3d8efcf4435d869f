import type { CSSProperties } from 'react';
import type { Experiment } from '../../experiments/experiment.ts';
import { columnsOf, LAYERS, tableOf } from '../../experiments/layers.ts';
import { classes } from '../parts/classes.ts';
import { useApp, useAppState } from '../parts/context.ts';
import { ResultCell } from './ResultCell.tsx';
import { useKnown } from './useKnown.ts';
import { useLayers } from './useLayers.ts';
import { controls, lab, table as words } from './words.ts';
import styles from './ResultTable.module.css';

/** Models by sets; in every cell the claimed numbers, ours, and those of the reader's own run. */
export function ResultTable({ experiment }: { experiment: Experiment }) {
  const { actions } = useApp();
  const busy = useAppState((s) => s.labRun !== null || s.labTurning !== null);
  const known = useKnown(experiment.id);
  const columns = columnsOf(experiment, known);
  const rows = tableOf(experiment, known);
  const layers = useLayers(experiment);
  /** Sets of which nothing is known take less room. */
  const unknown = (d: number) =>
    !busy && rows.every((cells) => cells[d]!.numbers.every((number) => LAYERS.every((layer) => number[layer] === null))); // prettier-ignore
  return (
    <table
      className={styles.table}
      style={{ '--rows': rows.length } as CSSProperties}
      aria-label={experiment.title}
    >
      <thead>
        <tr>
          <th scope="col">{words.model}</th>
          {experiment.datasets.map((dataset, d) => (
            <th key={dataset} scope="colgroup" className={classes(unknown(d) && styles.unknown)}>
              {lab.datasets[dataset]}
              <div className={styles.columns}>
                <i />
                {columns.map(({ title, unit, meaning }) => (
                  <small key={title} title={meaning}>
                    {title} {unit === '%' && '%'}
                  </small>
                ))}
              </div>
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {experiment.rows.map(({ key, title, note }, i) => (
          <tr key={key}>
            <th scope="row" title={note}>
              <div className={styles.name}>
                {title}
                <button
                  type="button"
                  aria-label={controls.runRow(title)}
                  title={controls.runRow(title)}
                  disabled={busy}
                  onClick={() => void actions.runRow(experiment, key)}
                >
                  ▶
                </button>
              </div>
            </th>
            {rows[i]?.map((cell) => (
              <ResultCell key={cell.dataset} {...{ experiment, cell, known, columns, layers }} />
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
