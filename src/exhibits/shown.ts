import type { CostShown } from './list/cost.ts';
import type { ExactShown } from './list/exact.ts';
import type { LimitShown } from './list/limit.ts';
import type { TwinsShown } from './list/twins.ts';
import type { TwoGaussiansShown } from './list/twoGaussians.ts';
import type { WaitingShown } from './list/waiting.ts';

/** What each exhibit shows, by its id: whoever adds one says it here, and the tables of programs and pictures ask for it. */
export interface ShownOf {
  'two-gaussians': TwoGaussiansShown;
  twins: TwinsShown;
  cost: CostShown;
  limit: LimitShown;
  exact: ExactShown;
  waiting: WaitingShown;
}

export type ExhibitId = keyof ShownOf;
