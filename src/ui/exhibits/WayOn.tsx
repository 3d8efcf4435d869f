import { EXHIBITS } from '../../exhibits/exhibits.ts';
import type { ExhibitId } from '../../exhibits/shown.ts';
import { HallLink } from './HallLink.tsx';
import { hall as words } from './words.ts';
import styles from './WayOn.module.css';

/** To the exhibits beside this one. */
export function WayOn({ id }: { id: ExhibitId }) {
  const at = EXHIBITS.findIndex((exhibit) => exhibit.id === id);
  const [before, after] = [EXHIBITS[at - 1], EXHIBITS[at + 1]];
  if (!before && !after) return null;
  return (
    <nav className={styles.way} aria-label={words.beside}>
      {before && (
        <HallLink to={before.id} title={words.previous(before.title)}>
          ‹ {before.title}
        </HallLink>
      )}
      {after && (
        <HallLink to={after.id} className={styles.next} title={words.next(after.title)}>
          {after.title} ›
        </HallLink>
      )}
    </nav>
  );
}
