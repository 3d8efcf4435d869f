import { budgets } from '../../budgets.ts';
import type { Budget, Extent, Row, Settings, Training } from '../../experiment.ts';

/** What a network of predictive coding learns from: the first so many of a shuffle, so many times over (null: all). */
export interface Lessons {
  readonly images: number | null;
  readonly times: number;
  /** Images between two looks at the validation images. */
  readonly every: number;
  /** On top of what its row changes. */
  readonly settings?: Settings;
}

/** Training images of MNIST that are left when 2,000 are held out. */
const ALL = 58_000;

/** Budgets of networks of predictive coding, which have no recipe in common: each experiment says what they learn from. */
export function predictiveBudgets({
  lessons,
  test,
  ...otherwise
}: {
  readonly lessons: (about: { row: Row; point: number | null; budget: Budget }) => Lessons;
  readonly points?: (budget: Budget) => readonly number[];
  /** Test images to measure on. */
  readonly test: number;
  readonly seeds?: Partial<Record<Budget, number>>;
}) {
  const train = (
    { variant, dataset, seed }: Training,
    about: { row: Row; point: number | null; budget: Budget },
  ): Training => {
    const { images, times, every, settings } = lessons(about);
    const stage = {
      images: (images ?? ALL) * times,
      settings: { ...about.row.changes, ...settings },
    };
    return { variant, dataset, subset: images, seed, stages: [stage], every };
  };
  const extent = (usual: Extent): Extent => ({ ...usual, test });
  return budgets({ ...otherwise, train, extent });
}
