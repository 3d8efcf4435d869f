import type { Layer } from '../../experiments/layers.ts';
import { useAppState } from '../parts/context.ts';
import marks from './marks.module.css';
import { budgets, layers, legend as words } from './words.ts';
import styles from './Legend.module.css';

const LAYERS: readonly Layer[] = ['paper', 'shipped', 'own'];

/** What the three marks mean. */
export function Legend() {
  const budget = useAppState((s) => s.setUp.budget);
  return (
    <ul className={styles.legend} aria-label={words.label}>
      {LAYERS.map((layer) => (
        <li key={layer} className={marks[layer]}>
          <i>{layers[layer].mark}</i> {layers[layer].name}
          {layer === 'own' && ` (${budgets[budget].toLowerCase()})`}
        </li>
      ))}
      <li>{words.spread}</li>
      <li>{words.bold}</li>
      <li>{words.open}</li>
    </ul>
  );
}
