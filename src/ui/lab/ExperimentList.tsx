import { claimantOf, PAPER } from '../../experiments/claimants.ts';
import type { Experiment } from '../../experiments/experiment.ts';
import { EXPERIMENTS } from '../../experiments/experiments.ts';
import { SIDE_BY_SIDE } from '../../store/labViews.ts';
import common from '../parts/common.module.css';
import { useAppState } from '../parts/context.ts';
import { LabLink } from './LabLink.tsx';
import { lab as words } from './words.ts';
import styles from './ExperimentList.module.css';

/** What the Lab can show; what each asks is told when one points at it, and in large above its table. */
export function ExperimentList() {
  const ours = EXPERIMENTS.filter(({ source }) => source === null);
  const papers = EXPERIMENTS.filter((one) => one.source !== null && claimantOf(one) === PAPER);
  const others = EXPERIMENTS.filter((one) => claimantOf(one) !== PAPER);
  return (
    <nav className={styles.list} aria-label={words.list}>
      <p className={common.hint}>{words.intro}</p>
      <ul>
        <Entry id={SIDE_BY_SIDE} title={words.sideBySide} question={words.sideBySideQuestion} />
      </ul>
      <Group title={words.paper} experiments={papers} />
      <Group title={words.ours} experiments={ours} />
      <Group title={words.predictive} experiments={others} />
    </nav>
  );
}

function Group({
  title: heading,
  experiments,
}: {
  title: string;
  experiments: readonly Experiment[];
}) {
  return (
    <>
      <h2>{heading}</h2>
      <ul>
        {experiments.map(({ id, title, question }) => (
          <Entry key={id} id={id} title={title} question={question} />
        ))}
      </ul>
    </>
  );
}

function Entry({ id, title, question }: { id: string; title: string; question: string }) {
  const chosen = useAppState((s) => s.setUp.experiment === id);
  return (
    <li>
      <LabLink to={id} title={question} current={chosen}>
        {title}
      </LabLink>
    </li>
  );
}
