import type { CloudShown } from './list/cloud.ts';
import type { FoldedShown } from './list/folded.ts';
import type { FreeEnergyShown } from './list/freeEnergy.ts';
import type { LandscapeShown } from './list/landscape.ts';
import type { LearntVarianceShown } from './list/learntVariance.ts';
import type { SpringsShown } from './list/springs.ts';
import type { TrackedDotShown } from './list/trackedDot.ts';
import type { RecallShown } from './list/recall.ts';
import type { DepthShown } from './list/depth.ts';
import type { SettlingShown } from './list/settling.ts';
import type { StartsShown } from './list/starts.ts';
import type { StrangersShown } from './list/strangers.ts';
import type { TwoGaussiansShown } from './list/twoGaussians.ts';

/** What each exhibit shows, by its id: whoever adds one says it here, and the tables of programs and pictures ask for it. */
export interface ShownOf {
  'two-gaussians': TwoGaussiansShown;
  'free-energy': FreeEnergyShown;
  springs: SpringsShown;
  landscape: LandscapeShown;
  'tracked-dot': TrackedDotShown;
  recall: RecallShown;
  'learnt-variance': LearntVarianceShown;
  settling: SettlingShown;
  depth: DepthShown;
  starts: StartsShown;
  strangers: StrangersShown;
  cloud: CloudShown;
  folded: FoldedShown;
}

export type ExhibitId = keyof ShownOf;
