import { useEffect, useRef } from 'react';
import type { Experiment } from '../../experiments/experiment.ts';
import type { Column, Known, Layer, Layers, TableCell } from '../../experiments/layers.ts';
import { samePlace, stateOf } from '../../experiments/layers.ts';
import { classes } from '../parts/classes.ts';
import { useApp, useAppState } from '../parts/context.ts';
import { useStacked } from '../parts/theme.ts';
import { decimals } from './format.ts';
import { usePlaceRun } from './usePlaceRun.ts';
import marks from './marks.module.css';
import { lab, marks as signs, table as words, whose } from './words.ts';
import styles from './ResultCell.module.css';

interface ResultCellProps {
  experiment: Experiment;
  cell: TableCell;
  known: Known;
  columns: readonly Column[];
  /** Those that this experiment has. */
  layers: readonly Layer[];
}

/** One model on one set: a line for each layer, a column for each number. It opens what is behind it. */
export function ResultCell({ experiment, cell, known, columns, layers }: ResultCellProps) {
  const { actions } = useApp();
  const { row, dataset, numbers } = cell;
  const place = { row: row.key, dataset };
  const open = useAppState((s) => s.labPlace !== null && samePlace(s.labPlace, place));
  const stacked = useStacked();
  const element = useRef<HTMLTableCellElement>(null);
  // The panel takes room beside the table: what was opened stays in sight.
  useEffect(() => {
    if (open && !stacked) element.current?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [open, stacked]);
  const run = usePlaceRun(experiment, place);
  const state = stateOf(experiment, place, known, run);
  const notRun = numbers.every(({ shipped }) => shipped === null);
  return (
    <td
      ref={element}
      className={styles.cell}
      data-testid={`cell-${experiment.id}-${row.key}-${dataset}`}
      data-state={state}
    >
      <button
        type="button"
        aria-expanded={open}
        aria-label={words.cell(row.title, lab.datasets[dataset], words.states[state])}
        onClick={() => actions.openPlace(open ? null : place)}
      >
        {layers.map((layer) => (
          <span key={layer} className={classes(styles.line, marks[layer])}>
            <i title={whose(experiment, layer)}>{signs[layer]}</i>
            {layer === 'shipped' && notRun ? (
              <span className={styles.none}>{words.notRun}</span>
            ) : layer === 'own' && run.running ? (
              <span className={styles.bar}>
                <span style={{ transform: `scaleX(${run.fraction ?? 0})` }} />
              </span>
            ) : layer === 'own' && state === 'failed' ? (
              <span className={styles.none}>{words.failed}</span>
            ) : (
              numbers.map((number, i) => (
                <Value
                  key={columns[i]!.title}
                  value={number[layer]}
                  digits={columns[i]!.digits}
                  best={number.best.includes(layer)}
                />
              ))
            )}
          </span>
        ))}
      </button>
    </td>
  );
}

interface ValueProps {
  value: Layers[Layer];
  digits: number;
  best: boolean;
}

/** A mean with its spread. */
function Value({ value, digits, best }: ValueProps) {
  if (value === null) return <span className={styles.nothing}>{words.none}</span>;
  const { mean, deviation } = value;
  return (
    <span className={classes(best && styles.best)}>
      {decimals(mean, digits)}
      {deviation !== null && <small>±{decimals(deviation, digits)}</small>}
    </span>
  );
}
