import type { CloudShown } from './list/cloud.ts';
import type { FoldedShown } from './list/folded.ts';
import type { RecallShown } from './list/recall.ts';
import type { StrangersShown } from './list/strangers.ts';
import type { TwoGaussiansShown } from './list/twoGaussians.ts';

/** What each exhibit shows, by its id: whoever adds one says it here, and the tables of programs and pictures ask for it. */
export interface ShownOf {
  'two-gaussians': TwoGaussiansShown;
  recall: RecallShown;
  strangers: StrangersShown;
  cloud: CloudShown;
  folded: FoldedShown;
}

export type ExhibitId = keyof ShownOf;
