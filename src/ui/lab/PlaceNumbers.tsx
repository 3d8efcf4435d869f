import type { Experiment } from '../../experiments/experiment.ts';
import type { Column, Known, Layers, Place } from '../../experiments/layers.ts';
import { columnsOf, LAYERS, layersAt } from '../../experiments/layers.ts';
import { classes } from '../parts/classes.ts';
import { decimals } from './format.ts';
import marks from './marks.module.css';
import { marks as signs, place, table, whose } from './words.ts';
import styles from './PlaceNumbers.module.css';

interface PlaceNumbersProps {
  experiment: Experiment;
  place: Place;
  known: Known;
}

/** Every number of a place: the claimed one, ours, the reader's, what it is, and its unit. */
export function PlaceNumbers({ experiment, place: at, known }: PlaceNumbersProps) {
  const more = (experiment.more ?? []).map((quantity): Column => ({ ...quantity, point: null }));
  const own = columnsOf(experiment, known);
  const columns = experiment.drawing.kind === 'table' ? [...own, ...more] : own;
  const rows = columns.flatMap((column) => {
    const numbers = layersAt(experiment, at, column, known);
    return LAYERS.some((layer) => numbers[layer] !== null) ? [{ column, numbers }] : [];
  });
  if (rows.length === 0) return null;
  return (
    <table className={styles.numbers} aria-label={place.numbers}>
      <thead>
        <tr>
          <td />
          {LAYERS.map((layer) => (
            <th
              key={layer}
              scope="col"
              className={classes(marks[layer])}
              title={whose(experiment, layer)}
            >
              <i>{signs[layer]}</i>
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ column, numbers }) => (
          <tr key={column.title}>
            <th scope="row" title={column.meaning}>
              {column.title} <small>{column.unit}</small>
            </th>
            {LAYERS.map((layer) => (
              <td key={layer} className={classes(marks[layer])}>
                {said(numbers[layer], column.digits)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function said(value: Layers[keyof Layers], digits: number): string {
  if (value === null) return table.none;
  const { mean, deviation } = value;
  return `${decimals(mean, digits)}${deviation === null ? '' : ` ±${decimals(deviation, digits)}`}`;
}
