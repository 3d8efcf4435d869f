import type { Claim, Exhibit } from '../../exhibits/exhibit.ts';
import common from '../parts/common.module.css';
import { hall as words } from './words.ts';
import styles from './Claims.module.css';

/** What somebody says of the thing, beside what came out here. */
export function Claims({ exhibit: { claims } }: { exhibit: Exhibit }) {
  if (claims.length === 0) return null;
  return (
    <section className={styles.claims} aria-label={words.claims}>
      <h3>{words.claims}</h3>
      <ul>
        {claims.map((claim) => (
          <Entry key={claim.says} claim={claim} />
        ))}
      </ul>
    </section>
  );
}

function Entry({ claim: { says, by, claimed, measured, command } }: { claim: Claim }) {
  return (
    <li>
      <p>{says}</p>
      <p className={common.hint}>{by}</p>
      <dl className={styles.numbers}>
        <div>
          <dt>{words.claimed}</dt>
          <dd>{claimed}</dd>
        </div>
        <div>
          <dt>{words.measured}</dt>
          <dd>{measured ?? words.live}</dd>
        </div>
      </dl>
      {command !== null && (
        <details>
          <summary>{words.command}</summary>
          <code>{command}</code>
        </details>
      )}
    </li>
  );
}
