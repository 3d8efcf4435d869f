import type { Budget, Extent, LabDataset, Plan, Row, Training } from './experiment.ts';
import { COMPONENTS } from './extent.ts';
import { trainingOf } from './recipes.ts';

/** How thoroughly is measured under each budget, where an experiment does not say otherwise. */
export const EXTENTS: Record<Budget, Extent> = {
  quick: { test: 500, likelihood: 500, bound: 20, codes: 2_000, components: 25 },
  standard: { test: 10_000, likelihood: 10_000, bound: 500, codes: 18_000, components: COMPONENTS },
  paper: { test: 10_000, likelihood: 10_000, bound: 1_000, codes: 18_000, components: COMPONENTS },
};

const SEEDS: Record<Budget, number> = { quick: 1, standard: 3, paper: 10 };

/** What takes minutes is done on one set; the others are there under the larger budgets. */
const ONLY: Record<Budget, LabDataset | null> = { quick: 'mnist', standard: null, paper: null };

/** The usual budgets, and what an experiment does otherwise. */
export function budgets(
  otherwise: {
    readonly points?: (budget: Budget) => readonly number[];
    /** Changes what is trained, where it is trained. */
    readonly train?: (
      usual: Training,
      about: { row: Row; dataset: LabDataset; point: number | null; budget: Budget },
    ) => Training;
    readonly extent?: (usual: Extent, budget: Budget) => Extent;
    readonly seeds?: Partial<Record<Budget, number>>;
  } = {},
): (budget: Budget) => Plan {
  return (budget) => ({
    seeds: otherwise.seeds?.[budget] ?? SEEDS[budget],
    only: ONLY[budget],
    extent: otherwise.extent?.(EXTENTS[budget], budget) ?? EXTENTS[budget],
    points: otherwise.points?.(budget) ?? [null],
    train(row, dataset, point, seed) {
      const usual = trainingOf(row, dataset, seed, budget);
      if (!usual || !otherwise.train) return usual;
      return otherwise.train(usual, { row, dataset, point, budget });
    },
  });
}
