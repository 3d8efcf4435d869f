import { EXPERIMENTS } from '../../experiments/experiments.ts';
import type { ExhibitId } from '../../exhibits/shown.ts';
import { LabLink } from '../lab/LabLink.tsx';
import { hall as words } from './words.ts';

/** The way to the experiments of the Lab that measure in full what an exhibit shows. */
export function InLab({ id }: { id: ExhibitId }) {
  const measuring = EXPERIMENTS.filter(({ exhibit }) => exhibit === id);
  if (measuring.length === 0) return null;
  return (
    <section aria-label={words.inLab}>
      <h3>{words.inLab}</h3>
      {measuring.map(({ id: experiment, title, question }) => (
        <p key={experiment}>
          <LabLink to={experiment} title={question}>
            {title}
          </LabLink>
        </p>
      ))}
    </section>
  );
}
