import type { DepthShown } from './list/depth.ts';
import type { SettlingShown } from './list/settling.ts';
import type { StartsShown } from './list/starts.ts';
import type { TwoGaussiansShown } from './list/twoGaussians.ts';

/** What each exhibit shows, by its id: whoever adds one says it here, and the tables of programs and pictures ask for it. */
export interface ShownOf {
  'two-gaussians': TwoGaussiansShown;
  settling: SettlingShown;
  depth: DepthShown;
  starts: StartsShown;
}

export type ExhibitId = keyof ShownOf;
