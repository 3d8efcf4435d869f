import type { Exhibit } from '../../exhibits/exhibit.ts';
import { useApp } from '../parts/context.ts';
import { hall as words } from './words.ts';
import styles from './Trials.module.css';

/** Three things to try: each sets itself up, and says what to watch. */
export function Trials({ exhibit: { trials } }: { exhibit: Exhibit }) {
  const { actions } = useApp();
  return (
    <section aria-label={words.tries}>
      <h3>{words.tries}</h3>
      <ul className={styles.trials}>
        {trials.map((trial) => (
          <li key={trial.title}>
            <button type="button" onClick={() => void actions.tryExhibit(trial)}>
              {trial.title}
            </button>
            <p>{trial.watch}</p>
          </li>
        ))}
      </ul>
    </section>
  );
}
