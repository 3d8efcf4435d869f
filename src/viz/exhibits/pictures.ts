import type { ExhibitId, ShownOf } from '../../exhibits/shown.ts';
import type { ExhibitPicture } from './exhibitPicture.ts';
import { cloudPicture } from './cloud.ts';
import { foldedPicture } from './folded.ts';
import { recallPicture } from './recall.ts';
import { strangersPicture } from './strangers.ts';
import { twoGaussiansPicture } from './twoGaussians.ts';

const PICTURES: { readonly [Id in ExhibitId]: ExhibitPicture<ShownOf[Id]> } = {
  'two-gaussians': twoGaussiansPicture,
  recall: recallPicture,
  strangers: strangersPicture,
  cloud: cloudPicture,
  folded: foldedPicture,
};

/** How an exhibit looks; paint only what the same exhibit shows. */
export const pictureOf = (id: ExhibitId): ExhibitPicture<unknown> => PICTURES[id];
