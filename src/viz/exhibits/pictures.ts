import type { ExhibitId, ShownOf } from '../../exhibits/shown.ts';
import type { ExhibitPicture } from './exhibitPicture.ts';
import { costPicture } from './cost.ts';
import { exactPicture } from './exact.ts';
import { limitPicture } from './limit.ts';
import { twinsPicture } from './twins.ts';
import { waitingPicture } from './waiting.ts';
import { skipsPicture } from './skips.ts';
import { stabilityPicture } from './stability.ts';
import { cloudPicture } from './cloud.ts';
import { manyWaysPicture } from './manyWays.ts';
import { foldedPicture } from './folded.ts';
import { freeEnergyPicture } from './freeEnergy.ts';
import { landscapePicture } from './landscape.ts';
import { learntVariancePicture } from './learntVariance.ts';
import { springsPicture } from './springs.ts';
import { trackedDotPicture } from './trackedDot.ts';
import { deeperPicture } from './deeper.ts';
import { learntMotionPicture } from './learntMotion.ts';
import { depthPicture } from './depth.ts';
import { settlingPicture } from './settling.ts';
import { startsPicture } from './starts.ts';
import { recallPicture } from './recall.ts';
import { strangersPicture } from './strangers.ts';
import { twoGaussiansPicture } from './twoGaussians.ts';

const PICTURES: { readonly [Id in ExhibitId]: ExhibitPicture<ShownOf[Id]> } = {
  'two-gaussians': twoGaussiansPicture,
  settling: settlingPicture,
  depth: depthPicture,
  starts: startsPicture,
  stability: stabilityPicture,
  skips: skipsPicture,
  'free-energy': freeEnergyPicture,
  springs: springsPicture,
  landscape: landscapePicture,
  'tracked-dot': trackedDotPicture,
  'learnt-motion': learntMotionPicture,
  deeper: deeperPicture,
  'learnt-variance': learntVariancePicture,
  twins: twinsPicture,
  cost: costPicture,
  limit: limitPicture,
  exact: exactPicture,
  waiting: waitingPicture,
  recall: recallPicture,
  strangers: strangersPicture,
  cloud: cloudPicture,
  'many-ways': manyWaysPicture,
  folded: foldedPicture,
};

/** How an exhibit looks; paint only what the same exhibit shows. */
export const pictureOf = (id: ExhibitId): ExhibitPicture<unknown> => PICTURES[id];
