import type { Experiment } from '../../experiments/experiment.ts';
import { isRanked, tableOf } from '../../experiments/layers.ts';
import { useAppState } from '../parts/context.ts';
import marks from './marks.module.css';
import { useKnown } from './useKnown.ts';
import { useLayers } from './useLayers.ts';
import { budgets, legend as words, marks as signs, whose } from './words.ts';
import styles from './Legend.module.css';

/** What the marks mean that an experiment shows now, and no others. */
export function Legend({ experiment }: { experiment: Experiment }) {
  const budget = useAppState((s) => s.setUp.budget);
  const known = useKnown(experiment.id);
  const { shipped, own } = known;
  const shown = useLayers(experiment);
  const isTable = experiment.drawing.kind === 'table';
  const spread = shown.includes('paper') || [...shipped, ...own].some(({ seed }) => seed > 1);
  return (
    <ul className={styles.legend} aria-label={words.label}>
      {shown.map((layer) => (
        <li key={layer} className={marks[layer]}>
          <i>{signs[layer]}</i> {whose(experiment, layer)}
          {layer === 'own' && ` (${budgets[budget].toLowerCase()})`}
        </li>
      ))}
      {spread && <li>{words.spread}</li>}
      {isTable && isRanked(tableOf(experiment, known)) && <li>{words.bold}</li>}
      {isTable && <li>{words.open}</li>}
    </ul>
  );
}
