import { EXPERIMENTS } from '../experiments/experiments.ts';

/** The view of the Lab that sets all models to one drawing. */
export const SIDE_BY_SIDE = 'side-by-side';

/** What the Lab can show, by the names that addresses use. */
export const LAB_VIEWS: readonly string[] = [
  SIDE_BY_SIDE,
  ...EXPERIMENTS.map((experiment) => experiment.id),
];
