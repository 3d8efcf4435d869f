import type { CostShown } from './list/cost.ts';
import type { ExactShown } from './list/exact.ts';
import type { LimitShown } from './list/limit.ts';
import type { TwinsShown } from './list/twins.ts';
import type { WaitingShown } from './list/waiting.ts';
import type { SkipsShown } from './list/skips.ts';
import type { StabilityShown } from './list/stability.ts';
import type { CloudShown } from './list/cloud.ts';
import type { ManyWaysShown } from './list/manyWays.ts';
import type { FoldedShown } from './list/folded.ts';
import type { FreeEnergyShown } from './list/freeEnergy.ts';
import type { LandscapeShown } from './list/landscape.ts';
import type { LearntVarianceShown } from './list/learntVariance.ts';
import type { SpringsShown } from './list/springs.ts';
import type { DeeperShown } from './list/deeper.ts';
import type { LearntMotionShown } from './list/learntMotion.ts';
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
  settling: SettlingShown;
  depth: DepthShown;
  starts: StartsShown;
  stability: StabilityShown;
  skips: SkipsShown;
  'free-energy': FreeEnergyShown;
  springs: SpringsShown;
  landscape: LandscapeShown;
  'tracked-dot': TrackedDotShown;
  'learnt-motion': LearntMotionShown;
  deeper: DeeperShown;
  recall: RecallShown;
  'learnt-variance': LearntVarianceShown;
  twins: TwinsShown;
  cost: CostShown;
  limit: LimitShown;
  exact: ExactShown;
  waiting: WaitingShown;
  strangers: StrangersShown;
  cloud: CloudShown;
  'many-ways': ManyWaysShown;
  folded: FoldedShown;
}

export type ExhibitId = keyof ShownOf;
