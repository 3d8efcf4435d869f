import type { Experiment } from '../../experiments/experiment.ts';
import { exhibitOf, isExhibit } from '../../exhibits/exhibits.ts';
import { HallLink } from '../exhibits/HallLink.tsx';
import { lab as words } from './words.ts';

/** The way to the exhibit that shows an experiment live, where there is one. */
export function SeeLive({ experiment: { exhibit } }: { experiment: Experiment }) {
  if (exhibit === undefined || !isExhibit(exhibit)) return null;
  return (
    <>
      {' · '}
      <HallLink to={exhibit}>{words.live(exhibitOf(exhibit).title)}</HallLink>
    </>
  );
}
