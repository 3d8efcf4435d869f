import type { Exhibit } from '../../exhibits/exhibit.ts';
import { ROOMS } from '../../exhibits/exhibit.ts';
import { EXHIBITS } from '../../exhibits/exhibits.ts';
import type { ExhibitId } from '../../exhibits/shown.ts';
import common from '../parts/common.module.css';
import { HallLink } from './HallLink.tsx';
import { Miniature } from './Miniature.tsx';
import { hall as words } from './words.ts';
import styles from './Plan.module.css';

/** The rooms of the hall, one after the other, and what stands in them. */
export function Plan() {
  const rooms = ROOMS.map((room) => ({ ...room, exhibits: EXHIBITS.filter((one) => one.room === room.id) })); // prettier-ignore
  return (
    <div className={styles.plan}>
      <header className={styles.head}>
        <h2>{words.heading}</h2>
        <p className={common.soft}>{words.intro}</p>
      </header>
      {rooms
        .filter(({ exhibits }) => exhibits.length > 0)
        .map(({ id, title, exhibits }) => (
          <section key={id} className={styles.room} aria-label={title}>
            <h3>{title}</h3>
            <ul>
              {exhibits.map((exhibit) => (
                <Card key={exhibit.id} exhibit={exhibit} />
              ))}
            </ul>
          </section>
        ))}
    </div>
  );
}

function Card({ exhibit }: { exhibit: Exhibit<ExhibitId> }) {
  const { id, title, question } = exhibit;
  return (
    <li className={styles.card}>
      <Miniature exhibit={exhibit} />
      <HallLink to={id} className={styles.title}>
        {title}
      </HallLink>
      <p>{question}</p>
    </li>
  );
}
