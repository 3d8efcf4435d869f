import type { Experiment } from '../../experiments/experiment.ts';
import common from '../parts/common.module.css';
import { Controls } from './Controls.tsx';
import { Figure } from './Figure.tsx';
import { Legend } from './Legend.tsx';
import { ResultTable } from './ResultTable.tsx';
import { SeeLive } from './SeeLive.tsx';
import { lab as words } from './words.ts';
import styles from './ExperimentView.module.css';

/** An experiment: its question, and at once what is known. */
export function ExperimentView({ experiment }: { experiment: Experiment }) {
  const { question, source, notes, title } = experiment;
  return (
    <section className={styles.view} aria-label={title}>
      <header className={styles.head}>
        <h2>{question}</h2>
        <p className={common.hint}>
          {title}. {source ?? words.oursSource}
          <SeeLive experiment={experiment} />
        </p>
      </header>
      <Controls experiment={experiment} />
      <Legend experiment={experiment} />
      <div className={styles.result}>
        {experiment.drawing.kind === 'table' ? (
          <ResultTable experiment={experiment} />
        ) : (
          <Figure experiment={experiment} />
        )}
      </div>
      <aside className={styles.notes} aria-label={words.notes}>
        {notes.map((note) => (
          <p key={note}>{note}</p>
        ))}
      </aside>
    </section>
  );
}
