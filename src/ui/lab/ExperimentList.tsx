import type { MouseEvent } from 'react';
import { EXPERIMENTS } from '../../experiments/experiments.ts';
import { SIDE_BY_SIDE } from '../../store/labViews.ts';
import common from '../parts/common.module.css';
import { useApp, useAppState } from '../parts/context.ts';
import { lab as words } from './words.ts';
import styles from './ExperimentList.module.css';

/** What the Lab can show; what each asks is told when one points at it, and in large above its table. */
export function ExperimentList() {
  const ours = EXPERIMENTS.filter(({ source }) => source === null);
  const papers = EXPERIMENTS.filter(({ source }) => source !== null);
  return (
    <nav className={styles.list} aria-label={words.list}>
      <p className={common.hint}>{words.intro}</p>
      <ul>
        <Entry id={SIDE_BY_SIDE} title={words.sideBySide} question={words.sideBySideQuestion} />
      </ul>
      <h2>{words.paper}</h2>
      <ul>
        {papers.map(({ id, title, question }) => (
          <Entry key={id} id={id} title={title} question={question} />
        ))}
      </ul>
      <h2>{words.ours}</h2>
      <ul>
        {ours.map(({ id, title, question }) => (
          <Entry key={id} id={id} title={title} question={question} />
        ))}
      </ul>
    </nav>
  );
}

function Entry({ id, title, question }: { id: string; title: string; question: string }) {
  const { actions } = useApp();
  const chosen = useAppState((s) => s.setUp.experiment === id);
  const open = (event: MouseEvent) => {
    // A new tab or window is the browser's.
    if (event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    actions.openExperiment(id);
  };
  return (
    <li>
      <a
        href={`#mode=lab&experiment=${id}`}
        title={question}
        aria-current={chosen ? 'page' : undefined}
        onClick={open}
      >
        {title}
      </a>
    </li>
  );
}
