import { exhibitOf } from '../../exhibits/exhibits.ts';
import { exhibitIn } from '../../store/exhibitViews.ts';
import { page } from '../app/words.ts';
import { useAppState } from '../parts/context.ts';
import { ExhibitView } from './ExhibitView.tsx';
import { Plan } from './Plan.tsx';
import styles from './Hall.module.css';

/** The hall: its plan, or the exhibit one stands before. */
export function Hall() {
  const id = useAppState((s) => exhibitIn(s.setUp.exhibit));
  return (
    <main id="stage" className={styles.hall} role="tabpanel" aria-label={page.modes.exhibits}>
      {id === null ? <Plan /> : <ExhibitView key={id} exhibit={exhibitOf(id)} />}
    </main>
  );
}
