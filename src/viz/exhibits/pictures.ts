import type { ExhibitId, ShownOf } from '../../exhibits/shown.ts';
import type { ExhibitPicture } from './exhibitPicture.ts';
import { costPicture } from './cost.ts';
import { exactPicture } from './exact.ts';
import { limitPicture } from './limit.ts';
import { twinsPicture } from './twins.ts';
import { twoGaussiansPicture } from './twoGaussians.ts';
import { waitingPicture } from './waiting.ts';

const PICTURES: { readonly [Id in ExhibitId]: ExhibitPicture<ShownOf[Id]> } = {
  'two-gaussians': twoGaussiansPicture,
  twins: twinsPicture,
  cost: costPicture,
  limit: limitPicture,
  exact: exactPicture,
  waiting: waitingPicture,
};

/** How an exhibit looks; paint only what the same exhibit shows. */
export const pictureOf = (id: ExhibitId): ExhibitPicture<unknown> => PICTURES[id];
