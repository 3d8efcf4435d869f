import type { ExhibitId, ShownOf } from '../../exhibits/shown.ts';
import type { ExhibitPicture } from './exhibitPicture.ts';
import { cloudPicture } from './cloud.ts';
import { foldedPicture } from './folded.ts';
import { freeEnergyPicture } from './freeEnergy.ts';
import { landscapePicture } from './landscape.ts';
import { learntVariancePicture } from './learntVariance.ts';
import { springsPicture } from './springs.ts';
import { trackedDotPicture } from './trackedDot.ts';
import { depthPicture } from './depth.ts';
import { settlingPicture } from './settling.ts';
import { startsPicture } from './starts.ts';
import { recallPicture } from './recall.ts';
import { strangersPicture } from './strangers.ts';
import { twoGaussiansPicture } from './twoGaussians.ts';

const PICTURES: { readonly [Id in ExhibitId]: ExhibitPicture<ShownOf[Id]> } = {
  'two-gaussians': twoGaussiansPicture,
  'free-energy': freeEnergyPicture,
  springs: springsPicture,
  landscape: landscapePicture,
  'tracked-dot': trackedDotPicture,
  'learnt-variance': learntVariancePicture,
  settling: settlingPicture,
  depth: depthPicture,
  starts: startsPicture,
  recall: recallPicture,
  strangers: strangersPicture,
  cloud: cloudPicture,
  folded: foldedPicture,
};

/** How an exhibit looks; paint only what the same exhibit shows. */
export const pictureOf = (id: ExhibitId): ExhibitPicture<unknown> => PICTURES[id];
