import type { Exhibit } from './exhibit.ts';
import { cost } from './list/cost.ts';
import { exact } from './list/exact.ts';
import { limit } from './list/limit.ts';
import { twins } from './list/twins.ts';
import { twoGaussians } from './list/twoGaussians.ts';
import { waiting } from './list/waiting.ts';
import type { ExhibitId } from './shown.ts';

const TABLE: { readonly [Id in ExhibitId]: Exhibit<Id> } = {
  'two-gaussians': twoGaussians,
  twins,
  cost,
  limit,
  exact,
  waiting,
};

/** All exhibits, in the order in which they stand in the hall's rooms. */
export const EXHIBITS: readonly Exhibit<ExhibitId>[] = Object.values(TABLE);

export const exhibitOf = <Id extends ExhibitId>(id: Id): Exhibit<Id> => TABLE[id];

export const isExhibit = (id: string): id is ExhibitId => Object.hasOwn(TABLE, id);
