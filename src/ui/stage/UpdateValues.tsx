import type { UpdateReport } from '../../protocol/reports.ts';
import { formatNumber } from '../../viz/scales.ts';
import { classes } from '../parts/classes.ts';
import { useAppState } from '../parts/context.ts';
import { step as words } from './words.ts';
import styles from './StepCaption.module.css';

type MatrixChange = UpdateReport['matrices'][number];

/** The update that the synapses of now were left by, if it was made by hand. */
export function useLastUpdate(): UpdateReport | null {
  return useAppState(({ lastUpdate, weightsVersion }) =>
    lastUpdate?.version === weightsVersion ? lastUpdate : null,
  );
}

/** Each W by itself; of the other families the length over all layers. */
function entriesOf(matrices: readonly MatrixChange[]): (readonly [string, MatrixChange[]])[] {
  const entries = new Map<string, MatrixChange[]>();
  for (const matrix of matrices) {
    const { name } = matrix;
    const family = name.startsWith('W') ? name : name.replace(/\d+$/, '').replace('Sigma', 'Σ');
    entries.set(family, [...(entries.get(family) ?? []), matrix]);
  }
  return [...entries];
}

/** How far the update moved each matrix, and how much that is of its length. */
export function UpdateValues({ matrices }: Pick<UpdateReport, 'matrices'>) {
  return (
    <div
      className={classes(styles.values, styles.dense)}
      role="group"
      aria-label={words.moved}
      data-testid="update-values"
    >
      {entriesOf(matrices).map(([name, parts]) => {
        const change = Math.hypot(...parts.map((part) => part.change));
        const length = Math.hypot(...parts.map((part) => part.length));
        return (
          <span key={name} className={styles.number} title={words.share(change, length)}>
            <small>{`‖Δ${name}‖`}</small> {formatNumber(change, 2)}
          </span>
        );
      })}
    </div>
  );
}
