import type { Exhibit } from './exhibit.ts';
import { cloud } from './list/cloud.ts';
import { folded } from './list/folded.ts';
import { recall } from './list/recall.ts';
import { strangers } from './list/strangers.ts';
import { twoGaussians } from './list/twoGaussians.ts';
import type { ExhibitId } from './shown.ts';

const TABLE: { readonly [Id in ExhibitId]: Exhibit<Id> } = {
  'two-gaussians': twoGaussians,
  recall,
  strangers,
  cloud,
  folded,
};

/** All exhibits, in the order in which they stand in the hall's rooms. */
export const EXHIBITS: readonly Exhibit<ExhibitId>[] = Object.values(TABLE);

export const exhibitOf = <Id extends ExhibitId>(id: Id): Exhibit<Id> => TABLE[id];

export const isExhibit = (id: string): id is ExhibitId => Object.hasOwn(TABLE, id);
